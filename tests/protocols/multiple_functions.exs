defprotocol Stack2 do
  def push(s, x)
  def pop(s)
end
defimpl Stack2, for: List do
  def push(s, x), do: [x | s]
  def pop([h | t]), do: {h, t}
end
IO.inspect([] |> Stack2.push(1) |> Stack2.push(2) |> Stack2.pop()) # => {2, [1]}
