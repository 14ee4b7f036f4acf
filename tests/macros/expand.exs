require Logger
ast = quote(do: unless(a, do: b))
IO.inspect(Macro.to_string(Macro.expand_once(ast, __ENV__))) # => "if a do\n  nil\nelse\n  b\nend"
IO.inspect(Macro.expand(quote(do: __MODULE__), __ENV__)) # => nil
alias Foo.Bar, as: Baz
IO.inspect(Macro.expand(quote(do: Baz), __ENV__)) # => Foo.Bar
_ = Baz
