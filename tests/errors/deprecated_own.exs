# A module that calls its own deprecated function by its full name is told, as others are.
Application.ensure_all_started(:ex_unit)
source = "defmodule A do\n  @deprecated \"use g\"\n  def f(x \\\\ 1), do: x\n  def g, do: f()\n  def h, do: A.f()\nend"
ExUnit.CaptureIO.capture_io(:stderr, fn -> Code.eval_string(source, [], file: "nofile") end) |> IO.puts()
# => warning: A.f/0 is deprecated. use g
# =>   nofile:5: A.h/0
# =>
# =>
