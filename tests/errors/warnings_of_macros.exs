# What a macro sets or documents is not warned about where it is used; clauses of a name that another arity stands between are.
Application.ensure_all_started(:ex_unit)

has = fn source, part ->
  text = ExUnit.CaptureIO.capture_io(:stderr, fn -> Code.eval_string(source) end)
  IO.inspect(text =~ part)
end

defmodule Uses do
  defmacro __using__(_), do: quote(do: @option(1))
end

has.("defmodule A do\nuse Uses\nend", "never used") # => false
has.("defmodule A do\n@option 1\nend", "never used") # => true

server = "defmodule A do\nuse GenServer\n@doc \"mine\"\ndef child_spec(x), do: super(x)\ndef init(x), do: {:ok, x}\nend"
has.(server, "redefining @doc") # => false
has.("defmodule A do\n@doc \"a\"\ndef f(1), do: 1\n@doc \"b\"\ndef f(2), do: 2\nend", "redefining @doc") # => true

part = "clauses with the same name should be grouped together, \"def f/1\" was previously defined"
has.("defmodule A do\ndef f(1), do: 1\ndef f(x, y), do: {x, y}\ndef f(2), do: 2\nend", part) # => true
part = "clauses with the same name and arity (number of arguments) should be grouped together, \"def f/1\" was previously defined"
has.("defmodule A do\ndef f(1), do: 1\ndef g(x), do: x\ndef f(2), do: 2\nend", part) # => true

has.("__x = 1; __x", "the underscored variable \"__x\" is used after being set") # => true
has.("defmodule A do\n@behaviour List\n@impl true\ndef f, do: 1\nend", "There are no known callbacks") # => true
