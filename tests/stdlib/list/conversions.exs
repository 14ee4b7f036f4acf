IO.inspect(List.to_string([97, "b", ['c']])) # => "abc"
IO.inspect(List.to_charlist(["a", ?b])) # => 'ab'
IO.inspect(List.to_integer('42')) # => 42
IO.inspect(List.to_integer('ff', 16)) # => 255
IO.inspect(List.to_float('2.5')) # => 2.5
IO.inspect(List.to_atom('abc')) # => :abc
IO.inspect(List.to_existing_atom('ok')) # => :ok
