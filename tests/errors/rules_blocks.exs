# What the compiler refuses: blocks. The first line of each message, cut.
check = fn source ->
  try do
    Code.compile_string(source <> "\n", "s.exs")
  rescue
    e ->
      text = inspect(e.__struct__) <> ": " <> hd(String.split(Exception.message(e), "\n"))
      IO.puts(String.trim_trailing(String.slice(text, 0, 110)))
  end
end

check.("case 1")
# => CompileError: s.exs:1: undefined function case/1 (there is no such import)
check.("case 1, []")
# => CompileError: s.exs:1: missing :do option in "case"
check.("case 1 do\n  1\nend")
# => CompileError: s.exs:1: expected -> clauses for :do in "case"
check.("case 1 do\nend")
# => CompileError: s.exs:1: expected -> clauses for :do in "case"
check.("case 1 do\n  1, 2 -> 3\nend")
# => CompileError: s.exs:1: expected one argument for :do clauses (->) in "case"
check.("case 1 do\n  1 -> 2\nelse\n  3 -> 4\nend")
# => CompileError: s.exs:1: unexpected option :else in "case"
check.("cond 1")
# => CompileError: s.exs:1: invalid arguments for "cond"
check.("cond do\nend")
# => CompileError: s.exs:1: expected -> clauses for :do in "cond"
check.("cond do\n  1, 2 -> 3\nend")
# => CompileError: s.exs:1: expected one argument for :do clauses (->) in "cond"
check.("cond do\n  true -> 1\nelse\n  true -> 2\nend")
# => CompileError: s.exs:1: unexpected option :else in "cond"
check.("cond do\n  _ -> 1\nend")
# => CompileError: s.exs:2: invalid use of _ inside "cond". If you want the last clause to always match, you probab
check.("cond do\n  1\nend")
# => CompileError: s.exs:1: expected -> clauses for :do in "cond"
check.("receive []")
# => CompileError: s.exs:1: missing :do/:after option in "receive"
check.("receive 1")
# => CompileError: s.exs:1: invalid arguments for "receive"
check.("receive do\nafter\n  0 -> 1\n  1 -> 2\nend")
# => CompileError: s.exs:1: expected a single -> clause for :after in "receive"
check.("fn -> receive do\n  x -> x\nafter\n  0\nend end")
# => CompileError: s.exs:1: expected a single -> clause for :after in "receive"
check.("receive do\n  x -> x\nelse\n  1 -> 2\nend")
# => CompileError: s.exs:1: unexpected option :else in "receive"
check.("receive do\n  1\nend")
# => CompileError: s.exs:1: expected -> clauses for :do in "receive"
check.("receive do\n  1, 2 -> 3\nend")
# => CompileError: s.exs:1: expected one argument for :do clauses (->) in "receive"
check.("receive do\n  x -> x\nafter\n  0, 1 -> 1\nend")
# => CompileError: s.exs:1: expected one argument for :after clauses (->) in "receive"
check.("try do\n  1\nend")
# => CompileError: s.exs:1: missing :catch/:rescue/:after option in "try"
check.("try do\n  1\nfoo\n  2\nend")
# => CompileError: s.exs:1: missing :catch/:rescue/:after option in "try"
check.("try [do: 1, foo: 2]")
# => CompileError: s.exs:1: unexpected option :foo in "try"
check.("try do\n  1\nrescue\n  1\nend")
# => CompileError: s.exs:1: expected -> clauses for :rescue in "try"
check.("try do\n  1\nrescue\n  1 -> 2\nend")
# => CompileError: s.exs:4: invalid "rescue" clause. The clause should match on an alias, a variable or be in the "
check.("try do\n  1\nrescue\n  x in \"a\" -> 2\nend")
# => CompileError: s.exs:4: invalid "rescue" clause. The clause should match on an alias, a variable or be in the "
check.("try do\n  1\nrescue\n  a, b -> 2\nend")
# => CompileError: s.exs:4: expected one argument for :rescue clauses (->) in "try"
check.("try do\n  1\ncatch\n  a, b, c -> 2\nend")
# => CompileError: s.exs:4: expected one or two args for :catch clauses (->) in "try"
check.("try do\n  1\ncatch\n  1\nend")
# => CompileError: s.exs:1: expected -> clauses for :catch in "try"
check.("try do\n  1\nafter\n  2\nafter\n  3\nend")
# => CompileError: s.exs:1: duplicated :after clauses given for "try"
check.("try do\n  1\nafter\n  x -> 2\nend")
# => CompileError: s.exs:4: unhandled operator ->
check.("try 1")
# => CompileError: s.exs:1: invalid arguments for "try"
check.("with 1 <- 1")
# => CompileError: s.exs:1: missing :do option in "with"
check.("with 1 <- 1, do: 1, foo: 2")
# => CompileError: s.exs:1: unexpected option :foo in "with"
check.("with 1 <- 1 do\n  1\nelse\n  2\nend")
# => CompileError: s.exs:1: expected -> clauses for :else in "with"
check.("with 1 <- 1 do\n  1\nelse\n  1, 2 -> 3\nend")
# => CompileError: s.exs:1: expected one argument for :else clauses (->) in "with"
check.("with 1 <- 2 do\n  1\nelse\nend")
# => CompileError: s.exs:1: expected -> clauses for :else in "with"
check.("for do: 1")
# => CompileError: s.exs:1: for comprehensions must start with a generator
check.("for true, do: 1")
# => CompileError: s.exs:1: for comprehensions must start with a generator
check.("for x <- [1]")
# => CompileError: s.exs:1: missing :do option in "for"
check.("for x <- [1], foo: 1, do: x")
# => CompileError: s.exs:1: unsupported option :foo given to for
check.("for x <- [1], uniq: 1, do: x")
# => CompileError: s.exs:1: :uniq option for comprehensions only accepts a boolean, got: 1
check.("for x <- [1], reduce: 0, do: x")
# => CompileError: s.exs:1: when using :reduce with comprehensions, the do block must be written using acc -> expr
check.("for x <- [1], reduce: 0, into: [], do: (a -> a)")
# => CompileError: s.exs:1: cannot use :reduce alongside :into/:uniq in comprehension
check.("for x <- [1], do: (a -> a)")
# => CompileError: s.exs:1: the do block was written using acc -> expr clauses but the :reduce option was not given
check.("for x <- [1], reduce: 0, do: (a, b -> a)")
# => CompileError: s.exs:1: when using :reduce with comprehensions, the do block must be written using acc -> expr
check.("for x <- [1], reduce: 0, uniq: true, do: (a -> a)")
# => CompileError: s.exs:1: cannot use :reduce alongside :into/:uniq in comprehension
check.("for <<x <- 1, y>>, do: x")
# => CompileError: s.exs:1: undefined function <-/2 (there is no such import)
check.("for x <- [1] do\n  1\nelse\n  2\nend")
# => CompileError: s.exs:1: unsupported option :else given to for
check.("fn a \\\\ 1 -> a end")
# => CompileError: s.exs:1: anonymous functions cannot have optional arguments
check.("if true")
# => CompileError: s.exs:1: undefined function if/1 (there is no such import)
check.("if true, foo: 1")
# => ArgumentError: invalid or duplicate keys for if, only "do" and an optional "else" are permitted
check.("unless true, foo: 1")
# => ArgumentError: invalid or duplicate keys for unless, only "do" and an optional "else" are permitted
check.("if true do\n  1\nrescue\n  2\nend")
# => ArgumentError: invalid or duplicate keys for if, only "do" and an optional "else" are permitted
