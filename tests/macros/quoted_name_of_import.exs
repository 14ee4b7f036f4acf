# A variable with the name of an import carries the import; a fun of a nested capture, a default in a fn are refused.
IO.inspect(quote(do: length))
IO.inspect(quote(do: fn max -> max + x end))
IO.inspect(Code.eval_string("flatten([[1]])", [], functions: [{List, [flatten: 1]}]) |> elem(0))

for source <- ["&(&(&1))", "fn x, y \\\\ 2 -> x + y end"] do
  try do
    Code.eval_string(source)
  rescue
    e in CompileError -> IO.puts(Exception.message(e))
  end
end

IO.inspect(update_in(%{a: [b: 1]}[:a][:b], &(&1 + 1)))

# => {:length, [context: Elixir, imports: [{1, Kernel}]], Elixir}
# => {:fn, [],
# =>  [
# =>    {:->, [],
# =>     [
# =>       [{:max, [context: Elixir, imports: [{2, Kernel}]], Elixir}],
# =>       {:+, [context: Elixir, imports: [{1, Kernel}, {2, Kernel}]],
# =>        [
# =>          {:max, [context: Elixir, imports: [{2, Kernel}]], Elixir},
# =>          {:x, [], Elixir}
# =>        ]}
# =>     ]}
# =>  ]}
# => [1]
# => nofile:1: nested captures are not allowed. You cannot define a function using  the capture operator & inside another function defined via &. Got invalid nested capture: & &1
# => nofile:1: anonymous functions cannot have optional arguments
# => %{a: [b: 2]}
