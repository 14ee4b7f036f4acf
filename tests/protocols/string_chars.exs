defmodule Money do
  defstruct cents: 0
  defimpl String.Chars do
    def to_string(m), do: "$#{div(m.cents, 100)}.#{rem(m.cents, 100)}"
  end
end
IO.puts(struct(Money, cents: 1234)) # => $12.34
IO.inspect("costs #{struct(Money, cents: 950)}") # => "costs $9.50"
