# Macro.to_string/2: the older text, with a function applied to each node, inner nodes first.
text = fn quoted -> apply(Macro, :to_string, [quoted, fn _, string -> string end]) end
marked = fn quoted -> apply(Macro, :to_string, [quoted, fn {_, _, _}, string -> "<#{string}>"; _, string -> string end]) end

IO.puts(text.(quote(do: if(a, do: b, else: c))))
# => if(a) do
# =>   b
# => else
# =>   c
# => end
IO.puts(text.(quote(do: (fn a, b when c -> a; :x -> b end))))
# => fn
# =>   (a, b) when c ->
# =>     a
# =>   :x ->
# =>     b
# => end
IO.puts(text.(quote(do: (a = 1; %{a | "b" => 2, c: 3}))))
# => (
# =>   a = 1
# =>   %{a | "b" => 2, :c => 3}
# => )
IO.puts(text.(quote(do: @type(t :: (a, b -> c))))) # => @type(t :: (a, b -> c))
IO.puts(text.(quote(do: Foo.{A, B}))) # => Foo.{A, B}
IO.puts(text.(quote(do: &(&1.a + &b/2)))) # => &(&1.a + &b/2)
IO.puts(text.(Code.string_to_quoted!("<<a::size(8)-integer, <<b>>::binary>>"))) # => <<a::size(8)-integer, (<<b>>::binary)>>
IO.puts(text.(quote(do: not (a in b) and !c))) # => a not in b and !c
IO.puts(marked.(quote(do: foo(a + 1, [b | c], x: d)))) # => <foo(<<a> + 1>, [<<b> | <c>>], x: <d>)>
IO.puts(marked.(quote(do: a when b))) # => <<a> when <<b>>>
IO.puts(marked.(quote(do: "x#{y}"))) # => <"x#{<y>}">
IO.puts(marked.(quote(do: @a[b].c(~r/d/u)))) # => <<(<@<a>>)[<b>]>.c(<~r/d/u>)>
IO.puts(Macro.to_string(Code.string_to_quoted!("f.(a) do b end")) |> String.split("\n") |> hd()) # => f. a do
IO.puts(Macro.to_string(Code.string_to_quoted!("fn [a: b] -> not (not a) end"))) # => fn [a: b] -> not (not a) end
