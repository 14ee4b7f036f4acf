IO.inspect(Foo) # => Foo
IO.inspect(Foo.Bar) # => Foo.Bar
IO.inspect(Elixir.Foo) # => Foo
IO.inspect(Elixir.Foo == Foo) # => true
IO.inspect(:"Elixir.Foo" == Foo) # => true
IO.inspect(is_atom(Foo)) # => true
