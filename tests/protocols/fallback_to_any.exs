defprotocol Desc do
  @fallback_to_any true
  def desc(x)
end
defimpl Desc, for: Any do
  def desc(_), do: "something"
end
defimpl Desc, for: Integer do
  def desc(n), do: "int #{n}"
end
IO.inspect(Desc.desc(1)) # => "int 1"
IO.inspect(Desc.desc(:a)) # => "something"
IO.inspect(Desc.desc(1..2)) # => "something"
