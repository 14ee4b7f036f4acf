IO.inspect(Module.concat([Foo, Bar])) # => Foo.Bar
IO.inspect(Module.concat(Foo, "Bar")) # => Foo.Bar
IO.inspect(Module.split(Foo.Bar.Baz)) # => ["Foo", "Bar", "Baz"]
IO.inspect(Module.safe_concat([Enum])) # => Enum
IO.inspect(Atom.to_string(Foo)) # => "Elixir.Foo"
