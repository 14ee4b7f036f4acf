import Bitwise
IO.inspect(5 &&& 3) # => 1
IO.inspect(5 ||| 3) # => 7
IO.inspect(bxor(5, 3)) # => 6
IO.inspect(~~~5) # => -6
IO.inspect(1 <<< 70) # => 1180591620717411303424
IO.inspect((1 <<< 70) >>> 68) # => 4
IO.inspect(-8 >>> 1) # => -4
IO.inspect(band(-1, 255)) # => 255
IO.inspect(-1 <<< 65) # => -36893488147419103232
