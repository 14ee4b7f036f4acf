IO.inspect(Protocol.consolidated?(Enumerable)) # => false
IO.inspect(Enumerable.impl_for([])) # => Enumerable.List
IO.inspect(Enumerable.impl_for(%{})) # => Enumerable.Map
IO.inspect(Enumerable.impl_for(1..2)) # => Enumerable.Range
IO.inspect(Enumerable.impl_for(MapSet.new())) # => Enumerable.MapSet
IO.inspect(String.Chars.impl_for(1)) # => String.Chars.Integer
