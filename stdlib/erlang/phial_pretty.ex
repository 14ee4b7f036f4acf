# SPDX-License-Identifier: Apache-2.0
#
# :phial_pretty, the ~p of :io_lib: Erlang terms laid out over lines. Invariant: a term that fits
# its line is on it; what is broken is indented by where it began.

defmodule :phial_pretty do
  @moduledoc false
  # Lays a term out over lines. What fits is on one line; else simple elements are filled into
  # lines and each composite element has lines of its own.

  def print(term, column, line_length, depth, unicode?, strings?) do
    ctx = %{width: line_length, depth: depth, u: unicode?, s: strings?, tag: :align}

    try do
      lay(term, column, 0, ctx)
    catch
      :throw, :too_deep -> lay(term, column, 0, %{ctx | tag: :indent})
    end
  end

  # `after_` is the number of closing characters that must follow on the last line.
  defp lay(term, col, after_, ctx) do
    text = flat(term, ctx)

    if ctx.width > 0 and composite?(term, ctx) and col + length(text) + after_ > ctx.width - 2,
      do: broken(term, col, after_, ctx),
      else: text
  end

  defp broken(list, col, after_, ctx) when is_list(list),
    do: [?[, items(split_tail(list), col + 1, after_ + 1, ctx), ?]]

  defp broken(tuple, col, after_, ctx) when is_tuple(tuple) do
    [tag | rest] = :erlang.tuple_to_list(tuple)

    if is_atom(tag) and rest != [],
      do: tagged(flat(tag, ctx), rest, col, after_, ctx),
      else: [?{, items([tag | rest], col + 1, after_ + 1, ctx), ?}]
  end

  defp broken(map, col, after_, ctx) when is_map(map) do
    pairs = for {key, value} <- :maps.to_list(map), do: {:pair, key, value}
    [~c"\#{", items(pairs, col + 2, after_ + 1, ctx), ?}]
  end

  defp broken(bits, _col, _after, ctx), do: flat(bits, ctx)

  defp tagged(tag, rest, col, after_, %{tag: :align} = ctx) do
    start = col + 2 + length(tag)
    if start > 50, do: throw(:too_deep)
    [?{, tag, ?,, items(rest, start, after_ + 1, ctx), ?}]
  end

  defp tagged(tag, rest, col, after_, %{tag: :indent} = ctx) do
    if length(tag) + 2 > 4 do
      [?{, tag, ?,, newline(col + 4), items(rest, col + 4, after_ + 1, ctx), ?}]
    else
      [?{, tag, ?,, items(rest, col + 2 + length(tag), after_ + 1, ctx), ?}]
    end
  end

  defp split_tail([h | t]) when is_list(t), do: [h | if(t == [], do: [], else: split_tail(t))]
  defp split_tail([h | t]), do: [h, {:tail, t}]

  defp items(items, col, after_, ctx), do: items(items, col, col, :start, after_, ctx)

  defp items([], _start, _col, _last, _after, _ctx), do: []

  defp items([item | rest], start, col, last, after_, ctx) do
    closing = if rest == [], do: after_, else: 1
    simple? = simple?(item, ctx)
    separator = separator(item, last)
    text = item(item, start, closing, ctx)
    room? = simple? and last == :simple and col + 1 + length(text) + closing <= ctx.width - 2

    cond do
      last == :start ->
        [text | items(rest, start, after_col(text, start), kind(simple?), after_, ctx)]

      room? ->
        [separator, text | items(rest, start, col + 1 + length(text), :simple, after_, ctx)]

      true ->
        [
          separator,
          newline(start),
          text | items(rest, start, after_col(text, start), kind(simple?), after_, ctx)
        ]
    end
  end

  defp kind(true), do: :simple
  defp kind(false), do: :composite

  defp separator(_, :start), do: []
  defp separator({:tail, _}, _), do: [?|]
  defp separator(_, _), do: [?,]

  defp after_col(text, start) do
    text = :lists.flatten(text)
    start + length(text)
  end

  defp item({:tail, term}, col, after_, ctx), do: lay(term, col, after_, ctx)

  defp item({:pair, key, value}, col, after_, ctx) do
    key = flat(key, ctx)
    inline = key ++ ~c" => " ++ flat(value, ctx)

    if col + length(inline) + after_ <= ctx.width - 2,
      do: inline,
      else: [key, ~c" =>", newline(col + 4), lay(value, col + 4, after_, ctx)]
  end

  defp item(term, col, after_, ctx) do
    text = lay(term, col, after_, ctx)
    if composite?(term, ctx), do: text, else: :lists.flatten(text)
  end

  defp newline(col), do: [?\n | :lists.duplicate(col, ?\s)]

  # A simple element is one that is never broken and shares its line with its neighbours.
  defp simple?({:tail, term}, ctx), do: not composite?(term, ctx)

  defp simple?({:pair, key, value}, ctx),
    do: not composite?(key, ctx) and not composite?(value, ctx) and short?(key, value, ctx)

  defp simple?(term, ctx), do: not composite?(term, ctx)

  defp short?(key, value, ctx), do: length(flat(key, ctx)) + length(flat(value, ctx)) < ctx.width - 8

  defp composite?([], _ctx), do: false
  defp composite?({}, _ctx), do: false
  defp composite?(list, ctx) when is_list(list), do: not text?(list, ctx)
  defp composite?(tuple, _ctx) when is_tuple(tuple), do: true
  defp composite?(map, _ctx) when is_map(map), do: map_size(map) > 0
  defp composite?(<<>>, _ctx), do: false
  defp composite?(bits, ctx) when is_bitstring(bits), do: binary_text(bits, ctx) == nil
  defp composite?(_, _ctx), do: false

  # -- one line ---------------------------------------------------------------------------

  defp flat(term, ctx), do: :unicode.characters_to_list(write(term, ctx.depth, ctx))

  defp write(_term, 0, _ctx), do: ~c"..."

  defp write([_ | _] = list, d, ctx) do
    cond do
      text?(list, ctx) -> [?", :io_lib.escaped(list, ?", ctx.u), ?"]
      d == 1 -> ~c"[...]"
      true -> [?[, write(hd(list), d - 1, ctx), tail(tl(list), d - 1, ctx)]
    end
  end

  defp write(tuple, d, ctx) when is_tuple(tuple) and tuple_size(tuple) > 0 and d != 1 do
    [first | rest] = :erlang.tuple_to_list(tuple)
    [?{, write(first, d - 1, ctx), elements(rest, d - 1, ctx), ?}]
  end

  defp write(map, d, ctx) when is_map(map) and d != 1,
    do: [~c"\#{", pairs(:maps.to_list(map), d, ctx), ?}]

  defp write(<<_, _::bitstring>> = bits, d, ctx) when d != 1 do
    case binary_text(bits, ctx) do
      {:latin1, chars} -> [~c"<<\"", :io_lib.escaped(chars, ?", ctx.u), ~c"\">>"]
      {:utf8, chars} -> [~c"<<\"", :io_lib.escaped(chars, ?", ctx.u), ~c"\"/utf8>>"]
      nil -> :io_lib.bits(bits, d)
    end
  end

  defp write(term, d, ctx), do: :io_lib.write(term, d, ctx.u)

  defp tail([], _d, _ctx), do: [?]]
  defp tail(_, 1, _ctx), do: ~c"|...]"
  defp tail([h | t], d, ctx), do: [?,, write(h, d - 1, ctx), tail(t, d - 1, ctx)]
  defp tail(other, d, ctx), do: [?|, write(other, d - 1, ctx), ?]]

  defp elements([], _d, _ctx), do: []
  defp elements(_, 1, _ctx), do: ~c",..."
  defp elements([h | t], d, ctx), do: [?,, write(h, d - 1, ctx), elements(t, d - 1, ctx)]

  defp pairs([], _d, _ctx), do: []
  defp pairs(_, 1, _ctx), do: ~c"..."
  defp pairs([{k, v}], d, ctx), do: pair(k, v, d, ctx)
  defp pairs([{k, v} | rest], d, ctx), do: [pair(k, v, d, ctx), ?, | pairs(rest, less(d), ctx)]

  defp pair(k, v, d, ctx), do: [write(k, less(d), ctx), ~c" => ", write(v, less(d), ctx)]

  defp less(-1), do: -1
  defp less(d), do: d - 1

  defp text?(_list, %{s: false}), do: false
  defp text?(list, _ctx), do: :io_lib.printable_list(list)

  defp binary_text(_bits, %{s: false}), do: nil
  defp binary_text(bits, _ctx) when not is_binary(bits), do: nil

  defp binary_text(binary, ctx) do
    with true <- ctx.u,
         chars when is_list(chars) <- :unicode.characters_to_list(binary),
         true <- :io_lib.printable_list(chars) do
      if length(chars) == byte_size(binary), do: {:latin1, chars}, else: {:utf8, chars}
    else
      _ ->
        bytes = :erlang.binary_to_list(binary)
        if :io_lib.printable_latin1_list(bytes), do: {:latin1, bytes}, else: nil
    end
  end
end
