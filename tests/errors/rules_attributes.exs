# What the compiler refuses: attributes. The first line of each message, cut.
check = fn source ->
  try do
    Code.compile_string(source <> "\n", "s.exs")
  rescue
    e ->
      text = inspect(e.__struct__) <> ": " <> hd(String.split(Exception.message(e), "\n"))
      IO.puts(String.trim_trailing(String.slice(text, 0, 110)))
  end
end

check.("@foo")
# => ArgumentError: cannot invoke @/1 outside module
check.("@foo 1")
# => ArgumentError: cannot invoke @/1 outside module
check.("defmodule M2 do\n  def f, do: @foo 1\nend")
# => ArgumentError: cannot set attribute @foo inside function/macro
check.("defmodule M3 do\n  @foo 1, 2\nend")
# => ArgumentError: expected 0 or 1 argument for @foo, got: 2
check.("defmodule M4 do\n  @behaviour \"a\"\nend")
# => ArgumentError: @behaviour expects a module, got: "a"
check.("defmodule M6 do\n  @doc 1\n  def f, do: 1\nend")
# => ArgumentError: @doc is a built-in module attribute for documentation. It should be either false, nil, a string
check.("defmodule M7 do\n  @moduledoc 1\nend")
# => ArgumentError: @moduledoc is a built-in module attribute for documentation. It should be either false, nil, a
check.("defmodule M8 do\n  @on_load :foo\nend")
# => CompileError: s.exs:1: undefined function foo/0 given to @on_load
check.("defmodule M9 do\n  @compile {:inline, foo: 1}\nend")
# => CompileError: s.exs:1: inlined function foo/1 undefined
check.("defmodule M10 do\n  @before_compile Foo\nend")
# => UndefinedFunctionError: function Foo.__before_compile__/1 is undefined (module Foo is not available)
check.("defmodule M11 do\n  @deprecated 1\n  def f, do: 1\nend")
# => ArgumentError: @deprecated is a built-in module attribute that annotates a definition as deprecated. It should
check.("defmodule M12 do\n  @dialyzer {:nowarn_function, f: 1}\nend")
# => CompileError: s.exs:1: undefined function f/1 given to @dialyzer :nowarn_function
