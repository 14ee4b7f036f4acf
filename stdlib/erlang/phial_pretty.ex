# SPDX-License-Identifier: Apache-2.0
#
# :phial_pretty, the ~p of :io_lib: Erlang terms laid out over lines. The term is first measured into a tree of
# nodes, then laid out. Invariant: a node that fits the rest of its line is on that line; in what is broken, simple
# neighbours share lines and every composite element begins one of its own, indented by where its parent began.

defmodule :phial_pretty do
  @moduledoc false

  # A node is {what, length}: text is a list of characters; {:list, nodes}, {:tuple, nodes}, {:tagged, nodes} (a tuple that
  # begins with an atom), {:map, nodes}, {:pair, key, value}, {:bits, characters}, and :dots for what the depth cuts off.
  # The last node of an improper list is {:tail, node}.

  def print(_term, _column, _line, 0, _unicode?, _strings?), do: ~c"..."

  def print(term, column, line, depth, unicode?, strings?) do
    node = measure(term, depth, %{u: unicode?, s: strings?})
    column = max(column, 0) + 1

    if line == 0 or size(node) < line - column do
      text(node)
    else
      ctx = %{line: line, whole: size(node)}
      step = Enum.find([-1, 4], 1, &steps?(node, column, 0, &1, line))
      lay(node, column, column - 1, 0, 0, Map.put(ctx, :step, step))
    end
  end

  # -- measuring --------------------------------------------------------------------------

  defp size({_, size}), do: size

  defp measure(_term, 0, _ctx), do: {~c"...", 3}

  defp measure([_ | _] = list, depth, ctx) do
    cond do
      depth == 1 -> {{:list, [{:dots, 3}]}, 5}
      ctx.s and :io_lib.printable_list(list) -> leaf([?", :io_lib.escaped(list, ?", ctx.u), ?"])
      true -> sized(:list, elements(list, depth, ctx), 2)
    end
  end

  defp measure(tuple, 1, _ctx) when is_tuple(tuple) and tuple_size(tuple) > 0, do: {~c"{...}", 5}

  defp measure(tuple, depth, ctx) when is_tuple(tuple) and tuple_size(tuple) > 0 do
    kind = if is_atom(elem(tuple, 0)) and tuple_size(tuple) > 1, do: :tagged, else: :tuple
    sized(kind, elements(:erlang.tuple_to_list(tuple), depth, ctx), 2)
  end

  defp measure(map, 1, _ctx) when is_map(map) and map_size(map) > 0, do: {~c"\#{...}", 6}

  defp measure(map, depth, ctx) when is_map(map) and map_size(map) > 0,
    do: sized(:map, pairs(:phial_maps.iteration_list(map), depth, depth - 1, ctx), 3)

  defp measure(<<_, _::bitstring>> = bits, depth, ctx) when depth != 1 do
    case bits_text(bits, depth, ctx) do
      {suffix, chars} -> leaf([~c"<<\"", :io_lib.escaped(chars, ?", ctx.u), ?", suffix, ~c">>"])
      nil -> octets_node(leaf(:io_lib.bits(bits, depth)))
    end
  end

  defp measure(term, depth, ctx), do: leaf(:io_lib.write(term, depth, ctx.u))

  defp octets_node({chars, size}), do: {{:bits, chars}, size}

  defp leaf(text) do
    chars = :unicode.characters_to_list(text)
    {chars, length(chars)}
  end

  # Brackets, elements, and a separator between any two.
  defp sized(kind, nodes, brackets),
    do: {{kind, nodes}, Enum.reduce(nodes, brackets - 1, &(node_size(&1) + 1 + &2))}

  defp node_size({:tail, {_, size}}), do: size
  defp node_size({_, size}), do: size

  defp elements([], _depth, _ctx), do: []
  defp elements(_, 1, _ctx), do: [{:dots, 3}]
  defp elements([first | rest], depth, ctx), do: [measure(first, depth - 1, ctx) | elements(rest, depth - 1, ctx)]
  defp elements(other, depth, ctx), do: [{:tail, measure(other, depth - 1, ctx)}]

  # Every pair has the same depth; how many there are is what `left` counts.
  defp pairs([], _left, _depth, _ctx), do: []
  defp pairs(_, 1, _depth, _ctx), do: [{:dots, 3}]

  defp pairs([{key, value} | rest], left, depth, ctx) do
    key = measure(key, depth, ctx)
    value = measure(value, depth, ctx)
    [{{:pair, key, value}, size(key) + 4 + size(value)} | pairs(rest, left - 1, depth, ctx)]
  end

  defp bits_text(_bits, _depth, %{s: false}), do: nil
  defp bits_text(bits, _depth, _ctx) when not is_binary(bits), do: nil

  # With a depth only as many characters as its levels need be printable; four times as many are shown at most.
  defp bits_text(binary, depth, ctx) do
    case ctx.u && :unicode.characters_to_list(binary) do
      chars when is_list(chars) ->
        suffix = if length(chars) == byte_size(binary), do: [], else: ~c"/utf8"
        printable(chars, depth, suffix, &:io_lib.printable_list/1) || latin1_text(binary, depth)

      _ ->
        latin1_text(binary, depth)
    end
  end

  defp latin1_text(binary, depth),
    do: printable(:erlang.binary_to_list(binary), depth, [], &:io_lib.printable_latin1_list/1)

  defp printable(chars, depth, suffix, printable?) when depth < 0,
    do: if(printable?.(chars), do: {suffix, chars}, else: nil)

  defp printable(chars, depth, suffix, printable?) do
    shown = chars |> Enum.take(4 * (depth - 1)) |> Enum.take_while(&printable?.([&1]))

    cond do
      length(shown) == length(chars) -> {suffix, shown}
      length(shown) >= depth - 1 -> {suffix ++ ~c"...", shown}
      true -> nil
    end
  end

  # -- on one line ------------------------------------------------------------------------

  defp text({chars, _}) when is_list(chars), do: chars
  defp text({:dots, _}), do: ~c"..."
  defp text({{:bits, chars}, _}), do: chars
  defp text({{:list, nodes}, _}), do: [?[, joined(nodes, ?|), ?]]
  defp text({{:map, nodes}, _}), do: [~c"\#{", joined(nodes, ?,), ?}]
  defp text({{:pair, key, value}, _}), do: [text(key), ~c" => ", text(value)]
  defp text({{_tuple, nodes}, _}), do: [?{, joined(nodes, ?,), ?}]

  defp joined([first | rest], dots), do: [text(first) | Enum.map(rest, &[separator(&1, dots), text_of(&1)])]

  defp separator({:dots, _}, dots), do: dots
  defp separator({:tail, _}, _dots), do: ?|
  defp separator(_, _dots), do: ?,

  defp text_of({:tail, node}), do: text(node)
  defp text_of(node), do: text(node)

  # -- over lines -------------------------------------------------------------------------

  # `col` (from 1) is where the node begins, `indent` how many blanks begin its lines, `closing` how many closing
  # characters follow it on its last line, `used` how many characters stand before it on its line.
  defp lay({what, size} = node, col, indent, closing, used, ctx) do
    if size < ctx.line - col - closing, do: text(node), else: broken(what, col, indent, closing, used, ctx)
  end

  defp broken({:list, nodes}, col, indent, closing, used, ctx),
    do: [?[, items(nodes, col + 1, indent + 1, closing + 1, used + 1, ?|, ctx), ?]]

  defp broken({:tuple, nodes}, col, indent, closing, used, ctx),
    do: [?{, items(nodes, col + 1, indent + 1, closing + 1, used + 1, ?,, ctx), ?}]

  defp broken({:map, nodes}, col, indent, closing, used, ctx),
    do: [~c"\#{", items(nodes, col + 2, indent + 2, closing + 1, used + 1, ?,, ctx), ?}]

  defp broken({:tagged, [{tag, size} | rest]}, col, indent, closing, used, %{step: step} = ctx) do
    deep = size + 2

    if step > 0 and deep > step do
      [?{, tag, more(rest, col + step, col + deep, indent + step, closing + 1, used + 1 + size, ?,, ctx), ?}]
    else
      [?{, tag, ?,, items(rest, col + deep, indent + deep, closing + 1, used + 2 + size, ?,, ctx), ?}]
    end
  end

  defp broken({:bits, chars}, col, indent, closing, used, ctx) do
    room = max(8, min(ctx.line - (col + 2), ctx.whole - 4 - used)) - closing
    octets(chars, room, indent + 2)
  end

  defp broken(chars, _col, _indent, _closing, _used, _ctx), do: chars

  defp items([{:dots, _}], _col, _indent, _closing, _used, _dots, _ctx), do: ~c"..."

  defp items([first | rest], col, indent, closing, used, dots, ctx) do
    {text, width} = item(first, col, indent, last(rest, closing), used, ctx)
    [text | more(rest, col, col + width, indent, closing, used + width, dots, ctx)]
  end

  # `start` is where the elements begin, `col` where the last one ended.
  defp more([], _start, _col, _indent, _closing, _used, _dots, _ctx), do: []
  defp more([{:dots, _}], _start, _col, _indent, _closing, _used, dots, _ctx), do: [dots, ~c"..."]

  defp more([{:tail, node}], start, col, indent, closing, _used, _dots, ctx) do
    if simple?(node) and size(node) + 1 < ctx.line - col - closing,
      do: [?|, text(node)],
      else: [?|, ?\n, blanks(indent), lay(node, start, indent, closing, 0, ctx)]
  end

  defp more([node | rest], start, col, indent, closing, used, dots, ctx) do
    size = size(node) + 1
    behind = last(rest, closing)

    if simple?(node) and size + if(behind == 0, do: 1, else: behind) < ctx.line - col do
      [?,, text(node) | more(rest, start, col + size, indent, closing, used + size, dots, ctx)]
    else
      {text, width} = item(node, start, indent, behind, 0, ctx)
      [?,, ?\n, blanks(indent), text | more(rest, start, start + width, indent, closing, width, dots, ctx)]
    end
  end

  # What closes matters to the last element only, or to the last before a tail or dots.
  defp last([node | rest], _closing) when rest != [] or elem(node, 0) not in [:tail, :dots], do: 0
  defp last(_, closing), do: closing

  # A composite element takes the whole width: nothing may follow it on its line.
  defp item({{:pair, key, value}, size} = pair, col, indent, closing, used, ctx) do
    if size < ctx.line - col - closing do
      {text(pair), if(simple?(pair), do: size, else: ctx.line)}
    else
      deep = if ctx.step > 0, do: ctx.step, else: 4
      key = lay(key, col, indent, closing, used, ctx)
      {[key, ~c" =>\n", blanks(indent + deep), lay(value, col + deep, indent + deep, closing, 0, ctx)], ctx.line}
    end
  end

  defp item({_, size} = node, col, indent, closing, used, ctx) do
    if simple?(node) and size < ctx.line - col - closing,
      do: {text(node), size},
      else: {lay(node, col, indent, closing, used, ctx), ctx.line}
  end

  defp simple?({chars, _}) when is_list(chars), do: true
  defp simple?({{:pair, key, value}, _}), do: simple?(key) and simple?(value)
  defp simple?(_), do: false

  defp blanks(n), do: :lists.duplicate(n, ?\s)

  # The octets of a binary, as many to a line as fit.
  defp octets(chars, room, indent) do
    {open, rest} = {~c"<<", :lists.nthtail(2, :unicode.characters_to_list(chars))}
    [open | octets(rest, room, room, indent)]
  end

  defp octets(chars, left, room, indent) do
    case Enum.split_while(chars, &(&1 != ?,)) do
      {last, []} ->
        if length(last) - 2 > left, do: [?\n, blanks(indent), last], else: last

      {octet, [?, | rest]} ->
        size = length(octet) + 1

        if size > left,
          do: [?\n, blanks(indent), octet, ?, | octets(rest, room - size, room, indent)],
          else: [octet, ?, | octets(rest, left - size, room, indent)]
    end
  end

  # -- the indentation of tagged tuples ---------------------------------------------------

  # Whether the term can be laid out with this step (-1: behind the tag) without drifting past the middle of the line.
  defp steps?({what, size}, col, closing, step, line) do
    size < line - col - closing or parts?(what, col, closing, step, line)
  end

  defp parts?({:list, nodes}, col, closing, step, line), do: first?(nodes, col + 1, closing + 1, step, line)
  defp parts?({:tuple, nodes}, col, closing, step, line), do: first?(nodes, col + 1, closing + 1, step, line)
  defp parts?({:map, nodes}, col, closing, step, line), do: first?(nodes, col + 2, closing + 1, step, line)

  defp parts?({:tagged, [{_, size} | rest]}, col, closing, step, line) do
    deep = col + size + 2

    if step > 0 and size + 2 > step,
      do: col + step <= div(line, 2) and rest?(rest, col + step, deep, closing + 1, step, line),
      else: deep < div(line, 2) and first?(rest, deep, closing + 1, step, line)
  end

  defp parts?({:pair, key, value}, col, closing, step, line) do
    deep = if step > 0, do: step, else: 4
    steps?(key, col, closing, step, line) and steps?(value, col + deep, closing, step, line)
  end

  defp parts?(_chars, _col, _closing, _step, _line), do: true

  defp first?([{:dots, _}], _col, _closing, _step, _line), do: true

  defp first?([node | rest], col, closing, step, line) do
    behind = last(rest, closing)
    steps?(node, col, behind, step, line) and rest?(rest, col, col + width(node, col, behind, line), closing, step, line)
  end

  # As more/8 does; but a composite tail is judged where the element before it ended.
  defp rest?([], _start, _col, _closing, _step, _line), do: true
  defp rest?([{:dots, _}], _start, _col, _closing, _step, _line), do: true

  defp rest?([{:tail, node}], _start, col, closing, step, line) do
    (simple?(node) and size(node) + 1 < line - col - closing) or steps?(node, col, closing, step, line)
  end

  defp rest?([node | rest], start, col, closing, step, line) do
    behind = last(rest, closing)

    if simple?(node) and size(node) + 1 + if(behind == 0, do: 1, else: behind) < line - col,
      do: rest?(rest, start, col + size(node) + 1, closing, step, line),
      else: first?([node | rest], start, closing, step, line)
  end

  defp width(node, col, closing, line),
    do: if(simple?(node) and size(node) < line - col - closing, do: size(node), else: line)
end
