IO.inspect({round(2.5), round(-2.5), trunc(-2.7), floor(-2.1), ceil(2.1)}) # => {3, -3, -2, -3, 3}
IO.inspect({round(1.0e20), abs(-5), abs(-5.5)}) # => {100000000000000000000, 5, 5.5}
IO.inspect({Float.round(2.345, 2), Float.floor(1.25, 1), Float.ceil(1.21, 1)}) # => {2.35, 1.2, 1.3}
