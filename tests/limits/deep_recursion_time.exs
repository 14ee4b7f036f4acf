# stress: a time limit cannot hold with turns of one reduction
# Garbage made on the way down of a deep recursion: each collection walks the stack, so there must be few of them.
defmodule Deep do
  def list(0), do: []

  def list(n) do
    pair = {n, Process.get(:none, n)}
    [elem(pair, 0) | list(elem(pair, 1) - 1)]
  end
end

Task.async(fn -> length(Deep.list(500_000)) end) |> Task.await(8000) |> IO.puts()
# => 500000
