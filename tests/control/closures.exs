add = fn a -> fn b -> a + b end end
fs = for n <- 1..3, do: fn -> n end
IO.inspect(Enum.map(fs, & &1.())) # => [1, 2, 3]
IO.inspect(add.(3).(4)) # => 7
counter = fn -> make_ref() end
IO.inspect(counter.() == counter.()) # => false
