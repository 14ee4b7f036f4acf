# Unused functions are told of by name, unused attributes the last first; @file says where a definition stands.
Application.ensure_all_started(:ex_unit)

source = """
defmodule A do
  @first 1
  @second 2
  defp c, do: 1
  defmacrop b, do: 1
  defp a, do: 1
  @file "other.ex"
  def f(x), do: 1
  def g(x), do: 1
end
"""

ExUnit.CaptureIO.capture_io(:stderr, fn -> Code.eval_string(source, [], file: "nofile") end)
|> String.split("\n")
|> Enum.reject(&(&1 == ""))
|> Enum.each(&(&1 |> String.slice(0, 41) |> String.trim_trailing() |> IO.puts()))

# => warning: variable "x" is unused (if the v
# =>   other.ex:8: A.f/1
# => warning: variable "x" is unused (if the v
# =>   nofile:9: A.g/1
# => warning: function a/0 is unused
# =>   nofile:6
# => warning: macro b/0 is unused
# =>   nofile:5
# => warning: function c/0 is unused
# =>   nofile:4
# => warning: module attribute @second was set
# =>   nofile:3
# => warning: module attribute @first was set
# =>   nofile:2
