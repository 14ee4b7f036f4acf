# SPDX-License-Identifier: Apache-2.0
# JSON in plain Elixir, as programs wrote it before there was a JSON module: reading by clauses on prefixes, writing to iodata. For json_parse and json.
defmodule PlainJson do
  def decode!(s), do: elem(value(skip(s)), 0)
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

  def encode!(term), do: IO.iodata_to_binary(encoded(term))
  defp encoded(nil), do: "null"
  defp encoded(atom) when is_atom(atom), do: Atom.to_string(atom)
  defp encoded(n) when is_integer(n), do: Integer.to_string(n)
  defp encoded(s) when is_binary(s), do: [?", escaped(s, s, 0, 0), ?"]
  defp encoded([]), do: "[]"
  defp encoded([h | t]), do: [?[, encoded(h) | rest(t)]
  defp encoded(map) when map == %{}, do: "{}"

  defp encoded(map) do
    [{k, v} | pairs] = Map.to_list(map)
    [?{, encoded(k), ?:, encoded(v) | pairs(pairs)]
  end

  defp rest([]), do: [?]]
  defp rest([h | t]), do: [?,, encoded(h) | rest(t)]
  defp pairs([]), do: [?}]
  defp pairs([{k, v} | t]), do: [?,, encoded(k), ?:, encoded(v) | pairs(t)]
  defp escaped(<<>>, s, 0, _), do: s
  defp escaped(<<>>, s, from, n), do: [binary_part(s, from, n)]
  defp escaped(<<c, r::binary>>, s, from, n) when c >= 32 and c != ?" and c != ?\\, do: escaped(r, s, from, n + 1)
  defp escaped(<<c, r::binary>>, s, from, n), do: [binary_part(s, from, n), escape(c) | escaped(r, s, from + n + 1, 0)]
  defp escape(?"), do: "\\\""
  defp escape(?\\), do: "\\\\"
  defp escape(?\n), do: "\\n"
  defp escape(c), do: ["\\u", String.pad_leading(Integer.to_string(c, 16), 4, "0")]
end
