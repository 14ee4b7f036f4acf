IO.inspect(byte_size("é")) # => 2
IO.inspect(bit_size(<<1::3>>)) # => 3
IO.inspect("a" <> "b") # => "ab"
IO.inspect(binary_part("abcdef", 2, 3)) # => "cde"
IO.inspect(<<1, 2>> <> <<3>>) # => <<1, 2, 3>>
IO.inspect(is_binary(<<1::3>>)) # => false
IO.inspect(is_bitstring(<<1::3>>)) # => true
