# SPDX-License-Identifier: Apache-2.0
# Code.Fragment: what an unfinished piece of source means at a cursor.
#
# The contexts are read backwards from the cursor: `back/1` takes a reversed list of characters and answers what stands at its
# front, and how many characters that is. Invariant: nothing here makes atoms or runs code.
defmodule Code.Fragment do
  @moduledoc "Functions on fragments of source, for editors and shells."

  @operators ~w(! != !== && &&& & * ** + ++ +++ - -- --- .. / < <- <<< <<~ <= <> <|> <~ <~>)c ++
               ~w(= == === =~ > >= >>> @ \\\\ ^ ^^^ | |> || ||| :: ~> ~>> ~~~)c
  @word_operators ['and', 'or', 'not', 'in', 'when']
  @keywords ['do', 'end', 'after', 'else', 'rescue', 'catch', 'fn', 'true', 'false', 'nil']
  @operator_starts '\\<>+-*/:=|&~^%.!@'

  defguardp is_space(c) when c in [?\s, ?\t]
  defguardp is_blank(c) when c in [?\s, ?\t, ?\r, ?\n]
  defguardp is_digit(c) when c in ?0..?9
  defguardp is_letter(c) when c in ?a..?z or c in ?A..?Z or c == ?_ or c > 127
  defguardp is_name(c) when is_letter(c) or is_digit(c)

  @doc """
  What stands before the cursor, which is at the end of the fragment.

      iex> Code.Fragment.cursor_context("Enum.ma")
      {:dot, {:alias, 'Enum'}, 'ma'}
      iex> Code.Fragment.cursor_context("foo(")
      {:local_call, 'foo'}
  """
  @spec cursor_context(List.Chars.t(), keyword) :: tuple | :expr | :none
  def cursor_context(fragment, opts \\ [])

  def cursor_context(fragment, opts) when (is_binary(fragment) or is_list(fragment)) and is_list(opts) do
    fragment |> characters() |> Enum.reverse() |> cursor()
  end

  def cursor_context(other, opts) when is_list(opts), do: cursor_context(to_charlist(other), opts)

  defp characters(fragment) when is_binary(fragment), do: String.to_charlist(fragment)
  defp characters(fragment), do: fragment |> List.to_string() |> String.to_charlist()

  # What is read at the cursor itself.
  defp cursor(chars) do
    case strip(chars) do
      {[], _spaces} -> :expr
      {[c | rest], _spaces} when c in '\r\n' -> after_line(strip_all(rest))
      {rest, 0} -> at_cursor(rest)
      {rest, _spaces} -> before_cursor(rest)
    end
  end

  # A dot at the end of a line goes on, and so do the parentheses of a call.
  defp after_line({[?., c | _] = chars, _spaces}) when c != ?., do: at_cursor(chars)
  defp after_line({[?( | _] = chars, _spaces}), do: at_cursor(chars)
  defp after_line(_), do: :expr

  defp strip(chars, count \\ 0)
  defp strip([c | rest], count) when is_space(c), do: strip(rest, count + 1)
  defp strip(chars, count), do: {chars, count}

  defp strip_all(chars, count \\ 0)
  defp strip_all([c | rest], count) when is_blank(c), do: strip_all(rest, count + 1)
  defp strip_all(chars, count), do: {chars, count}

  # Spaces follow: a call without parentheses begins.
  defp before_cursor([?( | _] = chars), do: at_cursor(chars)
  defp before_cursor([?/ | _] = chars), do: arity(chars)
  defp before_cursor([?., c | _] = chars) when c != ?., do: at_cursor(chars)
  defp before_cursor([?% | _] = chars), do: at_cursor(chars)
  defp before_cursor(chars), do: call(chars)

  defp at_cursor([c | _]) when c in ',;[{', do: :expr
  defp at_cursor('<<<' ++ _ = chars), do: chars |> back() |> elem(0)
  defp at_cursor('<<' ++ _), do: :expr
  defp at_cursor([?>, c | _]) when c in '-=', do: :expr
  defp at_cursor([?( | rest]) do
    case strip(rest) do
      {[c | _], _} when c in '\r\n,;[{' -> :none
      {[?: | before], _} when before == [] or hd(before) != ?: -> :none
      {callee, _} -> call(callee)
    end
  end

  defp at_cursor([?/ | _] = chars), do: arity(chars)
  defp at_cursor([?%, ?. | _]), do: :none
  defp at_cursor([?%, ?:]), do: {:unquoted_atom, '%'}
  defp at_cursor([?%, ?:, c | _]) when c != ?:, do: {:unquoted_atom, '%'}
  defp at_cursor([?% | _]), do: {:struct, []}
  defp at_cursor([?~ | rest] = chars), do: if(match?([c | _] when c in '~<>', rest), do: elem(back(chars), 0), else: sigil_start(rest))
  defp at_cursor([?@ | rest]), do: if(match?([c | _] when is_name(c) or c in '?!', rest), do: :none, else: {:module_attribute, []})
  defp at_cursor(chars), do: chars |> back() |> elem(0)

  defp sigil_start([?% | _]), do: :none
  defp sigil_start(_rest), do: {:sigil, []}

  defp call([]), do: :none
  defp call([c | _]) when c in '\r\n,;[{', do: :expr
  defp call([?>, c | _]) when c in '-=', do: :expr
  defp call('<<' ++ [c | _]) when c != ?<, do: :expr
  defp call([?: | rest]) when rest == [] or hd(rest) != ?:, do: :expr
  defp call([?/ | _] = chars), do: arity(chars)

  defp call(chars) do
    case chars |> back() |> elem(0) do
      {:local_or_var, name} when name in @word_operators -> {:operator_call, name}
      {:local_or_var, name} -> {:local_call, name}
      {:dot, base, name} when name != [] -> {:dot_call, base, name}
      {:operator, name} -> {:operator_call, name}
      _ -> :none
    end
  end

  # name/ and op/
  defp arity('//..' ++ _), do: {:operator_arity, '/'}

  defp arity([?/ | rest]) do
    {stripped, _} = strip(rest)

    case stripped |> back() |> elem(0) do
      {:local_or_var, name} -> {:local_arity, name}
      {:dot, base, name} when name != [] -> {:dot_arity, base, name}
      {:operator, name} -> {:operator_arity, name}
      _ -> :none
    end
  end

  # ---- reading backwards: {context, characters taken}

  defp back([c | _] = chars) when is_name(c) or c in '?!' do
    case name(chars) do
      {[], _, _} -> operator(chars)
      {name, count, rest} -> named(name, count, rest)
    end
  end

  defp back([?. | rest]) do
    case rest do
      '..' ++ [?. | _] -> {:none, 0}
      '..' ++ _ -> {{:local_or_var, '...'}, 3}
      [?., ?: | _] -> {{:unquoted_atom, '..'}, 3}
      [?. | _] -> {{:operator, '..'}, 2}
      [?: | _] -> {{:unquoted_atom, '.'}, 2}
      _ -> dotted(rest, 1, [])
    end
  end

  defp back(':::' ++ _), do: {{:unquoted_atom, '::'}, 3}
  defp back([?:, ?: | _]), do: {{:operator, '::'}, 2}
  defp back([?: | _]), do: {{:unquoted_atom, []}, 1}
  defp back([c | _] = chars) when c in @operator_starts, do: operator(chars)
  defp back(_chars), do: {:none, 0}

  # The name at the front, in reading order.
  defp name([mark | rest]) when mark in '?!' do
    case name_characters(rest, [mark], 1) do
      {[^mark], _, _} -> {[], 0, rest}
      found -> found
    end
  end

  defp name(chars), do: name_characters(chars, [], 0)

  defp name_characters([c | rest], name, count) when is_name(c) or c == ?@ or c == ??, do: name_characters(rest, [c | name], count + 1)
  defp name_characters(rest, name, count), do: {name, count, rest}

  defp named([?@ | name], count, rest) do
    if kind(name) == :identifier, do: struct_before({:module_attribute, name}, count, rest), else: {:none, 0}
  end

  defp named(name, count, [?: | rest] = all) do
    if match?([?: | _], rest), do: plain(name, count, all), else: unquoted_atom(name, count + 1)
  end

  defp named(name, count, rest), do: plain(name, count, rest)

  defp unquoted_atom(name, count), do: if(atom_name?(name), do: {{:unquoted_atom, name}, count}, else: {:none, 0})

  defp plain([letter], 1, [?~ | rest]) when letter in ?a..?z or letter in ?A..?Z,
    do: if(match?([?~ | _], rest), do: {{:local_or_var, [letter]}, 1}, else: {{:sigil, [letter]}, 2})

  defp plain(name, count, rest) do
    {after_space, spaces} = strip_all(rest)

    case {kind(name), after_space} do
      {:none, _} -> {:none, 0}
      {_, [?. | base]} when hd(base) != ?. -> dotted(base, count + spaces + 1, name)
      {_, [?.]} -> {:none, 0}
      {:alias, _} -> struct_before({:alias, name}, count, rest)
      {:identifier, _} -> struct_before({:local_or_var, name}, count, rest)
    end
  end

  # base.name, with `count` characters taken up to and with the dot.
  defp dotted(chars, count, name) do
    {chars, spaces} = strip_all(chars)
    {base, taken} = if match?([c | _] when is_name(c) or c in '?!', chars), do: back(chars), else: {:none, 0}
    total = count + spaces + taken
    is_alias = name != [] and kind(name) == :alias

    case base do
      {:struct, inner} -> wrap_struct(combine(if(is_list(inner), do: {:alias, inner}, else: inner), name, is_alias, :local_or_var), total)
      base -> {combine(base, name, is_alias, :var), total} |> none_takes_nothing()
    end
  end

  defp wrap_struct(:none, _), do: {:none, 0}
  defp wrap_struct({:alias, name}, total), do: {{:struct, name}, total}
  defp wrap_struct(inner, total), do: {{:struct, inner}, total}

  defp none_takes_nothing({:none, _}), do: {:none, 0}
  defp none_takes_nothing(found), do: found

  defp combine({:alias, base}, name, true, _), do: {:alias, base ++ [?. | name]}
  defp combine({:alias, base, inner}, name, true, _), do: {:alias, base, inner ++ [?. | name]}
  defp combine({:local_or_var, _} = base, name, true, _), do: {:alias, base, name}
  defp combine({:module_attribute, _} = base, name, true, _), do: {:alias, base, name}
  defp combine(_base, _name, true, _), do: :none
  defp combine({:local_or_var, base}, name, false, tag), do: {:dot, {tag, base}, name}

  defp combine(base, name, false, _)
       when elem(base, 0) in [:alias, :dot, :module_attribute, :unquoted_atom],
       do: {:dot, base, name}

  defp combine(_base, _name, false, _), do: :none

  # %name
  defp struct_before(context, count, rest) do
    {after_space, spaces} = if match?({:alias, _}, context), do: strip(rest), else: {rest, 0}

    case {context, after_space} do
      {{:alias, name}, [?% | _]} -> {{:struct, name}, count + spaces + 1}
      {_, [?% | _]} -> {{:struct, context}, count + 1}
      {_, [?? | _]} -> {:none, 0}
      {{:local_or_var, [c | _]}, _} when is_digit(c) -> {:none, 0}
      _ -> {context, count}
    end
  end

  defp kind([c | _]) when is_digit(c), do: :none

  defp kind(name) do
    body = if List.last(name) in '?!', do: Enum.drop(name, -1), else: name

    cond do
      body == [] or ?@ in body or ?? in body or not letters?(body) -> :none
      hd(name) in ?A..?Z -> if(Enum.all?(name, &(&1 < 128)), do: :alias, else: :none)
      hd(name) > 127 and upper?(hd(name)) -> :none
      true -> :identifier
    end
  end

  defp upper?(c), do: String.downcase(<<c::utf8>>) != <<c::utf8>>

  defp atom_name?([c | _]) when is_digit(c), do: false
  defp atom_name?([?@ | _]), do: false
  defp atom_name?(name), do: ?? not in Enum.drop(name, -1) and letters?(name)

  # Not all beyond ASCII is a letter.
  defp letters?(name), do: Enum.all?(name, &(&1 < 128)) or List.to_string(name) =~ ~r/\A[\p{L}\p{M}\p{N}\p{Pc}@?!]+\z/u

  # ---- operators

  defp operator(chars) do
    {run, rest} = Enum.split_while(chars, &(&1 in @operator_starts))
    {name, before} = without_dot(Enum.reverse(run), rest)

    cond do
      name not in @operators -> {:none, 0}
      before == :colon -> {{:unquoted_atom, name}, length(run)}
      before == :dot -> dotted(rest, length(run), name)
      true -> {{:operator, name}, length(run)}
    end
  end

  defp without_dot([?., c | rest], [before | _]) when c != ?. and (is_name(before) or before in '?!'), do: {[c | rest], :dot}
  defp without_dot([?: | name], _rest) when name != [] and hd(name) != ?:, do: {name, :colon}
  defp without_dot(name, _rest), do: {name, nil}

  # ---- around a position

  @doc """
  What stands at `{line, column}`, and from where to where.

      iex> Code.Fragment.surround_context("foo.bar", {1, 6})
      %{begin: {1, 1}, context: {:dot, {:var, 'foo'}, 'bar'}, end: {1, 8}}
  """
  @spec surround_context(List.Chars.t(), {pos_integer, pos_integer}, keyword) :: map | :none
  def surround_context(fragment, position, options \\ [])

  def surround_context(fragment, {line, column}, options)
      when (is_binary(fragment) or is_list(fragment)) and line > 0 and column > 0 and is_list(options) do
    lines = fragment |> characters() |> split_lines([], [])
    {before, current} = Enum.split(lines, line - 1)
    {before, [current | following]} = if current == [], do: {Enum.drop(before, -1), [List.last(lines)]}, else: {before, current}
    surround(Enum.reverse(before), current, following, line, column)
  end

  def surround_context(other, {_, _} = position, options) when not is_binary(other) and not is_list(other),
    do: surround_context(to_charlist(other), position, options)

  defp split_lines([?\r, ?\n | rest], line, lines), do: split_lines(rest, [], [Enum.reverse(line) | lines])
  defp split_lines([?\n | rest], line, lines), do: split_lines(rest, [], [Enum.reverse(line) | lines])
  defp split_lines([c | rest], line, lines), do: split_lines(rest, [c | line], lines)
  defp split_lines([], line, lines), do: Enum.reverse([Enum.reverse(line) | lines])

  defp surround(above, current, following, line, column) do
    {left, right} = Enum.split(current, column - 1)
    reversed = Enum.reverse(left)
    previous = List.first(reversed, ?\s)

    case right do
      [] -> :none
      [?. | rest] when previous != ?. and (rest == [] or hd(rest) != ?.) -> around_dot(above, reversed, rest, following, line, column)
      [c | _] when is_space(c) -> around_space(above, reversed, right, following, line, column)
      [?% | rest] -> around_prefix(above, [?% | reversed], rest, line, column)
      [?~, c | rest] when c in ?a..?z or c in ?A..?Z -> around_name(above, [?~ | reversed], [c | rest], following, line, column + 1)
      [?:, c | _] = rest when is_name(c) and previous != ?: -> around_name(above, [?: | reversed], tl(rest), following, line, column + 1)
      [?@, c | _] = rest when is_name(c) -> around_name(above, [?@ | reversed], tl(rest), following, line, column + 1)
      [c | _] when is_name(c) or (c in '?!' and is_name(previous)) -> around_name(above, reversed, right, following, line, column)
      [c | _] when c in @operator_starts -> around_operator(above, reversed, right, line, column)
      _ -> :none
    end
  end

  defp around_dot(above, reversed, rest, following, line, column) do
    case strip(rest) do
      {[], _} when following != [] ->
        [next | following] = following
        {spaces, _} = Enum.split_while(next, &is_space/1)
        inner = Enum.drop(next, length(spaces))

        if inner == [],
          do: :none,
          else: around_name([[?. | reversed] |> Enum.reverse() | above], spaces, inner, following, line + 1, length(spaces) + 1)

      {inner, spaces} ->
        around_name(above, List.duplicate(?\s, spaces) ++ [?. | reversed], inner, following, line, column + 1 + spaces)
    end
  end

  # Between the parts of Foo . Bar
  defp around_space(above, reversed, right, following, line, column) do
    {left, _} = strip(reversed)
    {rest, spaces} = strip(right)

    case {left, rest} do
      {[?., c | _], [d | _]} when is_name(c) and is_name(d) ->
        around_name(above, List.duplicate(?\s, spaces) ++ reversed, rest, following, line, column + spaces)

      _ ->
        :none
    end
  end

  # % before a name, perhaps with @ or spaces between
  defp around_prefix(above, reversed, rest, line, column) do
    {rest, spaces} = strip(rest)
    reversed = List.duplicate(?\s, spaces) ++ reversed

    case rest do
      [?@ | name] -> around_name(above, [?@ | reversed], name, [], line, column + 2 + spaces)
      [c | _] when is_name(c) -> around_name(above, reversed, rest, [], line, column + 1 + spaces)
      _ -> :none
    end
  end

  # `right` begins with the rest of the name that the position is in.
  defp around_name(above, reversed, right, following, line, column) do
    {taken, rest} = take_name(right, reversed)
    {own, _} = back(taken)
    {taken, rest, line_at, column_at} = later_aliases(taken, rest, following, line, column + length(taken) - length(reversed))
    text = taken ++ joined(above)

    with {context, count} when context != :none <- back(text),
         {start_line, start_column} <- start(above, taken, count, line),
         true <- elem(context, tuple_size(context) - 1) != [],
         context when context != :none <- refined(context, rest),
         true <- same_base?(own, context) do
      %{begin: {start_line, start_column}, context: context, end: {line_at, column_at}}
    else
      _ -> :none
    end
  end

  # An alias on a variable is whole or not one.
  defp same_base?(own, {:alias, {_, _}, _} = context), do: own == context
  defp same_base?(_own, _context), do: true

  defp take_name([c | rest], reversed) when is_name(c) or c == ?@, do: take_name(rest, [c | reversed])
  defp take_name([c | rest], [before | _] = reversed) when c in '?!' and is_name(before), do: {[c | reversed], rest}
  defp take_name(rest, reversed), do: {reversed, rest}

  # The alias goes on to the right, perhaps on the next line.
  defp later_aliases(taken, rest, following, line, column) do
    {last, _, _} = name(taken)
    {dot, spaces} = strip(rest)

    if match?([c | _] when c in ?A..?Z, last) and match?([?. | _], dot) do
      {next, more} = strip(tl(dot))

      case {next, following} do
        {[c | _], _} when c in ?A..?Z ->
          {name, after_name} = Enum.split_while(next, &is_name/1)
          grown = Enum.reverse(name) ++ List.duplicate(?\s, more) ++ [?.] ++ List.duplicate(?\s, spaces) ++ taken
          later_aliases(grown, after_name, following, line, column + spaces + 1 + more + length(name))

        {[], [[c | _] = next_line | following]} when c in ?A..?Z ->
          {name, after_name} = Enum.split_while(next_line, &is_name/1)
          later_aliases(Enum.reverse(name) ++ [?\n, ?. | taken], after_name, following, line + 1, 1 + length(name))

        _ ->
          {taken, rest, line, column}
      end
    else
      {taken, rest, line, column}
    end
  end

  defp joined(above), do: Enum.flat_map(above, fn line -> [?\n | Enum.reverse(line)] end)

  # Where the `count` characters that end on `line` begin.
  defp start(above, taken, count, line) do
    own = taken |> Enum.take_while(&(&1 != ?\n)) |> length()

    cond do
      count <= length(taken) and ?\n not in Enum.take(taken, count) -> {line, length(taken) - count + 1}
      ?\n in taken -> start_on_first(taken, count, line)
      true -> start_above(above, count - own - 1, line - 1)
    end
  end

  defp start_on_first(taken, count, line), do: {line, length(taken) - count + 1}

  defp start_above([current | above], count, line) do
    if count <= length(current), do: {line, length(current) - count + 1}, else: start_above(above, count - length(current) - 1, line - 1)
  end

  defp refined({:local_or_var, name}, _rest) when name in @word_operators, do: {:operator, name}
  defp refined({:local_or_var, name}, _rest) when name in @keywords, do: {:keyword, name}

  defp refined({:local_or_var, name}, rest) do
    case strip(rest) do
      {[?( | _], _} -> {:local_call, name}
      {[?/, ?/ | _], _} -> {:local_or_var, name}
      {[?/ | _], _} -> {:local_arity, name}
      {[?., c | _], 0} when c in ?A..?Z -> :none
      _ -> {:local_or_var, name}
    end
  end

  defp refined({:alias, {_, _}, _}, [?., c | _]) when c in ?A..?Z, do: :none
  defp refined(context, _rest), do: context

  defp around_operator(above, reversed, right, line, column) do
    {more, rest} = Enum.split_while(right, &(&1 in @operator_starts))
    {own, left} = Enum.split_while(reversed, &(&1 in @operator_starts))
    run = Enum.reverse(own) ++ more
    text = Enum.reverse(run) ++ left ++ joined(above)
    {after_space, _} = strip(rest)

    with false <- match?([?/ | _], after_space) or List.last(run) == ?/,
         {context, count} when elem(context, 0) in [:operator, :dot] and count > 0 <- back_operator(text),
         true <- elem(context, tuple_size(context) - 1) != [] do
      {start_line, start_column} = start(above, Enum.reverse(run) ++ left, count, line)
      %{begin: {start_line, start_column}, context: context, end: {line, column + length(more)}}
    else
      _ -> :none
    end
  end

  defp back_operator([c | _] = text) when c in '@%~', do: if(c == ?@, do: {{:operator, '@'}, 1}, else: operator(text))
  defp back_operator('...' ++ _), do: {:none, 0}
  defp back_operator(text), do: back(text)

  # ---- containers

  @doc """
  The quoted form of the container that the cursor, at the end of the fragment, is in; `__cursor__()` stands for what is there.

      iex> Code.Fragment.container_cursor_to_quoted("[some, value")
      {:ok, [{:some, [line: 1], nil}, {:__cursor__, [line: 1], []}]}
  """
  @spec container_cursor_to_quoted(List.Chars.t(), keyword) :: {:ok, Macro.t()} | {:error, tuple}
  def container_cursor_to_quoted(fragment, opts \\ []) do
    text = to_string(fragment)

    case Code.Fragment.Container.closed(text) do
      {:ok, closed} -> Code.string_to_quoted(closed, Keyword.put_new(opts, :emit_warnings, false))
      :error -> Code.string_to_quoted(text, opts)
    end
  end
end
