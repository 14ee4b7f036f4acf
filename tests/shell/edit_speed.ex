# SPDX-License-Identifier: Apache-2.0
# How long the editor takes from a key's byte to the bytes for the screen, in statements of several sizes: tests/shell/edit_speed.sh runs it in
# a terminal. Invariant: what is timed is :phial_edit.feed/1 alone, each key by itself.
defmodule Speed do
  @keys [letter: "x", backspace: "\d", left: "\e[D", up: "\e[A", bracket: "(", tab: "\t"]

  def run(file) do
    :ok = :phial_edit.start(%{history: false})
    rows = for lines <- [1, 200, 5000], {name, key} <- @keys, do: {lines, name, times(lines, key)}
    :phial_edit.stop()
    File.write!(file, for({lines, name, times} <- rows, do: line(lines, name, Enum.sort(times))))
  end

  defp times(lines, key) do
    :phial_edit.prompt("iex(1)> ", "...(1)> ", :statement)
    :phial_edit.insert(["%{\n" | for(n <- 1..lines, do: "  #{n} => fn x -> {:ok, \"value \" <> x, [a: 1, b: %{c: x}]} end,\n")])
    times = for _ <- 1..200, do: key |> feed() |> elem(0)
    :phial_edit.cancel()
    times
  end

  defp feed(key), do: :timer.tc(fn -> :phial_edit.feed(key) end)

  defp line(lines, name, times) do
    :io_lib.format("~5w lines  ~-10s median ~6.2f ms, slowest of a hundred ~6.2f ms~n", [lines, "#{name}", Enum.at(times, 100) / 1000, Enum.at(times, 197) / 1000])
  end
end

Speed.run(hd(System.argv()))
