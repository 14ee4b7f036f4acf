message = fn s -> try do Code.eval_string(s) rescue e -> IO.puts(hd(String.split(Exception.message(e), "\n"))) end end
message.("a | b") # => nofile:1: misplaced operator |/2
message.("x :: y") # => nofile:1: misplaced operator ::/2
message.("Foo.()") # => nofile:1: invalid function call :Elixir.Foo.()
message.("String.upcase(\"a\", do: (x -> x))") # => nofile:1: the function "upcase" cannot handle clauses with the -> operator because it is not a macro. Please make sure you are invoking the proper name and that it is a macro
message.("try do 1 after 2 after 3 end") # => nofile:1: duplicated :after clauses given for "try"
message.("%{a: 1, a: x} = %{a: 1}") # => nofile:1: key :a will be overridden in map
