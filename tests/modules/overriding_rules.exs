# What definitions, options and attributes of modules must fit to.
message = fn code ->
  try do
    Code.eval_string(code) |> elem(0) |> elem(1)
  rescue
    e -> String.split(Exception.message(e), "\n") |> hd() |> IO.puts()
  end
end

# => nofile:4: cannot override macro (defmacro, defmacrop) f/1 in module Kind1 as a function (def, defp)
message.("defmodule Kind1 do\n defmacro f(x), do: x\n defoverridable f: 1\n def f(x), do: x\nend")
# => nofile:4: cannot override function (def, defp) f/1 in module Kind2 as a macro (defmacro, defmacrop)
message.("defmodule Kind2 do\n def f(x), do: x\n defoverridable f: 1\n defmacro f(x), do: super(x)\nend")
# => nofile:1: h/1 has been specified as optional callback more than once
message.("defmodule Kind3 do\n @callback h(1) :: 1\n @optional_callbacks h: 1\n @optional_callbacks h: 1\nend")
# => nofile:1: invalid optional callback :h. @optional_callbacks expects a keyword list of callback names and arities
message.("defmodule Kind4 do\n @callback h(1) :: 1\n @optional_callbacks [:h]\nend")
# => unknown options given to defimpl, got: [
message.("defimpl Enumerable, for: Kind5, foo: 1 do\n def count(_), do: 1\nend")
# => cannot define record :foo because a definition foo/0 already exists
message.("defmodule Kind6 do\n require Record\n Record.defrecord :foo, [:a]\n Record.defrecord :foo, [:a]\nend")
# => nofile:1: module Elixir is reserved and cannot be defined
message.("Module.create(Elixir, nil, __ENV__)")
# => nofile:1: invalid module name: nil
message.("Module.create(nil, nil, __ENV__)")
# => could not call Module.eval_quoted/4 because the module Enum is already compiled
message.("Module.eval_quoted(Enum, quote(do: 1))")

defmodule Captured do
  def f(x), do: x * 2
  defoverridable f: 1
  def f(x), do: Enum.map(x, &super/1)
end

IO.inspect(Captured.f([1, 2])) # => [2, 4]

# stderr: module attribute @derive was set after defstruct, all @derive calls must come before defstruct
# stderr: module attribute @derive was set but never used (it must come before defstruct)
Code.eval_string("defmodule Late do\n defstruct [:a]\n @derive Inspect\nend")
Code.eval_string("defmodule Never do\n @derive Inspect\nend")
