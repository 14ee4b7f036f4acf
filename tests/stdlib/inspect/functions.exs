IO.inspect(inspect(fn -> 1 end) |> String.starts_with?("#Function<")) # => true
IO.inspect(inspect(&Enum.map/2)) # => "&Enum.map/2"
IO.inspect(inspect(self()) |> String.starts_with?("#PID<")) # => true
IO.inspect(inspect(make_ref()) |> String.starts_with?("#Reference<")) # => true
IO.inspect(&Kernel.+/2) # => &:erlang.+/2
IO.inspect(&:lists.map/2) # => &:lists.map/2
