x = 1
IO.inspect(match?(^x, 1)) # => true
IO.inspect(match?(^x, 2)) # => false
IO.inspect((case {1, 2} do {^x, y} -> y end)) # => 2
key = :a
%{^key => v} = %{a: 5}
IO.inspect(v) # => 5
