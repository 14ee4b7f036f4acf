defprotocol Size do
  @doc "size of"
  def size(x)
end
defimpl Size, for: BitString do
  def size(s), do: byte_size(s)
end
defimpl Size, for: [List, Tuple] do
  def size(x) when is_list(x), do: length(x)
  def size(x), do: tuple_size(x)
end
defimpl Size, for: Map do
  def size(m), do: map_size(m)
end
IO.inspect(Size.size("abc")) # => 3
IO.inspect(Size.size([1])) # => 1
IO.inspect(Size.size({1, 2})) # => 2
IO.inspect(Size.size(%{})) # => 0
