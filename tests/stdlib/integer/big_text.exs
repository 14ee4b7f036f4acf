IO.inspect(Integer.to_string(2 ** 200)) # => "1606938044258990275541962092341162602522202993782792835301376"
IO.inspect(String.to_integer("1" <> String.duplicate("0", 50))) # => 100000000000000000000000000000000000000000000000000
IO.inspect(Integer.digits(2 ** 70) |> length()) # => 22
IO.inspect(Integer.gcd(2 ** 100, 6 ** 50) == 2 ** 50) # => true
IO.inspect(rem(-(2 ** 70), 10)) # => -4
IO.inspect(div(-(2 ** 70), 10)) # => -118059162071741130342
IO.inspect(Integer.mod(-(2 ** 70), 10)) # => 6
