# Spaces and line ends before the cursor, and what is no name.
for text <- ["foo. ", "Foo . ", "foo.bar . ", "% ", "foo(\n", "Foo.bar(\n  ", "a, (", "a: (", "[(\n", "a😀", "é", "foo\u00a0"] do
  IO.inspect(Code.Fragment.cursor_context(text))
end

# => {:dot, {:var, 'foo'}, []}
# => {:dot, {:alias, 'Foo'}, []}
# => {:dot, {:dot, {:var, 'foo'}, 'bar'}, []}
# => {:struct, []}
# => {:local_call, 'foo'}
# => {:dot_call, {:alias, 'Foo'}, 'bar'}
# => :none
# => :none
# => :none
# => :none
# => {:local_or_var, [233]}
# => :none

for text <- ["if x, do:", "x <<< 1", "~w[a]a ", "1.0e10 ", "foo(a, <<<"] do
  IO.puts(Macro.to_string(Code.Fragment.container_cursor_to_quoted(text)))
end

# => {:ok, if(x, __cursor__())}
# => {:ok, __cursor__()}
# => {:ok, __cursor__()}
# => {:ok, __cursor__()}
# => {:ok, foo(a, __cursor__())}

# Atoms are encoded with the places where they stand.
IO.inspect(Code.string_to_quoted("A.Bc.d(e.f)", static_atoms_encoder: fn name, meta -> {:ok, {name, meta[:column]}} end), width: 300)
# => {:ok, {{:., [line: 1], [{:__aliases__, [line: 1], [{"A", 1}, {"Bc", 3}]}, {"d", 6}]}, [line: 1], [{{:., [line: 1], [{{"e", 8}, [line: 1], nil}, {"f", 10}]}, [no_parens: true, line: 1], []}]}}
