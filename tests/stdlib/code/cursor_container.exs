# Code.Fragment: a call without parentheses keeps what stands before the cursor; captures are left out; atoms of operators, dots at line ends.
for text <- ["foo ", "x = foo(a, bar ", "@spec foo ", "fn a -> foo ", "a = &(", "not ", "foo(?"] do
  IO.inspect(Code.Fragment.container_cursor_to_quoted(text))
end

# => {:ok, {:foo, [line: 1], [{:__cursor__, [line: 1], []}]}}
# => {:ok,
# =>  {:=, [line: 1],
# =>   [
# =>     {:x, [line: 1], nil},
# =>     {:foo, [line: 1],
# =>      [{:a, [line: 1], nil}, {:bar, [line: 1], [{:__cursor__, [line: 1], []}]}]}
# =>   ]}}
# => {:ok,
# =>  {:@, [line: 1],
# =>   [{:spec, [line: 1], [{:foo, [line: 1], [{:__cursor__, [line: 1], []}]}]}]}}
# => {:ok,
# =>  {:fn, [line: 1],
# =>   [
# =>     {:->, [line: 1],
# =>      [[{:a, [line: 1], nil}], {:foo, [line: 1], [{:__cursor__, [line: 1], []}]}]}
# =>   ]}}
# => {:ok, {:__cursor__, [line: 1], []}}
# => {:ok, {:__cursor__, [line: 1], []}}
# => {:error,
# =>  {[line: 1, column: 5], "unexpected token: ",
# =>   "\"?\" (column 5, code point U+003F)"}}
IO.inspect(for text <- ["foo.\n", ":..", ":%", "..//", "Foo!"], do: Code.Fragment.cursor_context(text))
# => [
# =>   {:dot, {:var, 'foo'}, []},
# =>   {:unquoted_atom, '..'},
# =>   {:unquoted_atom, '%'},
# =>   {:operator_arity, '/'},
# =>   {:alias, 'Foo!'}
# => ]
