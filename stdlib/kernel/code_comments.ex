# SPDX-License-Identifier: Apache-2.0
# Code.Comments: the comments of a source, and their places in its quoted form.
#
# The scanner knows just enough of the lexer (strings, heredocs, sigils, characters, interpolation) not to take a # in text for
# a comment. A comment becomes an expression of its own before the expression it precedes, or before the one that holds it.
defmodule Code.Comments do
  @moduledoc false

  ## Finding

  @doc "The comments as maps with line, column, text and the line ends around them."
  def scan(source) do
    source |> code(1, 1, [], 1, []) |> :lists.reverse()
  end

  # code(rest, line, column, closers, line ends before, found): `closers` is a stack of what ends an interpolation.
  defp code("", _, _, _, _, found), do: found
  defp code("\n" <> rest, line, _, stack, eols, found), do: code(rest, line + 1, 1, stack, eols + 1, found)
  defp code("\r\n" <> rest, line, _, stack, eols, found), do: code(rest, line + 1, 1, stack, eols + 1, found)
  defp code(" " <> rest, line, col, stack, eols, found), do: code(rest, line, col + 1, stack, eols, found)
  defp code("\t" <> rest, line, col, stack, eols, found), do: code(rest, line, col + 1, stack, eols, found)

  defp code("#" <> _ = text, line, col, stack, eols, found) do
    {comment, rest} = split_line(text)
    entry = %{line: line, column: col, text: comment, previous_eol_count: eols, next_eol_count: count_eols(rest, 0)}
    code(rest, line, col + String.length(comment), stack, 0, [entry | found])
  end

  defp code("\"\"\"" <> rest, line, col, stack, _, found), do: text(rest, line, col + 3, "\"\"\"", true, stack, found)
  defp code("'''" <> rest, line, col, stack, _, found), do: text(rest, line, col + 3, "'''", true, stack, found)
  defp code("\"" <> rest, line, col, stack, _, found), do: text(rest, line, col + 1, "\"", true, stack, found)
  defp code("'" <> rest, line, col, stack, _, found), do: text(rest, line, col + 1, "'", true, stack, found)

  defp code(<<??, ?\\, _::utf8, rest::binary>>, line, col, stack, _, found), do: code(rest, line, col + 3, stack, 0, found)
  defp code(<<??, char::utf8, rest::binary>>, line, col, stack, _, found) when char > 32, do: code(rest, line, col + 2, stack, 0, found)

  defp code(<<?~, letter, rest::binary>>, line, col, stack, _, found) when letter in ?a..?z or letter in ?A..?Z do
    interpolates? = letter in ?a..?z

    case rest do
      "\"\"\"" <> rest -> text(rest, line, col + 5, "\"\"\"", interpolates?, stack, found)
      "'''" <> rest -> text(rest, line, col + 5, "'''", interpolates?, stack, found)
      <<open, rest::binary>> when open in '([{<|/"\'' -> text(rest, line, col + 3, closing(open), interpolates?, stack, found)
      _ -> code(rest, line, col + 2, stack, 0, found)
    end
  end

  defp code("{" <> rest, line, col, stack, _, found), do: code(rest, line, col + 1, [:brace | stack], 0, found)
  defp code("}" <> rest, line, col, [:brace | stack], _, found), do: code(rest, line, col + 1, stack, 0, found)

  defp code("}" <> rest, line, col, [{closer, interpolates?} | stack], _, found),
    do: text(rest, line, col + 1, closer, interpolates?, stack, found)

  # A word swallows a trailing ? so that it does not start a character.
  defp code(<<char, ??, rest::binary>>, line, col, stack, _, found) when char in ?a..?z or char in ?A..?Z or char in ?0..?9 or char == ?_,
    do: code(rest, line, col + 2, stack, 0, found)

  defp code(<<_::utf8, rest::binary>>, line, col, stack, _, found), do: code(rest, line, col + 1, stack, 0, found)
  defp code(<<_, rest::binary>>, line, col, stack, _, found), do: code(rest, line, col + 1, stack, 0, found)

  defp text("", _, _, _, _, _, found), do: found

  defp text(source, line, col, closer, interpolates?, stack, found) do
    size = byte_size(closer)

    case source do
      <<^closer::binary-size(size), rest::binary>> -> code(rest, line, col + size, stack, 0, found)
      <<?\\, ?\n, rest::binary>> -> text(rest, line + 1, 1, closer, interpolates?, stack, found)
      <<?\\, _::utf8, rest::binary>> -> text(rest, line, col + 2, closer, interpolates?, stack, found)
      <<?\n, rest::binary>> -> text(rest, line + 1, 1, closer, interpolates?, stack, found)
      "\#{" <> rest when interpolates? -> code(rest, line, col + 2, [{closer, interpolates?} | stack], 0, found)
      <<_::utf8, rest::binary>> -> text(rest, line, col + 1, closer, interpolates?, stack, found)
      <<_, rest::binary>> -> text(rest, line, col + 1, closer, interpolates?, stack, found)
    end
  end

  defp closing(?(), do: ")"
  defp closing(?[), do: "]"
  defp closing(?{), do: "}"
  defp closing(?<), do: ">"
  defp closing(char), do: <<char>>

  defp split_line(text) do
    case :binary.match(text, "\n") do
      {at, 1} -> {String.trim_trailing(:erlang.binary_part(text, 0, at), "\r"), :erlang.binary_part(text, at, byte_size(text) - at)}
      :nomatch -> {String.trim_trailing(text, "\r"), ""}
    end
  end

  defp count_eols("\n" <> rest, n), do: count_eols(rest, n + 1)
  defp count_eols(<<char, rest::binary>>, n) when char in ' \t\r', do: count_eols(rest, n)
  defp count_eols(_, n), do: n

  # "#a" becomes "# a"; "#!", "##" and "#:" stay.
  defp normal("#" <> rest = comment) do
    case String.trim_leading(rest, "#") do
      "" -> comment
      " " <> _ -> comment
      "!" <> _ when binary_part(comment, 0, 2) == "#!" -> comment
      text -> String.duplicate("#", byte_size(comment) - byte_size(text)) <> " " <> text
    end
  end

  ## Placing

  @doc "The quoted form with the comments as expressions in its blocks."
  def insert(quoted, comments) do
    {quoted, rest} = in_block(quoted, comments, :infinity)
    with_rest(quoted, rest)
  end

  defp with_rest(quoted, []), do: quoted
  defp with_rest(quoted, comments), do: to_block(expressions(quoted) ++ for(comment <- comments, do: node_of(comment)))

  # Takes the comments before line `stop`; {block, comments left}.
  defp in_block(quoted, comments, stop) do
    case expressions(quoted) do
      [] ->
        {mine, rest} = Enum.split_while(comments, fn comment -> comment.line < stop end)
        {if(mine == [], do: quoted, else: to_block(for(comment <- mine, do: node_of(comment)))), rest}

      [_ | _] = list ->
        {list, rest} = in_list(list, comments)
        {mine, rest} = Enum.split_while(rest, fn comment -> comment.line < stop end)
        clauses? = match?([{:->, _, _} | _], list) or match?([{:"$comment", _, _} | _], list) and Enum.any?(list, &match?({:->, _, _}, &1))
        mine_after = if clauses?, do: [], else: mine
        list = list ++ for(comment <- mine_after, do: node_of(comment))
        list = if clauses?, do: into_last_clause(list, mine), else: list

        case list do
          _ when clauses? -> {list, rest}
          [_] -> {rebuild(quoted, list), rest}
          _ -> {rebuild(quoted, list), rest}
        end
    end
  end

  # What follows the last clause stands in its body.
  defp into_last_clause(list, []), do: list

  defp into_last_clause(list, comments) do
    {front, [{:->, meta, [args, body]}]} = Enum.split(list, -1)
    front ++ [{:->, meta, [args, with_rest(body, comments)]}]
  end

  defp expressions({:__block__, _, []}), do: []
  defp expressions({:__block__, meta, [_, _ | _] = list}), do: if(Keyword.has_key?(meta, :token), do: [{:__block__, meta, list}], else: list)
  defp expressions([{:->, _, _} | _] = clauses), do: clauses
  defp expressions(other), do: [other]

  defp rebuild(quoted, [_] = list) when not is_list(quoted), do: if(match?({:__block__, _, [_, _ | _]}, quoted), do: to_block(list), else: hd(list))
  defp rebuild(_quoted, list), do: to_block(list)

  defp to_block([single]), do: single
  defp to_block(list), do: if(Enum.all?(list, fn item -> match?({form, _, _} when form in [:->, :"$comment"], item) end) and Enum.any?(list, &match?({:->, _, _}, &1)), do: list, else: {:__block__, [], spaced(list)})

  defp in_list([], comments), do: {[], comments}

  defp in_list([expression | rest], comments) do
    {before, comments} = Enum.split_while(comments, fn comment -> comment.line < first_line(expression) end)
    last = last_line(expression)
    clause? = match?({:->, _, _}, expression) and last > first_line(expression)
    {inside, after_it} = Enum.split_while(comments, fn comment -> comment.line < last or (clause? and comment.line == last) end)
    {expression, hoisted} = inner(expression, inside)
    # A comment at the end of the line of an expression moves in front of it.
    {trailing, after_it} = Enum.split_while(after_it, fn comment -> comment.line == last end)
    {list, left} = in_list(rest, after_it)
    {for(comment <- before ++ hoisted ++ trailing, do: node_of(comment)) ++ [expression | list], left}
  end

  # Line ends before a comment are those after what it follows.
  defp spaced([{form, meta, args}, {:"$comment", [_, {:before, lines} | _] = place, _} = comment | rest])
       when is_list(meta) and form != :"$comment" and lines > 0 do
    meta = Keyword.put(meta, :end_of_expression, newlines: Keyword.get(place, :before, 1))
    [{form, meta, args} | spaced([comment | rest])]
  end

  defp spaced([item | rest]), do: [item | spaced(rest)]
  defp spaced([]), do: []

  defp node_of(comment) do
    newlines = if comment.previous_eol_count == 0, do: 1, else: max(comment.next_eol_count, 1)
    {:"$comment", [line: comment.line, before: comment.previous_eol_count, end_of_expression: [newlines: newlines]], [normal(comment.text)]}
  end

  # Gives the comments inside an expression to the blocks and containers inside it; {expression, those that found none}.
  defp inner(expression, []), do: {expression, []}

  # What stands before its first line is for whoever holds the expression.
  defp inner({_, meta, _} = expression, [first | _] = comments) when is_list(meta) do
    line = first_line(expression)

    if first.line < line do
      {early, comments} = Enum.split_while(comments, fn comment -> comment.line < line end)
      {expression, comments} = inner(expression, comments)
      {expression, early ++ comments}
    else
      inner_tuple(expression, comments)
    end
  end

  defp inner({left, right}, comments) do
    {left, comments} = inner(left, comments)
    {right, comments} = inner(right, comments)
    {{left, right}, comments}
  end

  defp inner([{:->, _, _} | _] = clauses, comments), do: in_block(clauses, comments, :infinity)
  defp inner([{_, _} | _] = pairs, comments), do: items(pairs, comments)
  defp inner(list, comments) when is_list(list), do: inner_list(list, comments)
  defp inner(other, comments), do: {other, comments}

  defp inner_tuple({:->, meta, [args, body]}, comments) do
    {body, rest} = in_block(body, comments, :infinity)
    {{:->, meta, [args, body]}, rest}
  end

  # Each section of a do-block takes the comments up to the next key, the last those before `end`.
  defp inner_tuple({form, meta, args}, comments) when is_list(args) do
    with [line: stop] <- Keyword.take(Keyword.get(meta, :end, []), [:line]),
         [_ | _] = sections <- List.last(args) do
      {form, comments} = inner(form, comments)
      {front, comments} = arguments(form, meta, Enum.drop(args, -1), comments)
      {early, comments} = Enum.split_while(comments, fn comment -> comment.line <= meta[:do][:line] end)
      {sections, comments} = sections(sections, comments, stop)
      {{form, meta, front ++ [sections]}, early ++ comments}
    else
      _ -> inner_call({form, meta, args}, comments)
    end
  end

  defp inner_tuple(expression, comments), do: {expression, comments}

  defp inner_list([head | tail], comments) do
    {head, comments} = inner(head, comments)
    {tail, comments} = inner_list(tail, comments)
    {[head | tail], comments}
  end

  defp inner_list(other, comments), do: {other, comments}

  # Between brackets comments stand before the item they precede, except those on the line of the opening one.
  defp inner_call({:__block__, [_ | _] = meta, [list]}, comments) when is_list(list) do
    {list, comments} = if meta[:closing], do: in_brackets(list, meta, comments), else: inner(list, comments)
    {{:__block__, meta, [list]}, comments}
  end

  defp inner_call({:__block__, [_ | _] = meta, [{left, right}]}, comments) do
    case if(meta[:closing], do: in_brackets([left, right], meta, comments), else: inner_list([left, right], comments)) do
      {[left, right], comments} -> {{:__block__, meta, [{left, right}]}, comments}
      {items, comments} -> {{:{}, meta, items}, comments}
    end
  end

  defp inner_call({:%, meta, [name, map]}, comments) do
    {map, comments} = inner(map, comments)
    {{:%, meta, [name, map]}, comments}
  end

  defp inner_call({:%{}, meta, [{:|, _, _}]} = update, comments) when is_list(meta), do: {update, comments}

  defp inner_call({form, meta, args}, comments) do
    {form, comments} = inner(form, comments)
    {args, comments} = arguments(form, meta, args, comments)
    {{form, meta, args}, comments}
  end

  defp arguments(form, meta, args, comments) do
    cond do
      meta[:closing] && brackets?(form) -> in_brackets(args, meta, comments)
      open_call?(form, meta, args) -> after_line(args, meta[:line], comments, &items/2)
      true -> inner_list(args, comments)
    end
  end

  defp brackets?({:., _, _}), do: true
  defp brackets?(form), do: form not in [:fn, :__block__, :__aliases__]

  defp open_call?(form, meta, [_, _ | _]) when is_atom(form) and form not in [:__block__, :__aliases__, :<<>>],
    do: meta[:line] != nil and not Macro.operator?(form, 2) and form not in [:->, :.., :"..//", :when]

  defp open_call?(_, _, _), do: false

  defp in_brackets(list, meta, comments) do
    after_line(list, meta[:line], comments, fn list, comments ->
      {list, rest} = items(list, comments)
      {last, rest} = Enum.split_while(rest, fn comment -> comment.line <= meta[:closing][:line] end)
      {list ++ for(comment <- last, do: node_of(comment)), rest}
    end)
  end

  defp after_line(list, line, comments, place) do
    {early, comments} = Enum.split_while(comments, fn comment -> comment.line <= line end)
    {list, rest} = place.(list, comments)
    {list, early ++ rest}
  end

  defp items([[{_, _} | _] = pairs], comments) do
    {pairs, comments} = items(pairs, comments)
    {[pairs], comments}
  end

  defp items([item | rest], comments) do
    {before, comments} = Enum.split_while(comments, fn comment -> comment.line <= first_line(item) end)
    last = last_line(item)
    {inside, comments} = Enum.split_while(comments, fn comment -> comment.line <= last end)
    {item, hoisted} = inner(item, inside)
    {rest, comments} = items(rest, comments)
    {for(comment <- before ++ hoisted, do: node_of(comment)) ++ [item | rest], comments}
  end

  defp items([], comments), do: {[], comments}

  defp sections([{key, value} | rest], comments, stop) do
    until = with [{{_, meta, _}, _} | _] <- rest, line when is_integer(line) <- meta[:line], do: line, else: (_ -> stop)
    {mine, later} = Enum.split_while(comments, fn comment -> comment.line < until end)
    {value, left} = in_block(value, mine, :infinity)
    {rest, later} = sections(rest, later, stop)
    {[{key, value} | rest], left ++ later}
  end

  defp sections(other, comments, _stop), do: {other, comments}

  defp first_line(ast), do: Enum.min([1_000_000_000 | lines(ast, [])])
  defp last_line(ast), do: Enum.max([0 | lines(ast, [])])

  defp lines({form, meta, args}, acc) when is_list(meta), do: lines(args, lines(form, meta_lines(meta, acc)))
  defp lines({left, right}, acc), do: lines(right, lines(left, acc))
  defp lines([head | tail], acc), do: lines(tail, lines(head, acc))
  defp lines(_, acc), do: acc

  defp meta_lines(meta, acc) do
    acc = if meta[:line], do: [meta[:line] | acc], else: acc
    for(key <- [:closing, :do, :end], place = meta[key], is_list(place), line = place[:line], do: line) ++ acc
  end
end
