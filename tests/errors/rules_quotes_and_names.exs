# What the compiler refuses: quotes and names. The first line of each message, cut.
check = fn source ->
  try do
    Code.compile_string(source <> "\n", "s.exs")
  rescue
    e ->
      text = inspect(e.__struct__) <> ": " <> hd(String.split(Exception.message(e), "\n"))
      IO.puts(String.trim_trailing(String.slice(text, 0, 110)))
  end
end

check.("unquote(1)")
# => CompileError: s.exs:1: unquote called outside quote
check.("unquote_splicing([1])")
# => CompileError: s.exs:1: unquote_splicing called outside quote
check.("foo(1)")
# => CompileError: s.exs:1: undefined function foo/1 (there is no such import)
check.("defmodule A1 do\n  def f, do: foo(1)\nend")
# => CompileError: s.exs:2: undefined function foo/1 (expected A1 to define such a function or for it to be importe
check.("defmodule Elixir do\nend")
# => CompileError: s.exs:1: module Elixir is reserved and cannot be defined
check.("quote 1")
# => CompileError: s.exs:1: invalid arguments for "quote"
check.("quote foo: 1, do: 1")
# => CompileError: s.exs:1: unsupported option :foo given to quote
check.("quote bind_quoted: 1, do: 1")
# => CompileError: s.exs:1: invalid :bind_quoted for quote, expected a keyword list of variable names, got: 1
check.("quote 1, 2")
# => CompileError: s.exs:1: invalid arguments for "quote"
check.("__CALLER__")
# => CompileError: s.exs:1: __CALLER__ is available only inside defmacro and defmacrop
check.("defmodule C1 do\n  def f, do: __CALLER__\nend")
# => CompileError: s.exs:2: __CALLER__ is available only inside defmacro and defmacrop
check.("__STACKTRACE__")
# => CompileError: s.exs:1: __STACKTRACE__ is available only inside catch and rescue clauses of try expressions
check.("{:__aliases__, [], [1]} |> Code.eval_quoted()")
# => CompileError: nofile:1: invalid alias: "1". If you wanted to define an alias, an alias must expand to an atom
check.("nil.foo")
# => KeyError: key :foo not found in: nil. If you are using the dot syntax, such as map.field, make sure the left-h
check.("Foo.bar()")
# => UndefinedFunctionError: function Foo.bar/0 is undefined (module Foo is not available)
check.("1.foo")
# => CompileError: s.exs:1: invalid call 1.foo
check.("_")
# => CompileError: s.exs:1: invalid use of _. "_" represents a value to be ignored in a pattern and cannot be used
check.("IO.inspect(_)")
# => CompileError: s.exs:1: invalid use of _. "_" represents a value to be ignored in a pattern and cannot be used
check.("(a -> b)")
# => CompileError: s.exs:1: unhandled operator ->
check.("a when b")
# => CompileError: s.exs:1: undefined function when/2 (there is no such import)
check.("a <- b")
# => CompileError: s.exs:1: undefined function <-/2 (there is no such import)
check.("a :: b")
# => CompileError: s.exs:1: misplaced operator ::/2
check.("a ... b")
# => CompileError: s.exs:1: undefined function a/1 (there is no such import)
check.("[1 | 2 | 3]")
# => CompileError: s.exs:1: misplaced operator |/2
check.("[1, 2 | 3, 4]")
# => CompileError: s.exs:1: misplaced operator |/2
check.("1 | 2")
# => CompileError: s.exs:1: misplaced operator |/2
check.("1 => 2")
# => SyntaxError: s.exs:1:3: syntax error before: '=>'
check.("1 \\\\ 2")
# => CompileError: s.exs:1: undefined function \\/2 (there is no such import)
check.("1 do\nend")
# => SyntaxError: s.exs:1:3: syntax error before: do
check.("defmodule T10 do\n  @callback f(integer) :: integer\n  @optional_callbacks g: 1\nend")
# => CompileError: s.exs:1: unknown callback g/1 given as optional callback
