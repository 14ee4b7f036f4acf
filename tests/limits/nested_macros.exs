# The cost of a macro does not grow with what is nested in it: five thousand ifs, two thousand stages, in a moment.
nested = fn n -> String.duplicate("if x == 1 do\n", n) <> ":inside" <> String.duplicate("\nend", n) end
chain = fn n -> "1" <> String.duplicate(" |> Kernel.+(1)", n) end
ors = fn n -> String.duplicate("nil || ", n) <> ":last" end
started = System.monotonic_time(:millisecond)
IO.inspect(elem(Code.eval_string(nested.(2500), x: 1), 0)) # => :inside
IO.inspect(elem(Code.eval_string(chain.(1000)), 0)) # => 1001
IO.inspect(elem(Code.eval_string(ors.(1000)), 0)) # => :last
IO.inspect(System.monotonic_time(:millisecond) - started < 20_000) # => true

# Errors show the arguments.
for source <- ["1 |> 2", "a.b() |> fn x -> x end", "if 1, foo: 2", "unless(1, else: 2)"] do
  IO.puts(try do inspect(Code.eval_string(source)) rescue e -> Exception.message(e) end)
end
# => cannot pipe 1 into 2, can only pipe into local calls foo(), remote calls Foo.bar() or anonymous function calls foo.()
# => cannot pipe a.b() into an anonymous function without calling the function; use Kernel.then/2 instead or define the anonymous function as a regular private function
# => invalid or duplicate keys for if, only "do" and an optional "else" are permitted
# => invalid or duplicate keys for unless, only "do" and an optional "else" are permitted
