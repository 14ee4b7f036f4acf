defprotocol Kind do
  def kind(x)
end
for t <- [Atom, BitString, Float, Function, Integer, List, Map, PID, Port, Reference, Tuple] do
  defimpl Kind, for: t do
    def kind(_), do: @for
  end
end
IO.inspect(Enum.map([:a, "s", 1.0, &abs/1, 1, [], %{}, self(), make_ref(), {}], &Kind.kind/1)) # => [Atom, BitString, Float, Function, Integer, List, Map, PID, Reference, Tuple]
