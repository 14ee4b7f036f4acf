# What the compiler refuses: structs and maps. The first line of each message, cut.
check = fn source ->
  try do
    Code.compile_string(source <> "\n", "s.exs")
  rescue
    e ->
      text = inspect(e.__struct__) <> ": " <> hd(String.split(Exception.message(e), "\n"))
      IO.puts(String.trim_trailing(String.slice(text, 0, 110)))
  end
end

check.("%{1 | 2}")
# => SyntaxError: s.exs:1:8: syntax error before: '}'
check.("defmodule S1 do\n  defstruct [:a]\n  def f, do: %S1{b: 1}\nend")
# => KeyError: key :b not found
check.("%NoSuch{}")
# => CompileError: s.exs:1: NoSuch.__struct__/1 is undefined, cannot expand struct NoSuch. Make sure the struct nam
check.("defmodule S3 do\n  def f, do: %S3{}\nend")
# => CompileError: s.exs:2: S3.__struct__/1 is undefined, cannot expand struct S3. Make sure the struct name is cor
check.("defmodule S4 do\n  defstruct [:a]\n  def f(x), do: %S4{x | b: 1}\nend")
# => CompileError: s.exs:3: unknown key :b for struct S4
check.("defmodule S5 do\n  @enforce_keys [:a]\n  defstruct [:a]\n  def f, do: %S5{}\nend")
# => ArgumentError: the following keys must also be given when building struct S5: [:a]
check.("defmodule S6 do\n  @enforce_keys [:b]\n  defstruct [:a]\nend")
# => ArgumentError: @enforce_keys required keys ([:b]) that are not defined in defstruct: [a: nil]
check.("defmodule S7 do\n  defstruct [:a]\n  defstruct [:a]\nend")
# => ArgumentError: defstruct has already been called for S7, defstruct can only be called once per module
check.("defmodule S9 do\n  defstruct 1\nend")
# => ArgumentError: struct fields definition must be list, got: 1
check.("defmodule S10 do\n  defstruct [1]\nend")
# => ArgumentError: struct field names must be atoms, got: 1
check.("x = Foo\n%x{a: 1}")
# => CompileError: s.exs:2: expected struct name to be a compile time atom or alias, got: x
check.("%1{}")
# => SyntaxError: s.exs:1:3: syntax error before: '{'
check.("%Foo")
# => TokenMissingError: s.exs:1:5: syntax error: expression is incomplete
check.("%String{}")
# => CompileError: s.exs:1: String.__struct__/1 is undefined, cannot expand struct String. Make sure the struct nam
check.("defmodule S11 do\n  defstruct [:a]\n  %S11{}\nend")
# => CompileError: s.exs:3: cannot access struct S11, the struct was not yet defined or the struct is being accesse
check.("%__MODULE__{}")
# => CompileError: s.exs:1: cannot access struct nil, the struct was not yet defined or the struct is being accesse
check.("defmodule S12 do\n  @derive Foo\n  defstruct [:a]\nend")
# => ArgumentError: could not load module Foo due to reason :nofile, cannot derive Foo for S12
check.("%{a: 1, 2}")
# => SyntaxError: s.exs:1:7: unexpected expression after keyword list. Keyword lists must always come last in lists
check.("raise 1")
# => ArgumentError: raise/1 and reraise/2 expect a module name, string or exception as the first argument, got: 1
check.("raise Enum")
# => UndefinedFunctionError: function Enum.exception/1 is undefined or private
