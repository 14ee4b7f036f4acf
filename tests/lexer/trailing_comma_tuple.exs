IO.inspect({1, 2}) # => {1, 2}
IO.inspect({}) # => {}
IO.inspect({1}) # => {1}
m = %{a: 1,
  b: 2}
IO.inspect(m) # => %{a: 1, b: 2}
