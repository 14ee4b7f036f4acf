# What the compiler refuses: definitions. The first line of each message, cut.
check = fn source ->
  try do
    Code.compile_string(source <> "\n", "s.exs")
  rescue
    e ->
      text = inspect(e.__struct__) <> ": " <> hd(String.split(Exception.message(e), "\n"))
      IO.puts(String.trim_trailing(String.slice(text, 0, 110)))
  end
end

check.("super(1)")
# => CompileError: s.exs:1: cannot invoke super outside module
check.("defmodule A5 do\n  def f, do: super()\nend")
# => CompileError: s.exs:2: no super defined for f/0 in module A5. Overridable functions available are:
check.("defmodule A6 do\n  super()\nend")
# => CompileError: s.exs:2: cannot invoke super outside function
check.("def foo, do: 1")
# => ArgumentError: cannot invoke def/2 outside module
check.("defp foo, do: 1")
# => ArgumentError: cannot invoke defp/2 outside module
check.("defmacro foo, do: 1")
# => ArgumentError: cannot invoke defmacro/2 outside module
check.("if true do\n  1\ndo\n  2\nend")
# => TokenMissingError: s.exs:6:1: missing terminator: end (for "do" starting at line 1)
check.("defmodule A")
# => CompileError: s.exs:1: undefined function defmodule/1 (there is no such import)
check.("defmodule 1 do\nend")
# => CompileError: s.exs:1: invalid module name: 1
check.("defmodule \"a\" do\nend")
# => CompileError: s.exs:1: invalid module name: "a"
check.("defmodule foo do\nend")
# => CompileError: s.exs:1: invalid module name: {:foo, [line: 1], nil}
check.("defmodule A8 do\n  def 1, do: 1\nend")
# => CompileError: s.exs:2: invalid syntax in def 1
check.("defmodule A9 do\n  def \"foo\", do: 1\nend")
# => CompileError: s.exs:2: invalid syntax in def "foo"
check.("defmodule A11 do\n  def f(x \\\\ 1), do: x\n  def f(x \\\\ 2), do: x\nend")
# => CompileError: s.exs:3: def f/1 defines defaults multiple times. Elixir allows defaults to be declared once per
check.("defmodule A13 do\n  def f(x, y \\\\ 1), do: {x, y}\n  def f(x), do: x\nend")
# => CompileError: s.exs:3: def f/1 conflicts with defaults from f/2
check.("defmodule A16 do\n  def f(x), do: x\n  defp f(y), do: y\nend")
# => CompileError: s.exs:3: defp f/1 already defined as def in s.exs:2
check.("defmodule A17 do\n  def f(x), do: x\n  defmacro f(y), do: y\nend")
# => CompileError: s.exs:3: defmacro f/1 already defined as def in s.exs:2
check.("defmodule A18 do\n  def f(x)\nend")
# => CompileError: s.exs:2: implementation not provided for predefined def f/1
check.("defmodule A21 do\n  def f(x), 1\nend")
# => CompileError: s.exs:2: missing :do option in "def"
check.("defmodule A22 do\n  def f(x), foo: 1\nend")
# => CompileError: s.exs:2: missing :do option in "def"
check.("defmodule A23 do\n  def f(x), do: 1, do: 2\nend")
# => CompileError: s.exs:2: duplicated :do clauses given for "try"
check.("defmodule A24 do\n  def f(x), rescue: 1\nend")
# => CompileError: s.exs:2: missing :do option in "def"
check.("defmodule A26 do\n  def __info__(x), do: x\nend")
# => CompileError: s.exs:2: cannot define def __info__/1 as it is automatically defined by Elixir
check.("defmodule A27 do\n  def module_info(), do: 1\nend")
# => CompileError: s.exs:2: cannot define def module_info/0 as it is automatically defined by Erlang
check.("defmodule A29 do\n  def length(x), do: length(x)\nend")
# => CompileError: s.exs:2: imported Kernel.length/1 conflicts with local function
check.("defmodule A30 do\n  def length(x), do: x\n  def g(x), do: length(x)\nend")
# => CompileError: s.exs:2: imported Kernel.length/1 conflicts with local function
check.("defmodule A32 do\n  def f, do: m(1)\n  defmacro m(x), do: x\nend")
# => CompileError: s.exs:2: cannot invoke macro m/1 before its definition
check.("defmodule A33 do\n  defmacro m(x), do: x\n  m(1)\nend")
# => CompileError: s.exs:3: undefined function m/1 (there is no such import)
check.("defmodule A34 do\n  def m(x), do: x\n  m(1)\nend")
# => CompileError: s.exs:3: undefined function m/1 (there is no such import)
check.("defmodule A35 do\n  m(1)\nend")
# => CompileError: s.exs:2: undefined function m/1 (there is no such import)
check.("defmodule A37 do\n  import List\n  def f, do: flatten([1])\n  def flatten(x), do: x\nend")
# => CompileError: s.exs:4: imported List.flatten/1 conflicts with local function
check.("defmodule D1 do\n  defdelegate f(x)\nend")
# => CompileError: s.exs:2: undefined function defdelegate/1 (there is no such import)
check.("defmodule D2 do\n  defdelegate f(x), to: D2\nend")
# => ArgumentError: defdelegate function is calling itself, which will lead to an infinite loop. You should either
check.("defmodule D3 do\n  defdelegate f(1), to: Foo\nend")
# => ArgumentError: defdelegate/2 only accepts function parameters, got: 1
check.("defmodule D3 do\n  defdelegate f, g, to: Foo\nend")
# => CompileError: s.exs:2: undefined function defdelegate/3 (there is no such import)
check.("defmodule O1 do\n  defoverridable f: 1\nend")
# => ArgumentError: cannot make function f/1 overridable because it was not defined
check.("defmodule O2 do\n  defoverridable 1\nend")
# => FunctionClauseError: no function clause matching in Module.make_overridable/2
check.("defmodule O3 do\n  def f(x), do: x\n  defoverridable f: 1\n  def f(x), do: super()\nend")
# => CompileError: s.exs:4: super must be called with the same number of arguments as the current definition
check.("defmodule O4 do\n  def f(x), do: x\n  def g(x), do: super(x)\nend")
# => CompileError: s.exs:3: no super defined for g/1 in module O4. Overridable functions available are:
check.("defprotocol P1 do\n  def f(x)\n  def g()\nend")
# => ArgumentError: protocol functions expect at least one argument
check.("defprotocol P2 do\n  def f(x), do: x\nend")
# => CompileError: s.exs:2: undefined function def/2 (there is no such import)
check.("defprotocol P5 do\n  defp f(x)\nend")
# => CompileError: s.exs:2: undefined function defp/1 (there is no such import)
check.("defimpl Enumerable do\nend")
# => ArgumentError: defimpl/3 expects a :for option when declared outside a module
check.("defimpl Foo, for: Bar do\nend")
# => ArgumentError: could not load module Foo due to reason :nofile
check.("defimpl Enum, for: Bar do\nend")
# => ArgumentError: Enum is not a protocol
check.("defmodule E1 do\n  defexception [:message]\n  defexception [:message]\nend")
# => ArgumentError: defstruct has already been called for E1, defstruct can only be called once per module
