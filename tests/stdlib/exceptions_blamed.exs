# Which clauses of a library function a call tried, and which of their parts it did not match.
blamed = fn fun ->
  try do
    fun.()
  rescue
    error ->
      {error, _} = Exception.blame(:error, error, __STACKTRACE__)
      error |> Exception.message() |> String.split("\n\n") |> Enum.take(-2) |> Enum.each(&IO.puts(String.trim(&1)))
  end
end

blamed.(fn -> Keyword.get(1, 2) end)
# => Attempted function clauses (showing 1 out of 1):
# => def get(keywords, key, default) when -is_list(keywords)- and -is_atom(key)-
blamed.(fn -> Enum.chunk_every([1], 0) end)
# => Attempted function clauses (showing 1 out of 1):
# => def chunk_every(enumerable, count, step, leftover) when is_integer(count) and -count > 0- and is_integer(step) and -step > 0-
IO.inspect(Exception.blame_mfa(Keyword, :nope, [])) # => :error
defmodule InMemory, do: def(f(:a), do: 1)
IO.inspect(Exception.blame_mfa(InMemory, :f, [:b])) # => :error
