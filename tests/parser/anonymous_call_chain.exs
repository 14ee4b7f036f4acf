add = fn a -> fn b -> a + b end end
IO.inspect(add.(1).(2)) # => 3
m = %{f: fn x -> x * 2 end}
IO.inspect(m.f.(4)) # => 8
