# unquote_splicing before the tail of a list, and aliases of what became an alias later.
IO.inspect(quote(do: [unquote_splicing([1, 2]) | unquote([3])])) # => [1, 2, 3]
IO.inspect(quote(do: [0, unquote_splicing([1, 2]) | [3]])) # => [0, 1, 2, 3]
IO.inspect(quote(do: [unquote_splicing([1, 2]) | x])) # => [1, {:|, [], [2, {:x, [], Elixir}]}]
IO.inspect(quote(do: %{unquote_splicing(a: 1) | b: 1})) # => {:%{}, [], [a: 1, b: 1]}

alias Foo, as: Bar
alias Baz, as: Foo
IO.inspect({Bar, Bar.A, Foo}) # => {Baz, Baz.A, Baz}
