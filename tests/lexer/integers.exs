IO.inspect(1_000_000) # => 1000000
IO.inspect(0xFF) # => 255
IO.inspect(0b1010) # => 10
IO.inspect(0o777) # => 511
IO.inspect(0xdead_beef) # => 3735928559
IO.inspect(-0x10) # => -16
IO.inspect(123456789012345678901234567890) # => 123456789012345678901234567890
