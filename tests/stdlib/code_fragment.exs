# What an unfinished piece of source means at the cursor.
import Code.Fragment
show = &IO.inspect(&1, width: 150)

for text <- ["", "foo", "foo ", "foo(", "Foo.", "Foo.bar ", "a.b.c", "@foo.bar", ":foo", "%Foo", "%foo.Bar", "~r", "a + ", "&foo/", "1.", "a\n.b", "foo?bar"] do
  show.({text, cursor_context(text)})
end

# => {"", :expr}
# => {"foo", {:local_or_var, 'foo'}}
# => {"foo ", {:local_call, 'foo'}}
# => {"foo(", {:local_call, 'foo'}}
# => {"Foo.", {:dot, {:alias, 'Foo'}, []}}
# => {"Foo.bar ", {:dot_call, {:alias, 'Foo'}, 'bar'}}
# => {"a.b.c", {:dot, {:dot, {:var, 'a'}, 'b'}, 'c'}}
# => {"@foo.bar", {:dot, {:module_attribute, 'foo'}, 'bar'}}
# => {":foo", {:unquoted_atom, 'foo'}}
# => {"%Foo", {:struct, 'Foo'}}
# => {"%foo.Bar", {:struct, {:alias, {:local_or_var, 'foo'}, 'Bar'}}}
# => {"~r", {:sigil, 'r'}}
# => {"a + ", {:operator_call, '+'}}
# => {"&foo/", {:local_arity, 'foo'}}
# => {"1.", :none}
# => {"a\n.b", {:dot, {:var, 'a'}, 'b'}}
# => {"foo?bar", :none}

show.(surround_context("Foo . Bar", {1, 5})) # => %{begin: {1, 1}, context: {:alias, 'Foo.Bar'}, end: {1, 10}}
show.(surround_context("foo.\nbar", {1, 4})) # => %{begin: {1, 1}, context: {:dot, {:var, 'foo'}, 'bar'}, end: {2, 4}}
show.(surround_context("if true do end", {1, 9})) # => %{begin: {1, 9}, context: {:keyword, 'do'}, end: {1, 11}}
show.(surround_context("foo bar", {1, 4})) # => :none

for text <- ["foo(1, ab", "[a: 1, b", "a do\n b\nelse\n c(", "fn x -> y a, ", "s \"x\#{f(1, ", "<<x::b", "foo a, b + c", "%{a | b: "] do
  {:ok, quoted} = container_cursor_to_quoted(text)
  IO.puts(Macro.to_string(quoted) |> String.replace("\n", ";"))
end

# => foo(1, __cursor__())
# => [{:a, 1}, __cursor__()]
# => a do;  b;else;  c(__cursor__());end
# => __cursor__()
# => s("x#{f(1, __cursor__())}")
# => <<x::__cursor__()>>
# => foo(a, __cursor__())
# => %{a | b: __cursor__()}
