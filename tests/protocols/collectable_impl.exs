defmodule Box do
  defstruct items: []
  defimpl Collectable do
    def into(box) do
      {box.items, fn
        acc, {:cont, x} -> [x | acc]
        acc, :done -> %Box{items: Enum.reverse(acc)}
        _, :halt -> :ok
      end}
    end
  end
end
IO.inspect(Enum.into([1, 2], struct(Box))) # => %Box{items: [1, 2]}
IO.inspect((for x <- 1..2, into: struct(Box), do: x * 2)) # => %Box{items: [2, 4]}
