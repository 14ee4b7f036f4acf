IO.inspect(<<1.5::float-32>>) # => <<63, 192, 0, 0>>
<<x::float-32>> = <<0.5::float-32>>
IO.inspect(x) # => 0.5
<<y::float-little-64>> = <<2.25::float-little-64>>
IO.inspect(y) # => 2.25
