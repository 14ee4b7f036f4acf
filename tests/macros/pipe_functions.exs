IO.inspect(Macro.pipe(quote(do: x), quote(do: f(1)), 0)) # => {:f, [], [{:x, [], Elixir}, 1]}
IO.inspect(Macro.var(:x, nil)) # => {:x, [], nil}
IO.inspect(Macro.decompose_call(quote(do: foo(1, 2)))) # => {:foo, [1, 2]}
IO.inspect(Macro.camelize("foo_bar")) # => "FooBar"
IO.inspect(Macro.underscore("FooBar")) # => "foo_bar"
