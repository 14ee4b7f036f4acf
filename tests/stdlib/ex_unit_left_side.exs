# What a failed match shows of the pattern: aliases in full, attributes as their value, sigils as they are written.
Application.ensure_all_started(:ex_unit)

defmodule Shape.Point do
  defstruct [:x, :y]
end

defmodule Patterns do
  import ExUnit.Assertions
  alias Shape.Point
  @limit 3
  def run(n), do: (try do pattern(n) rescue e in ExUnit.AssertionError -> e.left |> Macro.to_string() |> IO.puts() end)
  defp pattern(1), do: assert(%Point{x: 1} = %Point{x: 2})
  defp pattern(2), do: assert({:a, @limit, ~r/a/} = Process.get(:none))
  defp pattern(3), do: assert(match?([%{x: %Point{y: 2}} | _], Process.get(:none)))
end

Enum.each(1..3, &Patterns.run/1)
# => %Shape.Point{x: 1}
# => {:a, 3, ~r/a/}
# => [%{x: %Shape.Point{y: 2}} | _]
