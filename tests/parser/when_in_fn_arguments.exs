f = fn x when is_integer(x) when is_float(x) -> :num; _ -> :other end
IO.inspect({f.(1), f.(1.0), f.(:a)}) # => {:num, :num, :other}
