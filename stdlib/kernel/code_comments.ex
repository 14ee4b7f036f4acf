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

  # The comments not placed yet go along in order of lines. Whoever holds a sequence between two lines (a block, a list in brackets, clauses) puts
  # those that stand before an item in front of it, and so those beside or inside it that nothing inside could place. A call without parentheses
  # has no place before its first argument.
  @doc "The quoted form with the comments as expressions in its blocks; `open?` says which calls (by name and arity) have no parentheses."
  def insert(quoted, comments, open? \\ fn _, _ -> false end) do
    {quoted, _} = block(quoted, 0, :infinity, {comments, open?})
    quoted
  end

  defp take({comments, open?}, fun) do
    {taken, comments} = Enum.split_while(comments, fn comment -> fun.(comment.line) end)
    {taken, {comments, open?}}
  end

  defp put_back({comments, open?}, aside), do: {aside ++ comments, open?}

  defp block([{:->, _, _} | _] = clauses, min, max, state), do: clauses(clauses, min, max, state)

  defp block(quoted, min, max, state) do
    {aside, state} = take(state, fn line -> line <= min or line > max end)
    {list, state} = sequence(expressions(quoted), max, state)
    {if(list == [], do: quoted, else: rebuild(quoted, list)), put_back(state, aside)}
  end

  # What a clause but the last holds ends with its own lines; what follows is before the next clause.
  defp clauses(list, min, max, state) do
    {aside, state} = take(state, fn line -> line <= min or line > max end)
    last = List.last(list)

    {list, state} =
      sequence(list, max, state, fn {:->, meta, [args, body]} = clause, state ->
        {args, state} = walk(args, state)
        {body, state} = block(body, meta[:line] || 0, if(clause == last, do: max, else: last_line(clause)), state)
        {{:->, meta, [args, body]}, state}
      end)

    {list, put_back(state, aside)}
  end

  defp sequence(list, max, state, fun \\ &walk/2)

  defp sequence([], max, state, _fun) do
    {rest, state} = take(state, fn line -> line < max end)
    {for(comment <- rest, do: node_of(comment)), state}
  end

  defp sequence([item | rest], max, state, fun) do
    {item, state} = placed(item, state, fun)
    {rest, state} = sequence(rest, max, state, fun)
    {item ++ rest, state}
  end

  # The item after the comments that belong before it.
  defp placed(item, state, fun) do
    {first, last} = span(item)
    {before, state} = take(state, fn line -> line < first end)
    {item, state} = fun.(item, state)
    {beside, state} = take(state, fn line -> line >= first and line <= last end)
    {for(comment <- before, do: node_of(comment)) ++ for(comment <- beside, do: node_of(comment, 1, nil)) ++ [item], state}
  end

  defp expressions({:__block__, _, []}), do: []
  defp expressions({:__block__, meta, [_, _ | _] = list}), do: if(Keyword.has_key?(meta, :token), do: [{:__block__, meta, list}], else: list)
  defp expressions(other), do: [other]

  defp rebuild(quoted, [_] = list) when not is_list(quoted), do: if(match?({:__block__, _, [_, _ | _]}, quoted), do: to_block(list), else: hd(list))
  defp rebuild(_quoted, list), do: to_block(list)

  defp to_block([single]), do: single
  defp to_block(list), do: {:__block__, [], spaced(list)}

  # Line ends before a comment are those after what it follows; one beside the end of an expression of several lines stands apart.
  defp spaced([{form, meta, args}, {:"$comment", [_, {:before, lines} | _], _} = comment | rest])
       when is_list(meta) and form != :"$comment" and is_integer(lines) do
    meta = Keyword.put(meta, :end_of_expression, newlines: if(lines == 0, do: 2, else: lines))
    [{form, meta, args} | spaced([comment | rest])]
  end

  defp spaced([item | rest]), do: [item | spaced(rest)]
  defp spaced([]), do: []

  defp node_of(comment), do: node_of(comment, max(comment.next_eol_count, 1), comment.previous_eol_count)

  # `before`: how many line ends stand before it, nil for one that was moved there.
  defp node_of(comment, newlines, before) do
    {:"$comment", [line: comment.line, before: before, end_of_expression: [newlines: newlines]], [normal(comment.text)]}
  end

  # Gives the comments inside an expression to the blocks and containers in it, in the order of the text.
  defp walk(ast, {[], _} = state), do: {ast, state}

  defp walk({:fn, meta, [{:->, _, _} | _] = clauses}, state) do
    {clauses, state} = functions(clauses, meta, state)
    {{:fn, meta, clauses}, state}
  end

  defp walk({:__block__, meta, [_, _ | _]} = block, state) do
    {block, state} = block(block, meta[:line] || 0, closing_line(meta, :infinity), state)
    {with({:__block__, [], list} <- block, do: {:__block__, meta, list}), state}
  end

  defp walk({:__block__, [_ | _] = meta, [[{:->, _, _} | _] = clauses]}, state) do
    {clauses, state} = block(clauses, meta[:line] || 0, closing_line(meta, 0), state)
    {{:__block__, meta, [clauses]}, state}
  end

  defp walk({:__block__, [_ | _] = meta, [list]}, state) when is_list(list) do
    {list, state} = if meta[:closing], do: in_brackets(list, meta, state), else: walk(list, state)
    {{:__block__, meta, [list]}, state}
  end

  defp walk({:__block__, [_ | _] = meta, [{left, right}]}, state) do
    case if(meta[:closing], do: in_brackets([left, right], meta, state), else: walk([left, right], state)) do
      {[left, right], state} -> {{:__block__, meta, [{left, right}]}, state}
      {items, state} -> {{:{}, meta, items}, state}
    end
  end

  # An attribute is a call without parentheses.
  defp walk({:@, at, [{name, meta, [value]}]}, state) when is_atom(name) do
    {value, state} = walk(value, state)
    {{:@, at, [{name, meta, [value]}]}, state}
  end

  defp walk({:%, meta, [name, map]}, state) do
    {[name, map], state} = walk([name, map], state)
    {{:%, meta, [name, map]}, state}
  end

  defp walk({:%{}, meta, [{:|, bar, [base, changes]}]}, state) do
    {base, state} = walk(base, state)
    {changes, state} = in_brackets(unwrapped(changes), meta, state)
    {{:%{}, meta, [{:|, bar, [base, changes]}]}, state}
  end

  # A comment between the operands stands before the operator.
  defp walk({op, meta, [left, right]}, state) when op in [:|>, :~>>, :<<~, :~>, :<~, :<~>, :"<|>", :|, :when] do
    {left, state} = walk(left, state)
    {right, state} = walk(right, state)
    {end_of_left, end_of_right} = {last_line(left), max(last_line(right), meta[:line] || 0)}
    {early, state} = take(state, fn line -> line <= end_of_left end)
    {between, state} = take(state, fn line -> line <= end_of_right end)
    meta = if between == [], do: meta, else: [{:comments, for(comment <- between, do: node_of(comment))} | meta]
    {{op, meta, [left, right]}, put_back(state, early)}
  end

  defp walk({:., meta, [left | right]}, state) do
    {left, state} = walk(left, state)
    {{:., meta, [left | right]}, state}
  end

  # Each section of a do-block takes the comments up to the next key, the last those before `end`.
  defp walk({form, meta, args}, state) when is_list(args) and is_list(meta) do
    with [line: stop] <- Keyword.take(Keyword.get(meta, :end, []), [:line]),
         [_ | _] = sections <- List.last(args) do
      {form, state} = walk(form, state)
      {front, state} = arguments(form, meta, Enum.drop(args, -1), true, state)
      {sections, state} = sections(sections, state, stop)
      {{form, meta, front ++ [sections]}, state}
    else
      _ ->
        {form, state} = walk(form, state)
        {args, state} = arguments(form, meta, args, false, state)
        {{form, meta, args}, state}
    end
  end

  defp walk({left, right}, state) do
    {left, state} = walk(left, state)
    {right, state} = walk(right, state)
    {{left, right}, state}
  end

  defp walk([head | tail], state) do
    {head, state} = walk(head, state)
    {tail, state} = walk(tail, state)
    {[head | tail], state}
  end

  defp walk(other, state), do: {other, state}

  # One clause that begins on the line of the fn has only its body to give.
  defp functions([{:->, arrow, [args, body]}] = clauses, meta, state) do
    if Keyword.get(meta, :newlines, 0) > 0 and args != [] do
      clauses(clauses, meta[:line], closing_line(meta, :infinity), state)
    else
      {args, state} = walk(args, state)
      {body, state} = block(body, arrow[:line] || 0, closing_line(meta, :infinity), state)
      {[{:->, arrow, [args, body]}], state}
    end
  end

  defp functions(clauses, meta, state), do: clauses(clauses, meta[:line], closing_line(meta, :infinity), state)

  defp unwrapped({:__block__, _, [list]}) when is_list(list), do: list
  defp unwrapped(list), do: list

  defp arguments(form, meta, args, blocks?, {_, open?} = state) do
    cond do
      meta[:closing] && brackets?(form) && not access?(form) -> in_brackets(args, meta, state)
      args != [] and call?(form, meta) and not access?(form) -> open_arguments(args, meta, blocks? or open?.(form, length(args)), state)
      true -> walk(args, state)
    end
  end

  defp brackets?({:., _, _}), do: true
  defp brackets?(form), do: form not in [:fn, :__block__, :__aliases__]

  # a[b] and the code inside a string.
  defp access?({:., _, [Access, :get]}), do: true
  defp access?({:., _, [Kernel, :to_string]}), do: true
  defp access?(_), do: false

  defp call?({:., _, [_, _]}, meta), do: meta[:line] != nil

  defp call?(form, meta) when is_atom(form) and form not in [:__block__, :__aliases__, :<<>>],
    do: meta[:line] != nil and not Macro.operator?(form, 2) and not Macro.operator?(form, 1) and form not in [:->, :.., :"//", :when]

  defp call?(_, _), do: false

  # A call without parentheses that stays so cannot place what stands before or in its first argument.
  defp open_arguments([[{_, _} = first | rest]], meta, true, state) do
    {first, state} = walk(first, state)
    {rest, state} = if rest == [], do: {[[]], state}, else: between([rest], meta[:line], last_line(rest), state)
    {[[first | hd(rest)]], state}
  end

  defp open_arguments([first | rest], meta, true, state) do
    {first, state} = walk(first, state)
    {rest, state} = between(rest, meta[:line], last_line(rest), state)
    {[first | rest], state}
  end

  defp open_arguments(args, meta, false, state), do: between(args, meta[:line], last_line(args), state)

  defp in_brackets(list, meta, state), do: between(list, meta[:line], closing_line(meta, 0), state)

  # Keywords at the end are items one by one; comments before and after them are among them.
  defp between(list, min, max, state) do
    {aside, state} = take(state, fn line -> line <= min or line > max end)
    {front, pairs} = split_pairs(list)
    {front, state} = sequence(front, 0, state)
    {pairs, state} = if pairs, do: sequence(pairs, max, state), else: sequence([], max, state)

    list =
      cond do
        not keywords?(list) -> front ++ pairs
        pairs == [] -> front
        true -> front ++ [pairs]
      end

    {list, put_back(state, aside)}
  end

  defp split_pairs(list), do: if(keywords?(list), do: {Enum.drop(list, -1), List.last(list)}, else: {list, nil})
  defp keywords?(list), do: match?([{_, _} | _], List.last(list))

  defp sections([{key, value} | rest], state, stop) do
    from = with {_, meta, _} <- key, line when is_integer(line) <- meta[:line], do: line, else: (_ -> 0)
    until = with [{{_, meta, _}, _} | _] <- rest, line when is_integer(line) <- meta[:line], do: line, else: (_ -> stop)
    {value, state} = block(value, from, until, state)
    {rest, state} = sections(rest, state, stop)
    {[{key, value} | rest], state}
  end

  defp sections(other, state, _stop), do: {other, state}

  defp closing_line(meta, default), do: Keyword.get(Keyword.get(meta, :closing, []), :line, default)

  # First and last line on which something of the expression begins; {0, -1} if it has none.
  defp span(ast) do
    case lines(ast, []) do
      [] -> {0, -1}
      lines -> {Enum.min(lines), Enum.max(lines)}
    end
  end

  defp last_line(ast), do: elem(span(ast), 1)

  defp lines({form, meta, args}, acc) when is_list(meta) do
    acc = if line = meta[:line], do: [line | acc], else: acc
    lines(args, lines(form, acc))
  end

  defp lines({left, right}, acc), do: lines(right, lines(left, acc))
  defp lines([head | tail], acc), do: lines(tail, lines(head, acc))
  defp lines(_, acc), do: acc
end
