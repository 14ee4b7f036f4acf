x = 5
IO.inspect(quote(do: unquote(x) + 1), width: :infinity) # => {:+, [context: Elixir, imports: [{1, Kernel}, {2, Kernel}]], [5, 1]}
IO.inspect(quote(do: foo.unquote(:bar)(1)), width: :infinity) # => {{:., [], [{:foo, [], Elixir}, :bar]}, [], [1]}
IO.inspect(quote(do: unquote(:name)(1, 2)), width: :infinity) # => {:name, [], [1, 2]}
IO.inspect(quote(do: unquote(String).upcase("a")), width: :infinity) # => {{:., [], [String, :upcase]}, [], ["a"]}
