IO.inspect(quote(do: Foo."bar baz"(1)), width: :infinity) # => {{:., [], [{:__aliases__, [alias: false], [:Foo]}, :"bar baz"]}, [], [1]}
IO.inspect(Kernel."+"(1, 2)) # => 3
IO.inspect(apply(:erlang, :+, [3, 4])) # => 7
