# What the compiler refuses: patterns and guards. The first line of each message, cut.
check = fn source ->
  try do
    Code.compile_string(source <> "\n", "s.exs")
  rescue
    e ->
      text = inspect(e.__struct__) <> ": " <> hd(String.split(Exception.message(e), "\n"))
      IO.puts(String.trim_trailing(String.slice(text, 0, 110)))
  end
end

check.("^x = 1")
# => CompileError: s.exs:1: undefined variable ^x. No variable "x" has been defined before the current pattern
check.("x = 1\n^x")
# => CompileError: s.exs:2: cannot use ^x outside of match clauses
check.("y = %{a: 1}\n^y.a = 1")
# => CompileError: s.exs:2: invalid argument for unary operator ^, expected an existing variable, got: ^y.a
check.("^__MODULE__ = 1")
# => CompileError: s.exs:1: invalid argument for unary operator ^, expected an existing variable, got: ^__MODULE__
check.("foo(1) = 1")
# => CompileError: s.exs:1: undefined function foo/1 (there is no such import)
check.("String.length(\"a\") = 1")
# => CompileError: s.exs:1: cannot invoke remote function String.length/1 inside a match
check.("case 1 do\n  x when String.length(x) > 1 -> 1\nend")
# => CompileError: s.exs:2: cannot invoke remote function String.length/1 inside guards
check.("case 1 do\n  x when foo(x) -> 1\nend")
# => CompileError: s.exs:2: undefined function foo/1 (there is no such import)
check.("defmodule A7 do\n  def f(x) when g(x), do: x\n  def g(x), do: x\nend")
# => CompileError: s.exs:2: cannot find or invoke local g/1 inside guards. Only macros can be invoked in a guards a
check.("case 1 do\n  x when fn -> 1 end -> 1\nend")
# => CompileError: s.exs:2: invalid expression in guards, fn is not allowed in guards. To learn more about guards,
check.("fn -> 1 end = 1")
# => CompileError: s.exs:1: invalid pattern in match, fn is not allowed in matches
check.("case 1 do 1 -> 1 end = 1")
# => CompileError: s.exs:1: invalid pattern in match, case is not allowed in matches
check.("case 1 do\n  x when if(x, do: 1) -> 1\nend")
# => CompileError: s.exs:2: invalid expression in guards, case is not allowed in guards. To learn more about guards
check.("case 1 do\n  x when x == %{a: 1} -> 1\nend")
# => CaseClauseError: no case clause matching: 1
check.("x = %{}\n%{x | a: 1} = 1")
# => CompileError: s.exs:2: cannot use map/struct update syntax in match, got: %{x | a: 1}
check.("%{a => 1} = %{}")
# => CompileError: s.exs:1: cannot use variable a as map key inside a pattern. Map keys in patterns can only be lit
check.("case 1 do\n  x when x = 1 -> 1\nend")
# => CompileError: s.exs:2: invalid expression in guards, = is not allowed in guards. To learn more about guards, v
check.("y = 1\ncase 1 do\n  x when x == ^y -> 1\nend")
# => CompileError: s.exs:3: cannot use ^y outside of match clauses
check.("defmodule A10 do\n  def f(x) when x.foo(), do: 1\nend")
# => CompileError: s.exs:2: cannot invoke remote function in guards. If you want to do a map lookup instead, please
check.("defmodule A20 do\n  def f(%{} = x \\\\ %{})\n  def f(x), do: x\nend")
# => CompileError: s.exs:2: only variables and \\ are allowed as arguments in function head.
check.("defmodule A25 do\n  def f(x) when x > 1\n  def f(x), do: x\nend")
# => CompileError: s.exs:2: missing :do option in "def"
check.("defmodule S2 do\n  defstruct [:a]\n  def f(%S2{b: 1}), do: 1\nend")
# => CompileError: s.exs:3: unknown key :b for struct S2
check.("__STACKTRACE__ = 1")
# => CompileError: s.exs:1: invalid pattern in match, __STACKTRACE__ is not allowed in matches
check.("__ENV__ = 1")
# => CompileError: s.exs:1: invalid pattern in match, __ENV__ is not allowed in matches
check.("defmodule C2 do\n  defmacro f, do: (__CALLER__ = 1)\nend")
# => CompileError: s.exs:2: invalid pattern in match, __CALLER__ is not allowed in matches
check.("&1 = 1")
# => CompileError: s.exs:1: invalid pattern in match, & is not allowed in matches
check.("defmodule G3 do\n  defguard g(x)\nend")
# => CompileError: s.exs:2: implementation not provided for predefined defmacro g/1
check.("defmodule G4 do\n  defguard 1 when 2\nend")
# => ArgumentError: invalid syntax in defguard 1
check.("defmodule G5 do\n  defguard g(%{a: x}) when x\nend")
# => ArgumentError: invalid syntax in defguard g(%{a: x})
check.("defprotocol P4 do\n  def f(1)\nend")
# => CompileError: s.exs:2: only variables and \\ are allowed as arguments in function head.
