defmodule M do
  @fields [:a, :b]
  def fields, do: @fields
  Enum.each(@fields, fn f ->
    def unquote(:"get_#{f}")(map), do: Map.get(map, unquote(f))
  end)
end

IO.inspect(M.get_b(%{b: 3})) # => 3
IO.inspect(M.fields()) # => [:a, :b]
