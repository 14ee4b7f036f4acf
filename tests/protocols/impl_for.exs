defprotocol P do
  def f(x)
end
defimpl P, for: Atom do
  def f(a), do: a
end
IO.inspect(P.impl_for(:a)) # => P.Atom
IO.inspect(P.impl_for(1)) # => nil
IO.inspect(P.impl_for!(:x)) # => P.Atom
IO.inspect(P.__protocol__(:module)) # => P
IO.inspect(P.__protocol__(:functions)) # => [f: 1]
