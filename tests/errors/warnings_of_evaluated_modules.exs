# A module that is evaluated tells of unused aliases and imports too, as one in a file does.
import ExUnit.CaptureIO
Application.ensure_all_started(:ex_unit)
warnings = fn code -> capture_io(:stderr, fn -> Code.eval_string(code, [], file: "nofile") end) end
has = fn code, text -> IO.inspect(String.contains?(warnings.(code), text)) end

has.("defmodule A1 do import List; def f, do: 1 end", "unused import List\n  nofile:1\n") # => true
has.("defmodule A2 do alias Foo.Bar; def f, do: 1 end", "unused alias Bar\n  nofile:1\n") # => true
IO.inspect(warnings.("import List; 1")) # => ""
IO.inspect(warnings.("defmodule A3 do def f(x), do: x; def f(1), do: 2 end")) # => ""
has.("defmodule A4 do def f(_x, _x), do: 1 end", "the underscored variable \"_x\" appears more than once") # => true
has.("defmodule A5 do @since \"1.0\"; def f, do: 1 end", "module attribute @since was set but never used") # => true
has.("defmodule A6 do def f, do: ~w(a, b)a end", "do not allow trailing commas") # => true
has.("defprotocol A7 do end", "protocols must define at least one function, but none was defined\n  nofile:1: A7 (module)") # => true
has.("defprotocol A8 do def f(x); @callback g() :: term end", "cannot define @callback g/0 inside protocol") # => true
