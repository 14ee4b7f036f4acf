id = fn x -> x end
message = fn f -> try do f.() rescue e -> IO.puts(Exception.message(e)) end end
message.(fn -> x = id.(nil); x.foo() end) # => function nil.foo/0 is undefined
message.(fn -> x = id.(nil); x.foo end) # => key :foo not found in: nil. If you are using the dot syntax, such as map.field, make sure the left-hand side of the dot is a map
message.(fn -> x = id.(%{}); %{x | a: 1} end) # => key :a not found
message.(fn -> x = id.(%{}); x.a end) # => key :a not found in: %{}
IO.inspect(id.(%{a: 1}).a()) # => 1
