# However many warnings there are, each is told.
Application.ensure_all_started(:ex_unit)
import ExUnit.CaptureIO

count = fn code, text -> capture_io(:stderr, fn -> Code.eval_string(code) end) |> String.split(text) |> length() |> Kernel.-(1) end
lines = fn fun -> Enum.map_join(1..400, "\n", fun) end

variables = "defmodule ManyVariables do\n def f do\n#{lines.(&"  v#{&1} = #{&1}")}\n end\nend"
IO.inspect(count.(variables, "is unused")) # => 400

attributes = "defmodule ManyAttributes do\n#{lines.(&" @a#{&1} #{&1}")}\nend"
IO.inspect(count.(attributes, "was set but never used")) # => 400

aliases = "defmodule ManyAliases do\n#{lines.(&" alias Some.Name#{&1}")}\nend"
IO.inspect(count.(aliases, "unused alias")) # => 400

# Variables by name; those of one name in the order they were bound.
code = "defmodule Order do\n def f do\n  b = 1\n  a = 2\n  b = 3\n  c = 4\n end\nend"
text = capture_io(:stderr, fn -> Code.eval_string(code) end)
IO.inspect(Regex.scan(~r/variable "(\w)".*\n  nofile:(\d+)/, text, capture: :all_but_first)) # => [["a", "4"], ["b", "3"], ["b", "5"], ["c", "6"]]
