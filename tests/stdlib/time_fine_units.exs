# Units finer than a nanosecond give integers beyond 64 bits.
parts = 1_000_000_000_000_000
IO.inspect(System.system_time(parts) > 10 ** 24) # => true
IO.inspect(div(System.system_time(parts), parts) in (System.system_time(:second) - 60)..(System.system_time(:second) + 60)) # => true
IO.inspect(System.time_offset(parts) > 10 ** 24) # => true
IO.inspect(System.convert_time_unit(-1, :nanosecond, :second)) # => -1
