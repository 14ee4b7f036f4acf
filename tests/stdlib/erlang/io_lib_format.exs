# What the JSON libraries write floats with.
for float <- [1.0, -2.5, 0.0001, 1.0e-5, 1.0e22, 123_456_789.0, 5.0e-324], do: IO.puts(:io_lib_format.fwrite_g(float))
# => 1.0
# => -2.5
# => 0.0001
# => 1.0e-5
# => 1.0e22
# => 123456789.0
# => 5.0e-324
