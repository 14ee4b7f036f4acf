f = fn 1 -> :int
       1.0 -> :float
       _ -> :other end
IO.inspect({f.(1), f.(1.0), f.(2)}) # => {:int, :float, :other}
