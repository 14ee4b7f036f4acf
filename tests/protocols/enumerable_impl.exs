defmodule Count do
  defstruct n: 3
  defimpl Enumerable do
    def count(c), do: {:ok, c.n}
    def member?(c, x), do: {:ok, x in 1..c.n}
    def slice(_), do: {:error, __MODULE__}
    def reduce(c, acc, f), do: go(1, c.n, acc, f)
    defp go(_, _, {:halt, acc}, _), do: {:halted, acc}
    defp go(i, n, {:suspend, acc}, f), do: {:suspended, acc, &go(i, n, &1, f)}
    defp go(i, n, {:cont, acc}, _) when i > n, do: {:done, acc}
    defp go(i, n, {:cont, acc}, f), do: go(i + 1, n, f.(i, acc), f)
  end
end
c = struct(Count, n: 4)
IO.inspect(Enum.to_list(c)) # => [1, 2, 3, 4]
IO.inspect(Enum.count(c)) # => 4
IO.inspect(Enum.member?(c, 2)) # => true
IO.inspect(Enum.map(c, & &1 * 2)) # => [2, 4, 6, 8]
IO.inspect(Enum.take(c, 2)) # => [1, 2]
IO.inspect(Enum.at(c, 1)) # => 2
IO.inspect(Enum.zip(c, [:a, :b])) # => [{1, :a}, {2, :b}]
IO.inspect((for x <- c, do: x)) # => [1, 2, 3, 4]
