# SPDX-License-Identifier: Apache-2.0
# Names set in columns, as ls and exports print them. Invariant: all columns are equally wide, and a row ends with the name that fills the width.
defmodule IEx.Columns do
  @moduledoc false
  @widest 30
  @gap 5

  @doc "Prints names in columns; `paint` gets a name and the padded text."
  def print(names, paint \\ fn _name, text -> text end)
  def print([], _paint), do: :ok

  def print(names, paint) do
    width = min(names |> Enum.map(&String.length/1) |> Enum.max(), @widest) + @gap
    IO.puts(rows(names, width, IEx.Config.columns(), 0, paint))
  end

  defp rows([], _width, _limit, _used, _paint), do: []

  defp rows([name | rest], width, limit, used, paint) do
    text = String.pad_trailing(name, width - 1)
    used = used + String.length(text) + 1

    if used >= limit and rest != [],
      do: [paint.(name, text), " \n" | rows(rest, width, limit, 0, paint)],
      else: [paint.(name, text), " " | rows(rest, width, limit, used, paint)]
  end
end
