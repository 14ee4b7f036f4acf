# SPDX-License-Identifier: Apache-2.0
# Stresses: a binary parsing loop: JSON in plain Elixir, by clauses on prefixes.
defmodule Json do
  def decode(s), do: elem(value(skip(s)), 0)
  defp skip(<<c, r::binary>>) when c in ' \n\t\r', do: skip(r)
  defp skip(r), do: r
  defp value("{" <> r), do: object(skip(r), [])
  defp value("[" <> r), do: array(skip(r), [])
  defp value("\"" <> r), do: string(r, r, 0)
  defp value("true" <> r), do: {true, r}
  defp value("false" <> r), do: {false, r}
  defp value("null" <> r), do: {nil, r}
  defp value(<<?-, r::binary>>), do: number(r, 0, -1)
  defp value(<<c, _::binary>> = r) when c in ?0..?9, do: number(r, 0, 1)
  defp number(<<c, r::binary>>, n, s) when c in ?0..?9, do: number(r, n * 10 + c - ?0, s)
  defp number(r, n, s), do: {n * s, r}
  defp string(<<?", r::binary>>, all, n), do: {binary_part(all, 0, n), r}
  defp string(<<?\\, _, r::binary>>, all, n), do: string(r, all, n + 2)
  defp string(<<_, r::binary>>, all, n), do: string(r, all, n + 1)
  defp array("]" <> r, acc), do: {Enum.reverse(acc), r}
  defp array("," <> r, acc), do: array(skip(r), acc)
  defp array(r, acc) do
    {v, r} = value(r)
    array(skip(r), [v | acc])
  end
  defp object("}" <> r, acc), do: {Map.new(acc), r}
  defp object("," <> r, acc), do: object(skip(r), acc)
  defp object("\"" <> r, acc) do
    {k, r} = string(r, r, 0)
    ":" <> r = skip(r)
    {v, r} = value(skip(r))
    object(skip(r), [{k, v} | acc])
  end
end
item = ~s({"id": 12345, "name": "Some name of a thing", "tags": ["a", "bb", "ccc"], "ok": true, "none": null, "nested": {"x": -1, "y": [1, 2, 3, 4]}})
text = "[" <> Enum.join(List.duplicate(item, 8000), ", ") <> "]"
for _ <- 1..3 do
  result = Json.decode(text)
  length(result)
end |> IO.inspect()
IO.inspect(hd(Json.decode(text)))
