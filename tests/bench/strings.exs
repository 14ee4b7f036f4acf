# SPDX-License-Identifier: Apache-2.0
# Stresses: building strings by appending and from iodata, scanning them by byte and by character.
defmodule Strings do
  def append(0, acc), do: acc
  def append(n, acc), do: append(n - 1, acc <> "line " <> Integer.to_string(n) <> "\n")

  def words(<<>>, n, _in_word), do: n
  def words(<<c, rest::binary>>, n, _) when c in ' \n', do: words(rest, n, false)
  def words(<<_, rest::binary>>, n, true), do: words(rest, n, true)
  def words(<<_, rest::binary>>, n, false), do: words(rest, n + 1, true)

  def sum(<<>>, acc), do: acc
  def sum(<<c::utf8, rest::binary>>, acc), do: sum(rest, acc + c)

  def iodata(0, acc), do: IO.iodata_to_binary(acc)
  def iodata(n, acc), do: iodata(n - 1, [acc | ["é", Integer.to_string(n)]])
end

text = Strings.append(300_000, "")
IO.puts(byte_size(text))
IO.puts(Strings.words(text, 0, false))
io = Strings.iodata(300_000, [])
IO.puts(Strings.sum(io, 0))
lines = String.split(text, "\n", trim: true)
IO.puts(length(lines))
IO.puts(lines |> Enum.map(&String.upcase/1) |> Enum.map(&String.length/1) |> Enum.sum())
IO.puts(lines |> Enum.join(",") |> String.replace("line", "row") |> byte_size())
