for x <- [1, :a, 2, :b], do: send(self(), x)
IO.inspect((receive do x when is_atom(x) -> x end)) # => :a
IO.inspect((receive do :b -> :got_b end)) # => :got_b
IO.inspect((receive do x -> x end)) # => 1
IO.inspect((receive do x -> x end)) # => 2
IO.inspect((receive do x -> x after 0 -> :empty end)) # => :empty
# flags: --virtual-time
