x = Process.get(:x, 0)
IO.inspect(1) # => 1
1 / x # stderr: ** (ArithmeticError) bad argument in arithmetic expression: 1 / 0
# exit: 1
