defmodule MySigils do
  def sigil_i(string, []), do: String.to_integer(string)
  def sigil_i(string, [?n]), do: -String.to_integer(string)
  defmacro sigil_x({:<<>>, _, [text]}, _mods), do: String.upcase(text)
end

defmodule UsesThem do
  import MySigils
  def all, do: {~i(13), ~i(42)n, ~x(shout)}
end

IO.inspect(UsesThem.all()) # => {13, -42, "SHOUT"}
