m = %{1 => :int, 1.0 => :float, "a" => :bin, :a => :atom, [1] => :list, {1} => :tuple, %{} => :map, nil => nil}
IO.inspect({m[1], m[1.0], m["a"], m[:a], m[[1]], m[{1}], m[%{}]}) # => {:int, :float, :bin, :atom, :list, :tuple, :map}
IO.inspect(map_size(m)) # => 8
IO.inspect(Map.has_key?(m, nil)) # => true
IO.inspect(m[:nope]) # => nil
big = 2 ** 80
IO.inspect(%{big => 1}[2 ** 80]) # => 1
