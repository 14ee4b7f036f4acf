IO.puts(Macro.to_string(quote(do: 1 + 2 * 3))) # => 1 + 2 * 3
IO.puts(Macro.to_string(quote(do: (1 + 2) * 3))) # => (1 + 2) * 3
IO.puts(Macro.to_string(quote(do: foo(a, b: 1)))) # => foo(a, b: 1)
IO.puts(Macro.to_string(quote(do: fn x -> x end))) # => fn x -> x end
IO.puts(Macro.to_string(quote(do: [1, 2 | t]))) # => [1, 2 | t]
IO.puts(Macro.to_string(quote(do: %{"b" => 2, a: 1}))) # => %{"b" => 2, a: 1}
IO.puts(Macro.to_string(quote(do: Foo.bar(1).baz))) # => Foo.bar(1).baz
IO.puts(Macro.to_string(quote(do: "a#{b}c"))) # => "a#{b}c"
IO.puts(Macro.to_string(quote(do: not a and b))) # => not a and b
IO.puts(Macro.to_string(quote(do: &(&1 + 1)))) # => &(&1 + 1)
IO.puts(Macro.to_string(quote(do: x |> f() |> g(1)))) # => x |> f() |> g(1)
IO.puts(Macro.to_string(quote(do: {1, :two, "three"}))) # => {1, :two, "three"}
