m = %{:a => 1, "b" => 2, 3 => [4]}
IO.inspect(m) # => %{3 => [4], :a => 1, "b" => 2}
IO.inspect(m.a) # => 1
IO.inspect(m["b"]) # => 2
IO.inspect(%{m | a: 5}) # => %{3 => [4], :a => 5, "b" => 2}
IO.inspect(%{m | "b" => 0, a: 9}) # => %{3 => [4], :a => 9, "b" => 0}
IO.inspect(%{}) # => %{}
IO.inspect(%{1 => :a, 1.0 => :b}) # => %{1 => :a, 1.0 => :b}
