f = fn g -> try do g.() rescue e -> Exception.message(e) end end
v = Process.get(:nothing)
IO.inspect(f.(fn -> v + 1 end), width: :infinity) # => "bad argument in arithmetic expression"
IO.inspect(f.(fn -> div(1, Process.get(:n, 0)) end), width: :infinity) # => "bad argument in arithmetic expression"
IO.inspect(f.(fn -> rem(1, Process.get(:n, 0)) end), width: :infinity) # => "bad argument in arithmetic expression"
IO.inspect(f.(fn -> 1 + Process.get(:n, "a") end), width: :infinity) # => "bad argument in arithmetic expression"
