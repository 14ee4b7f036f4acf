t = {1, {2, 3}}
IO.inspect(elem(t, 1)) # => {2, 3}
IO.inspect(elem(elem(t, 1), 0)) # => 2
l = [a: [b: 1]]
IO.inspect(l[:a][:b]) # => 1
IO.inspect(l[:x][:y]) # => nil
