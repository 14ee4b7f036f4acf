f = fn x, x -> :same
       _, _ -> :different end
IO.inspect(f.(1, 1)) # => :same
IO.inspect(f.(1, 2)) # => :different
IO.inspect(f.(1, 1.0)) # => :different
IO.inspect(f.([1], [1])) # => :same
