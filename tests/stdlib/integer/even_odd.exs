require Integer
IO.inspect(Integer.is_even(4)) # => true
IO.inspect(Integer.is_odd(4)) # => false
f = fn x when Integer.is_even(x) -> :even; _ -> :odd end
IO.inspect(f.(3)) # => :odd
