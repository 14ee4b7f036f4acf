# SPDX-License-Identifier: Apache-2.0
# Code.Formatter: quoted expressions laid out as source code.
#
# Works on plain ASTs (Macro.to_string) and on those with wrapped literals and token metadata (format_string!). The context
# passed down says what may stand without parentheses: :block, :operand, :arg (between parentheses), :open (an argument of a
# call without them). Invariant: what is printed parses back to the same AST, metadata aside.
defmodule Code.Formatter do
  @moduledoc false

  import Inspect.Algebra, except: [format: 2, surround: 3, surround_many: 5]

  @locals [
    alias: 1, alias: 2, case: 2, cond: 1, for: :*, import: 1, import: 2, quote: 1, quote: 2, receive: 1, require: 1,
    require: 2, try: 1, with: :*, def: 1, def: 2, defp: 1, defp: 2, defguard: 1, defguardp: 1, defmacro: 1, defmacro: 2,
    defmacrop: 1, defmacrop: 2, defmodule: 2, defdelegate: 2, defexception: 1, defoverridable: 1, defstruct: 1,
    destructure: 2, raise: 1, raise: 2, reraise: 2, reraise: 3, if: 2, unless: 2, use: 1, use: 2, defrecord: 2,
    defrecord: 3, defrecordp: 2, defrecordp: 3, assert: 1, assert: 2, assert_in_delta: 3, assert_in_delta: 4,
    assert_raise: 2, assert_raise: 3, assert_receive: 1, assert_receive: 2, assert_receive: 3, assert_received: 1,
    assert_received: 2, doctest: 1, doctest: 2, refute: 1, refute: 2, refute_in_delta: 3, refute_in_delta: 4,
    refute_receive: 1, refute_receive: 2, refute_receive: 3, refute_received: 1, refute_received: 2, setup: 1, setup: 2,
    setup_all: 1, setup_all: 2, test: 1, test: 2, config: 2, config: 3, import_config: 1
  ]

  @do_keys [:do, :after, :else, :rescue, :catch]
  @no_space [:.., :"//"]
  @no_newline [:\\, :in]
  @break_before_right [:|, :when]
  # After these an operand that ends in a closing bracket may start in the same line.
  @hugging [:=, :==, :!=, :=~, :===, :!==, :<, :<=, :>=, :>, :<-, :"::"]
  @pipes [:|>, :~>>, :<<~, :~>, :<~, :<~>, :"<|>"]
  @logical [:||, :|||, :or, :&&, :&&&, :and]
  @bit_types [:big, :binary, :bits, :bitstring, :bytes, :float, :integer, :little, :native, :signed, :unsigned, :utf16, :utf32, :utf8, :_]
  @needs_parens [:|>, :<<<, :>>>, :<~, :~>, :<<~, :~>>, :<~>, :"<|>", :"^^^", :+++, :---, :in, :++, :--, :.., :<>]

  @doc "The document of a quoted expression."
  def to_algebra(quoted, opts) do
    locals = Keyword.get(opts, :locals_without_parens, []) ++ @locals
    state = %{locals: locals, unescape: Keyword.get(opts, :escape, not Keyword.has_key?(opts, :comments)), line: nil, op: :operand, open: false, nesting: 2}

    quoted = if Keyword.get(opts, :force_do_end_blocks, false), do: Macro.prewalk(quoted, &force_block/1), else: quoted

    case Keyword.get(opts, :comments, []) do
      [] -> top(quoted, state)
      comments -> top(Code.Comments.insert(quoted, comments, &open_local?(locals, &1, &2)), state)
    end
  end

  # A call with `do:` as a keyword gets what the parser notes for a block.
  defp force_block({form, meta, [_ | _] = args} = call) do
    with false <- Keyword.has_key?(meta, :do),
         [{{:__block__, _, [:do]}, _} | _] = blocks <- List.last(args),
         true <- Enum.all?(blocks, fn pair -> match?({{:__block__, _, [key]}, _} when key in @do_keys, pair) end) do
      {form, [{:do, []} | meta], args}
    else
      _ -> call
    end
  end

  defp force_block(other), do: other

  defp top({:__block__, _, []}, _state), do: empty()
  defp top([{:->, _, _} | _] = clauses, state), do: expr(clauses, :block, state)
  defp top(quoted, state), do: group(block(quoted, state))

  ## Blocks

  # The expressions of a block, one per line; those that take several lines stand apart.
  @doc false
  def block({:__block__, _, [_, _ | _] = expressions}, state), do: lines(expressions, state)
  def block({:__block__, _, []}, _state), do: empty()
  def block([{form, _, _} | _] = clauses, state) when form in [:->, :"$comment"], do: clauses(clauses, state)
  def block({:__block__, _, [{:unquote_splicing, _, [_]} = splice]}, state), do: parens(expr(splice, :block, state))
  def block(quoted, state), do: expr(quoted, :block, state)

  defp lines(expressions, state) do
    state = closed(state)

    docs =
      for expression <- expressions do
        {expr(expression, :block, state), gap(expression), newlines(expression)}
      end

    fold_doc(apart(docs, empty()), fn left, right -> line(left, right) end)
  end

  # Attributes keep together; anything else that breaks gets empty lines around it.
  defp gap({:@, _, _}), do: empty()
  defp gap({:"$comment", _, _}), do: empty()
  defp gap(_), do: break("")

  defp newlines({_, meta, _}) when is_list(meta) do
    case meta[:end_of_expression] do
      nil -> 1
      place -> Keyword.get(place, :newlines, 1)
    end
  end

  defp newlines(_), do: 1

  defp apart([{doc, gap, newlines} | rest], left) do
    right = if newlines >= 2, do: line(), else: gap
    doc = if left == :doc_nil, do: doc, else: concat(left, doc)
    doc = if rest == [] or right == :doc_nil, do: doc, else: concat(doc, concat(collapse_lines(2), right))
    [group(doc) | apart(rest, right)]
  end

  defp apart([], _left), do: []

  ## Expressions

  defp expr({:"$comment", _, [text]}, _context, _state), do: string(text)

  defp expr({:__block__, meta, [literal]}, context, state) when not is_tuple(literal) or tuple_size(literal) == 2,
    do: literal(literal, meta, context, state)

  defp expr({:__block__, _, [{:unquote_splicing, _, [_]} = splice]}, _context, state), do: parens(expr(splice, :block, state))
  defp expr({:__block__, _, [inner]}, context, state), do: expr(inner, context, state)
  defp expr({:__block__, _, []}, _context, _state), do: "nil"
  defp expr({:__block__, _, _} = block, _context, state), do: parens_block(block, state)

  defp expr({:__aliases__, _, [head | tail]}, _context, state) do
    head = if is_atom(head), do: :erlang.atom_to_binary(head, :utf8) |> strip_elixir(), else: target(head, state)
    Enum.reduce(tail, head, fn part, doc -> concat(doc, "." <> :erlang.atom_to_binary(part, :utf8)) end)
  end

  defp expr({:<<>>, meta, parts}, _context, state) do
    state = %{state | line: meta[:line]}

    if interpolated?(parts) do
      interpolated(parts, Keyword.get(meta, :delimiter, "\""), state)
    else
      bitstring(parts, meta, state)
    end
  end

  defp expr({{:., _, [List, :to_charlist]}, meta, [parts]}, context, state) when is_list(parts) do
    if meta[:delimiter] || (parts != [] and Enum.any?(parts, &to_string_call?/1) and Enum.all?(parts, &(is_binary(&1) or to_string_call?(&1)))) do
      parts = for part <- parts, do: if(is_binary(part), do: part, else: {:"::", [], [part, {:binary, [], nil}]})
      text(parts, Keyword.get(meta, :delimiter, "'"), state)
    else
      remote(List, :to_charlist, meta, [parts], context, state)
    end
  end

  defp expr({{:., _, [:erlang, :binary_to_atom]}, meta, [{:<<>>, _, parts}, :utf8]} = ast, context, state) do
    if interpolated?(parts),
      do: concat(":", text(parts, Keyword.get(meta, :delimiter, "\""), state)),
      else: call_expr(ast, context, state)
  end

  defp expr({:&, _, [n]}, _context, _state) when is_integer(n), do: "&" <> Integer.to_string(n)
  defp expr({:&, _, [{:__block__, _, [n]}]}, _context, _state) when is_integer(n), do: "&" <> Integer.to_string(n)
  defp expr({:&, _, [arg]}, context, state), do: capture(arg, context, state)
  defp expr({:@, _, [arg]}, context, state), do: attribute(arg, context, state)

  defp expr({:not, meta, [{:in, _, [left, right]}]}, context, state),
    do: binary(:in, "not in", meta, left, right, context, state, nil, state.nesting)

  defp expr({:fn, meta, [{form, _, _} | _] = clauses}, _context, state) when form in [:->, :"$comment"],
    do: fun(clauses, eol?(meta, state), %{state | line: meta[:line]})
  defp expr({:.., _, []}, _context, _state), do: ".."

  defp expr({:..//, _, [first, last, step]}, context, state) do
    range = binary(:.., "..", [], first, last, context, state, nil, state.nesting)
    concat(concat(range, "//"), operand_of_range(step, state))
  end

  defp expr({:{}, meta, args}, _context, state) when is_list(args), do: container("{", args, "}", meta, state, :flex)

  defp expr({:%{}, meta, args}, _context, state) when is_list(args), do: map("%{", args, meta, state)

  defp expr({:%, _, [name, {:%{}, meta, args}]}, _context, state) when is_list(args) do
    name = expr(name, :arg, state)
    map(concat(concat("%", name), "{"), args, meta, state)
  end

  defp expr({:->, _, _} = clause, _context, state), do: parens_clauses([clause], state)
  defp expr({{:., _, [Access, :get]}, meta, [target, key]}, _context, state), do: access(meta, target, key, state)

  defp expr({:unquote_splicing, meta, [_] = args}, context, state), do: local(:unquote_splicing, meta, args, context, state)

  defp expr({name, meta, context}, _, _state) when is_atom(name) and is_atom(context) and is_list(meta), do: variable(name)

  defp expr({name, meta, [{:<<>>, _, parts}, modifiers]} = ast, context, state) when is_atom(name) and is_list(modifiers) do
    case :erlang.atom_to_binary(name, :utf8) do
      <<"sigil_", letter>> -> sigil(letter, meta, parts, modifiers, state)
      _ -> call_expr(ast, context, state)
    end
  end

  defp expr({_, meta, args} = ast, context, state) when is_list(meta) and is_list(args), do: call_expr(ast, context, state)
  defp expr(other, context, state), do: literal(other, [], context, state)

  defp call_expr({:when, _, [_, _, _ | _] = args}, _context, state) do
    {args, [guard]} = Enum.split(args, -1)
    docs = join_args(for(arg <- args, do: expr(arg, :arg, state)))
    concat(concat(docs, " when "), expr(guard, :operand, state))
  end

  defp call_expr({op, meta, [left, right]} = ast, context, state) when is_atom(op) do
    case binary_op(op) do
      nil -> call(ast, context, state)
      _ -> binary(op, Atom.to_string(op), meta, left, right, context, state, nil, state.nesting)
    end
  end

  defp call_expr({op, _, [arg]} = ast, context, state) when is_atom(op) do
    if op in [:!, :^, :not, :"~~~", :+, :-], do: unary(op, arg, context, state), else: call(ast, context, state)
  end

  defp call_expr(ast, context, state), do: call(ast, context, state)

  defp strip_elixir("Elixir." <> name), do: name
  defp strip_elixir(name), do: name

  defp variable(name), do: characters(Atom.to_string(name))

  # A document as wide as its characters, not its bytes.
  defp characters(text), do: if(String.length(text) == byte_size(text), do: text, else: string(text))

  ## Literals

  defp literal(list, meta, _context, state) when is_list(list) do
    cond do
      meta[:delimiter] -> text([List.to_string(list)], meta[:delimiter], state)
      list != [] and List.ascii_printable?(list) -> text([List.to_string(list)], "'", state)
      match?([{:->, _, _} | _], list) -> parens_clauses(list, state)
      true -> container("[", list, "]", meta, state, :list)
    end
  end

  defp literal({left, right}, meta, _context, state), do: container("{", [left, right], "}", meta, state, :flex)
  defp literal(string, meta, _context, state) when is_binary(string), do: text([string], Keyword.get(meta, :delimiter, "\""), state)

  defp literal(atom, meta, _context, state) when is_atom(atom) do
    cond do
      meta[:delimiter] && not state.unescape -> quoted_atom(atom, meta[:delimiter])
      not state.unescape and Macro.classify_atom(atom) == :alias -> quoted_atom(atom, "\"")
      atom == :\\ and not state.unescape -> ":\\\\"
      atom == :\\ -> ":\"\\\\\\\\\""
      atom == :..// -> ":\"..//\""
      true -> characters(Macro.inspect_atom(:literal, atom))
    end
  end

  defp literal(integer, meta, _context, _state) when is_integer(integer), do: number(meta[:token] || Integer.to_string(integer))

  defp literal(float, meta, _context, _state) when is_float(float), do: number(meta[:token] || Inspect.Float.text(float))

  defp literal(%{__struct__: Range, first: first, last: last, step: 1}, _meta, _context, _state), do: "#{first}..#{last}"
  defp literal(other, _meta, _context, _state), do: inspect(other)

  defp quoted_atom(atom, delimiter) do
    text = Atom.to_string(atom)
    if Macro.classify_atom(atom) in [:quoted, :alias] or atom == :"..//",
      do: ":" <> delimiter <> text <> delimiter,
      else: Macro.inspect_atom(:literal, atom)
  end

  defp number("0x" <> digits), do: "0x" <> String.upcase(digits)
  defp number("0b" <> _ = text), do: text
  defp number("0o" <> _ = text), do: text
  defp number("?" <> _ = text), do: text

  defp number(text) do
    case :binary.split(text, ".") do
      [integer, rest] -> underscores(integer) <> "." <> String.downcase(rest)
      [integer] -> underscores(integer)
    end
  end

  defp underscores(digits) do
    if byte_size(digits) >= 6 and not String.contains?(digits, "_") do
      group_digits(digits, rem(byte_size(digits), 3))
    else
      digits
    end
  end

  defp group_digits(digits, 0), do: groups(digits)

  defp group_digits(digits, n) do
    <<first::binary-size(n), rest::binary>> = digits
    if rest == "", do: first, else: first <> "_" <> groups(rest)
  end

  defp groups(<<group::binary-size(3)>>), do: group
  defp groups(<<group::binary-size(3), rest::binary>>), do: group <> "_" <> groups(rest)

  ## Text

  defp interpolated?([_ | _] = parts),
    do: Enum.all?(parts, fn part -> is_binary(part) or interpolation?(part) end)

  defp interpolated?(_), do: false

  defp interpolation?({:"::", _, [call, {:binary, _, context}]}) when is_atom(context), do: to_string_call?(call)
  defp interpolation?(_), do: false

  defp to_string_call?({{:., _, [Kernel, :to_string]}, _, [_]}), do: true
  defp to_string_call?(_), do: false

  defp text(parts, delimiter, state), do: text(parts, delimiter, state, state)

  # `outer` is the state for the code inside interpolations.
  defp text(parts, delimiter, state, _outer) when delimiter in ["\"\"\"", "'''"] do
    docs = Enum.reduce(parts, [empty()], fn part, acc -> heredoc_part(part, acc, state) end)
    first = if match?([_, _ | _], docs) and empty_line?(List.last(docs)), do: nest(line(), :reset), else: line()
    force_unfit(concat(concat(delimiter, first), concat(heredoc_lines(docs), delimiter)))
  end

  defp text(parts, delimiter, state, outer) do
    docs =
      for part <- parts do
        case part do
          text when is_binary(text) -> escaped(text, delimiter, state)
          {:"::", _, [{_, _, [inner]}, _]} -> interpolation(inner, outer)
        end
      end

    concat(concat(delimiter, concat(docs)), delimiter)
  end

  # A string with interpolation keeps its line ends and other characters as they are; only quotes are escaped.
  defp interpolated(parts, "\"", %{unescape: true} = state) do
    text(parts, "\"", %{state | unescape: false}, state)
  end

  defp interpolated(parts, delimiter, state), do: text(parts, delimiter, state)

  defp escaped(text, delimiter, %{unescape: true}) do
    <<char>> = delimiter
    characters(IO.iodata_to_binary(Inspect.BitString.escape(text, char)))
  end

  # The text stands as it was written; its line ends are not for the layout.
  defp escaped(text, delimiter, _state), do: raw_lines(String.split(escape_quote(text, delimiter), "\n"))

  defp escape_quote(text, delimiter), do: String.replace(text, delimiter, "\\" <> delimiter)

  defp raw_lines([line]), do: string(line)
  defp raw_lines([line | rest]), do: concat(string(line), concat(nest(line(), :reset), raw_lines(rest)))

  defp interpolation(inner, state), do: no_limit(surround("\#{", group(block(inner, closed(state))), "}", false))

  # Newest line first.
  defp heredoc_part(text, [current | done], _state) when is_binary(text) do
    [first | rest] = String.split(escape_quote(text, "\"\"\""), "\n")
    Enum.reduce(rest, [concat(current, string(first)) | done], fn line, acc -> [string(line) | acc] end)
  end

  defp heredoc_part({:"::", _, [{_, _, [inner]}, _]}, [current | done], state), do: [concat(current, interpolation(inner, state)) | done]

  defp empty_line?(doc), do: doc in [{:doc_string, "", 0}, {:doc_cons, :doc_nil, {:doc_string, "", 0}}]

  # The newest line is what stands before the closing quotes.
  defp heredoc_lines([last | lines]) do
    body =
      lines
      |> :lists.reverse()
      |> Enum.reduce(:none, fn
        text, :none -> text
        text, acc -> if empty_line?(text), do: concat(acc, nest(line(), :reset)), else: concat(concat(acc, line()), text)
      end)

    if body == :none, do: last, else: concat(concat(body, line()), last)
  end

  defp sigil(letter, meta, parts, modifiers, state) do
    delimiter = Keyword.get(meta, :delimiter, "\"")
    close = closing(delimiter)
    modifiers = List.to_string(modifiers)

    if delimiter in ["\"\"\"", "'''"] do
      concat(concat("~" <> <<letter>>, text(parts, delimiter, state)), modifiers)
    else
      docs =
        for part <- parts do
          case part do
            text when is_binary(text) -> raw_lines(String.split(escape_quote(text, close), "\n"))
            {:"::", _, [{_, _, [inner]}, _]} -> interpolation(inner, state)
          end
        end

      concat([<<?~, letter>> <> delimiter, concat(docs), close <> modifiers])
    end
  end

  defp closing("("), do: ")"
  defp closing("["), do: "]"
  defp closing("{"), do: "}"
  defp closing("<"), do: ">"
  defp closing(other), do: other

  defp bitstring([], _meta, _state), do: "<<>>"

  defp bitstring(parts, meta, state) do
    state = closed(state)
    last = length(parts) - 1
    comments? = comments?(parts)

    docs =
      for {part, index} <- Enum.with_index(parts) do
        doc = bit_segment(part, state)
        if (index == 0 and starts?(doc, "<")) or (index == last and ends?(doc, ">")), do: parens(doc), else: doc
      end

    cond do
      comments? -> surround("<<", join_items(parts, docs), ">>", true)
      eol?(meta, state) -> surround("<<", join_args(docs), ">>", true)
      true -> group(concat(concat("<<", nest(join_flex(docs), 2)), ">>"))
    end
  end

  defp bit_segment({:"::", _, [value, type]}, state) do
    value_doc = expr(value, :arg, state)
    value_doc = if match?({:<<>>, _, _}, value) and starts?(value_doc, "<"), do: parens(value_doc), else: value_doc
    concat(concat(value_doc, "::"), bit_type(type, state))
  end

  defp bit_segment({:<-, meta, [left, right]}, state) do
    right_doc = nest(glue(" <-", group(expr(right, :operand, state))), state.nesting, :break)
    concat(group(bit_segment(left, state)), group(if(eol?(meta, state), do: force_unfit(right_doc), else: right_doc)))
  end

  defp bit_segment(other, state), do: expr(other, :arg, state)

  defp bit_type({op, _, [left, right]}, state) when op in [:-, :*],
    do: concat(concat(bit_type(left, state), Atom.to_string(op)), bit_type(right, state))

  defp bit_type({name, _, []}, _state) when name in @bit_types, do: Atom.to_string(name)

  # A name that no specification has is a call.
  defp bit_type({name, meta, context}, state) when is_atom(name) and is_atom(context) and name not in @bit_types,
    do: expr({name, meta, []}, :operand, state)

  defp bit_type(type, state), do: parens_if_operator(expr(type, :operand, state), type)

  defp starts?(doc, prefix), do: String.starts_with?(plain(doc), prefix)
  defp ends?(doc, suffix), do: String.ends_with?(plain(doc), suffix)
  defp plain(doc), do: IO.iodata_to_binary(Inspect.Algebra.format(doc, :infinity))

  ## Containers

  defp container(open, [], close, _meta, _state, _kind), do: concat(open, close)

  defp container(open, args, close, meta, state, kind) do
    state = closed(state)
    docs = if kind == :flex, do: tuple_items(args, state), else: items(args, state)
    broken? = eol?(meta, state)

    cond do
      comments?(args) -> surround(open, join_items(flat(args), docs), close, true)
      kind == :flex and not broken? ->
        docs = if state.unescape and length(args) != 2, do: docs, else: keywords_together(args, docs)
        group(concat(concat(open, nest(join_flex(docs), 1)), close))

      true -> surround(open, join_args(docs), close, broken?)
    end
  end

  # The keywords at the end of a tuple go to the next line together.
  defp keywords_together(args, docs) do
    case Enum.split(docs, length(elem(split_keywords(args), 0))) do
      {[_ | _] = front, [_, _ | _] = keywords} -> front ++ [group(join_args(keywords))]
      _ -> docs
    end
  end

  defp comments?(items), do: Enum.any?(flat(items), &comment?/1)
  defp comment?(item), do: match?({:"$comment", _, _}, item)

  # The items that stand for themselves in the documents: keywords without brackets one by one.
  defp flat(items) do
    case List.last(items) do
      [_ | _] = keywords -> if keyword?(keywords), do: Enum.drop(items, -1) ++ keywords, else: items
      _ -> items
    end
  end

  # Items and comments on lines of their own; the last item has no comma even if comments follow.
  defp join_items(items, docs) do
    last = items |> Enum.with_index() |> Enum.filter(fn {item, _} -> not comment?(item) end) |> List.last({nil, -1}) |> elem(1)

    docs =
      for {{item, doc}, index} <- Enum.with_index(Enum.zip(items, docs)),
          do: if(comment?(item) or index == last, do: doc, else: comma(doc))

    gaps = for {item, next} <- Enum.zip(items, tl(items) ++ [nil]), do: empty_after?(item) or empty_before?(next)
    force_unfit(joined(docs, gaps))
  end

  defp empty_after?(item), do: comment?(item) and Keyword.get(elem(item, 1)[:end_of_expression], :newlines) > 1
  defp empty_before?(item), do: comment?(item) and (elem(item, 1)[:before] || 0) > 1

  defp joined([doc], _gaps), do: doc
  defp joined([doc | rest], [true | gaps]), do: line(concat(doc, concat(collapse_lines(2), line())), joined(rest, gaps))
  defp joined([doc | rest], [false | gaps]), do: line(doc, joined(rest, gaps))

  defp tuple_items([_, _ | _] = args, state) do
    {args, keywords} = split_keywords(args)
    for(arg <- args, do: expr(arg, :arg, state)) ++ pairs(keywords, state)
  end

  defp tuple_items(args, state), do: for(arg <- args, do: expr(arg, :arg, state))

  # The last item may break inside while the rest stays on the line of the bracket.
  defp hugged(open, docs, close) do
    {front, [last]} = Enum.split(docs, -1)
    last = next_break_fits(group(last, :inherit), :enabled)
    inner = if front == [], do: last, else: glue(comma_after(front), last)
    concat(concat(open, nest(concat(break(""), inner), 2, :break)), concat(break(""), close))
  end

  defp surround(open, doc, close, broken?) do
    doc = concat(nest(concat(break(""), doc), 2, :break), break(""))
    doc = if broken?, do: force_unfit(doc), else: doc
    group(concat(concat(open, doc), close))
  end

  defp eol?(meta, _state), do: Keyword.get(meta, :newlines, 0) > 0

  defp join_args(docs), do: fold_doc(docs, fn left, right -> glue(comma(left), right) end)
  defp join_flex(docs), do: fold_doc(docs, fn left, right -> flex_glue(comma(left), right) end)

  # All items with a comma, the last one too.
  defp comma_after(docs), do: fold_doc(for(doc <- docs, do: comma(doc)), fn left, right -> glue(left, right) end)

  # The comma counts when the item before it is fitted, and stays with it.
  defp comma(doc), do: group(append(doc, ","))

  # Documents of items; the keywords at the end of a list are written as such.
  defp items(args, state) do
    keywords = Enum.take_while(Enum.reverse(args), fn arg -> comment?(arg) or (match?({_, _}, arg) and keyword_key?(elem(arg, 0))) end)
    keywords = if Enum.all?(keywords, &comment?/1), do: [], else: keywords
    {args, keywords} = Enum.split(args, length(args) - length(keywords))
    for(arg <- args, do: item(arg, state)) ++ pairs(keywords, state)
  end

  defp item({:|, meta, [left, right]}, state), do: binary(:|, "|", meta, left, right, :arg, state, nil, state.nesting)

  # A pair in a list keeps the brackets of its keywords.
  defp item({left, right}, state), do: group(concat(concat("{", nest(join_flex([expr(left, :arg, state), expr(right, :arg, state)]), 1)), "}"))
  defp item(arg, state), do: expr(arg, :arg, state)

  defp keyword_key?({:__block__, meta, [key]}) when is_atom(key), do: meta[:format] == :keyword
  defp keyword_key?(key) when is_atom(key), do: not match?("Elixir." <> _, Atom.to_string(key))
  defp keyword_key?({{:., _, [:erlang, :binary_to_atom]}, meta, _}), do: meta[:format] == :keyword
  defp keyword_key?(_), do: false

  defp pair_doc({:"$comment", _, _} = comment, state), do: expr(comment, :arg, state)

  defp pair_doc({key, value}, state) do
    key = if unblock(key) == :..//, do: "\"..//\":", else: key_doc(key, state)

    paired(key, "", expr(value, :arg, state), value)
  end

  # What is on the right goes to the next line, unless its own brackets take the breaks.
  defp paired(left, sign, right_doc, right) do
    if hug?(right) do
      right_doc = group(next_break_fits(right_doc, :enabled))
      next_break_fits(concat(group(left), group(nest(glue(sign, right_doc), 2, :break))), :disabled)
    else
      concat(group(left), group(nest(glue(sign, group(right_doc)), 2, :break)))
    end
  end

  defp key_doc({:__block__, _, [key]}, state), do: key_doc(key, state)
  defp key_doc(key, _state) when is_atom(key), do: characters(Macro.inspect_atom(:key, key))
  defp key_doc({_, _, [{:<<>>, _, parts}, _]}, state), do: concat(text(parts, "\"", state), ":")

  defp map(open, pairs, meta, state), do: map_pairs(open, pairs, meta, %{closed(state) | line: meta[:line]})

  defp map_pairs(open, [{:|, _, [base, changes]}], meta, state) do
    head = parens_if_operator(expr(base, :operand, state), base)
    changes = unwrap(changes)
    docs = if keyword?(changes), do: pairs(changes, state), else: assocs(changes, state)
    joined = if comments?(changes), do: join_items(changes, docs), else: join_args(docs)
    doc = glue(head, concat("| ", nest(joined, 2)))
    surround(open, doc, "}", eol?(meta, state) or comments?(changes))
  end

  defp map_pairs(open, [], _meta, _state), do: concat(open, "}")

  defp map_pairs(open, pairs, meta, state) do
    docs = if keyword?(pairs), do: pairs(pairs, state), else: assocs(pairs, state)

    if comments?(pairs),
      do: surround(open, join_items(pairs, docs), "}", true),
      else: surround(open, join_args(docs), "}", eol?(meta, state))
  end

  defp unwrap({:__block__, _, [list]}) when is_list(list), do: list
  defp unwrap(list), do: list

  defp keyword?([_ | _] = pairs) do
    Enum.all?(pairs, fn pair -> comment?(pair) or (match?({_, _}, pair) and keyword_key?(elem(pair, 0))) end) and
      Enum.any?(pairs, &match?({_, _}, &1))
  end

  defp keyword?(_), do: false

  defp pairs(pairs, state), do: for(pair <- pairs, do: pair_doc(pair, state))

  # Keyword syntax may follow arrows.
  defp assocs(pairs, state) do
    {arrows, words} =
      Enum.split(
        pairs,
        length(pairs) - length(Enum.take_while(Enum.reverse(pairs), fn pair -> match?({_, _}, pair) and keyword_key?(elem(pair, 0)) end))
      )
    for(pair <- arrows, do: assoc(pair, state)) ++ pairs(words, state)
  end

  defp assoc({key, value}, state) do
    left = parens_if_assoc(expr(key, :operand, state), key)
    paired(left, " =>", expr(value, :arg, state), value)
  end

  defp assoc(other, state), do: expr(other, :arg, state)

  defp parens_if_assoc(doc, {op, _, [_, _]}) when is_atom(op), do: if(binary_op(op), do: parens(doc), else: doc)
  defp parens_if_assoc(doc, {:..//, _, [_, _, _]}), do: parens(doc)
  defp parens_if_assoc(doc, _), do: doc

  ## Operators

  @doc false
  def binary_op(op) do
    cond do
      op in [:<-, :\\] -> {:left, 40}
      op == :when -> {:right, 50}
      op == :"::" -> {:right, 60}
      op == :| -> {:right, 70}
      op == := -> {:right, 100}
      op in [:||, :|||, :or] -> {:left, 120}
      op in [:&&, :&&&, :and] -> {:left, 130}
      op in [:==, :!=, :=~, :===, :!==] -> {:left, 140}
      op in [:<, :<=, :>=, :>] -> {:left, 150}
      op in [:|>, :<<<, :>>>, :<~, :~>, :<<~, :~>>, :<~>, :"<|>"] -> {:left, 160}
      op == :in -> {:left, 170}
      op == :"^^^" -> {:left, 180}
      op == :"//" -> {:right, 190}
      op in [:++, :--, :.., :<>, :+++, :---] -> {:right, 200}
      op in [:+, :-] -> {:left, 210}
      op in [:*, :/] -> {:left, 220}
      op == :** -> {:left, 230}
      true -> nil
    end
  end

  # `parent` is the operator this one is the same level of, so that a chain is one group whose first operator says whether it breaks;
  # {:other, info}: it is an operand of another operator, whose group it shares.
  defp binary(op, text, meta, left, right, context, state, parent, nesting) do
    info = binary_op(op)
    state = %{state | op: if(context in [:block, :operand], do: :operand, else: :arg)}
    # A call at the left of an operator keeps its parentheses.
    left_doc = operand(left, %{state | op: :arg}, op, info, :left, 2)
    right_doc = operand(right, state, op, info, :right, 0)

    cond do
      op in @no_space ->
        concat(concat(group(left_doc), text), group(right_doc))

      op in @no_newline and text != "not in" and op == :\\ ->
        concat(concat(group(left_doc), " " <> text <> " "), group(right_doc))

      op == :in ->
        concat(concat(group(left_doc), " " <> text <> " "), group(right_doc))

      op in @pipes ->
        doc = glue(left_doc, concat(comments_before(meta), concat(text <> " ", right_doc)))
        doc = if (eol?(meta, state) and parent != info) or meta[:comments] != nil, do: force_unfit(doc), else: doc
        if parent in [info, {:other, info}] or context == :one, do: doc, else: group(doc)

      op in @break_before_right ->
        right_doc = if match?({^op, _, [_, _]}, right), do: right_doc, else: nest(right_doc, byte_size(text) + 1, :always)
        # A link of the chain but the first: the operator stands before its left side, too.
        left_doc = if parent == info and nesting == 0, do: nest(left_doc, byte_size(text) + 1, :always), else: left_doc
        doc = glue(group(left_doc), concat(comments_before(meta), concat(text <> " ", right_doc)))
        doc = if (eol?(meta, state) and parent != info) or meta[:comments] != nil, do: force_unfit(doc), else: doc
        if parent in [info, {:other, info}] or (context == :one and not state.open), do: doc, else: group(doc)

      op in @hugging and hug?(right) and not eol?(meta, state) ->
        right_doc = group(next_break_fits(right_doc, :enabled))
        right_doc = nest(glue(" " <> text, right_doc), nesting, :break)
        next_break_fits(concat(group(left_doc), group(right_doc)), :disabled)

      true ->
        right_doc = nest(glue(" " <> text, group(right_doc)), nesting, :break)
        right_doc = if eol?(meta, state), do: force_unfit(right_doc), else: right_doc
        concat(group(left_doc), group(right_doc))
    end
  end

  # Comments between the operands, on lines of their own.
  defp comments_before(meta), do: concat(for({_, _, [text]} <- meta[:comments] || [], do: concat(string(text), line())))

  defp operand([_ | _] = list, state, :when, _info, :right, _nesting) do
    cond do
      not keyword?(list) -> expr(list, state.op, state)
      apart?(list, state) -> force_unfit(lined(pairs(list, state)))
      true -> group(join_params(pairs(list, state)))
    end
  end

  defp operand({:__block__, _, [{op, _, [_, _]} = inner]}, state, parent, info, side, nesting) when is_atom(op),
    do: operand(inner, state, parent, info, side, nesting)

  defp operand({op, meta, [left, right]} = operand, state, parent_op, {assoc, level} = info, side, nesting) when is_atom(op) do
    case binary_op(op) do
      nil ->
        expr(operand, state.op, state)

      {_, own} = own_info ->
        cond do
          level == own and assoc == side and (side == :left or op == parent_op) ->
            binary(op, Atom.to_string(op), meta, left, right, state.op, state, info, nesting)

          (parent_op in @needs_parens and op not in @no_space) or (op in @logical and parent_op in @logical) or level > own or
              (level == own and assoc != side) ->
            parens(binary(op, Atom.to_string(op), meta, left, right, state.op, state, nil, 2))

          true ->
            binary(op, Atom.to_string(op), meta, left, right, state.op, state, {:other, own_info}, 2)
        end
    end
  end

  defp operand({:&, _, [arg]} = capture, state, _parent, _info, :left, _nesting) when not is_integer(arg),
    do: parens(expr(capture, state.op, state))

  # A capture takes all that follows: at the right of what binds closer and to the left it stands in parentheses.
  defp operand({:&, _, [arg]} = capture, state, _parent, {:left, level}, :right, _nesting) when not is_integer(arg) and level > 90,
    do: parens(expr(capture, state.op, state))

  defp operand({:not, _, [{:in, _, [_, _]}]} = not_in, state, parent, _info, _side, _nesting) do
    doc = expr(not_in, state.op, state)
    if parent in @needs_parens or elem(binary_op(parent), 1) >= 170, do: parens(doc), else: doc
  end

  defp operand({:__block__, _, [{op, _, [_]} = inner]}, state, :in, info, :left, nesting) when op in [:not, :!],
    do: operand(inner, state, :in, info, :left, nesting)

  defp operand({op, _, [_]} = unary, state, parent, _info, :left, _nesting) when op in [:not, :!] and parent in @needs_parens do
    if op == :not or parent == :in, do: parens(expr(unary, state.op, state)), else: expr(unary, state.op, state)
  end

  defp operand({:@, _, [{_, _, [_]}]} = attribute, state, _parent, _info, :left, _nesting), do: expr(attribute, :arg, state)
  defp operand({:fn, _, _} = fun, state, _parent, _info, _side, _nesting), do: expr(fun, state.op, state)
  defp operand(operand, state, _parent, _info, _side, _nesting), do: expr(operand, state.op, state)

  defp operand_of_range(step, state), do: operand(step, state, :"//", {:right, 190}, :right, 0)

  defp unary(op, arg, _context, state) do
    doc = expr(arg, :operand, state)

    doc =
      case unblock(arg) do
        {:not, _, [{:in, _, [_, _]}]} -> parens(doc)
        {^op, _, [_]} when op in [:!, :not] -> if(wrapped_operator?(arg), do: parens(doc), else: doc)
        {:@, _, [{_, _, [_]}]} -> parens(doc)
        inner -> parens_if_operator(doc, inner)
      end

    if op == :not, do: concat("not ", doc), else: concat(Atom.to_string(op), doc)
  end

  defp wrapped_operator?(arg), do: match?({:__block__, _, [_]}, arg)

  defp unblock({:__block__, _, [inner]}), do: unblock(inner)
  defp unblock(other), do: other

  defp operator?(ast) do
    case unblock(ast) do
      {op, _, [_, _]} when is_atom(op) -> binary_op(op) != nil
      {:&, _, [n]} when is_integer(n) -> false
      {op, _, [_]} when op in [:!, :^, :not, :"~~~", :+, :-, :&] -> true
      {:..//, _, [_, _, _]} -> true
      _ -> false
    end
  end

  defp parens_if_operator(doc, ast), do: if(operator?(ast), do: parens(doc), else: doc)
  defp parens(doc), do: concat(concat("(", nest(doc, :cursor)), ")")

  defp parens_block(block, state),
    do: group(force_unfit(concat(nest(concat("(", concat(break(""), lines_of(block, state))), 2), concat(break(""), ")"))))

  defp lines_of({:__block__, _, expressions}, state), do: lines(expressions, state)

  ## Capture and attributes

  defp capture({:/, _, [{{:., _, [target, name]}, _, []}, arity]} = arg, context, state) when is_atom(name) do
    case unblock(arity) do
      n when is_integer(n) ->
        concat(concat("&", remote_target(target, state)), "." <> Macro.inspect_atom(:remote_call, name) <> "/#{n}")

      _ ->
        capture_body(arg, context, state)
    end
  end

  defp capture({:/, _, [{name, _, local}, arity]} = arg, context, state) when is_atom(name) and is_atom(local) do
    case unblock(arity) do
      n when is_integer(n) -> "&#{Atom.to_string(name)}/#{n}"
      _ -> capture_body(arg, context, state)
    end
  end

  defp capture(arg, context, state), do: capture_body(arg, context, state)

  defp capture_body(arg, context, state) do
    context = if context in [:arg, :open], do: :arg, else: :operand
    doc = if attribute_call?(arg), do: parens(expr(arg, :operand, state)), else: capture_operand(arg, context, state)
    if starts?(doc, "&"), do: concat("& ", doc), else: concat("&", doc)
  end

  defp capture_operand(arg, context, state), do: parens_if_operator(expr(arg, context, state), if(match?({:&, _, _}, unblock(arg)), do: nil, else: arg))

  defp attribute_call?({:@, _, [{_, _, args}]}), do: args == [] or match?([_], args)
  defp attribute_call?(_), do: false

  # What an attribute with a value is the target of has parentheses around both.
  defp target(arg, state), do: if(attribute_call?(arg), do: parens(expr(arg, :arg, state)), else: parens_if_fun(expr(arg, :arg, state), arg))

  defp attribute({name, _, []}, _context, _state) when is_atom(name), do: "@" <> Atom.to_string(name) <> "()"

  # Without metadata an alias looks like a call with its name.
  defp attribute({:__aliases__, _, [name]} = alias, _context, state) when is_atom(name),
    do: if(state.unescape, do: "@:" <> Atom.to_string(name), else: concat("@", expr(alias, :operand, state)))

  defp attribute({name, meta, [value]}, context, state) when is_atom(name) and name not in [:{}, :__block__, :__aliases__] do
    cond do
      binary_op(name) != nil ->
        concat("@(", concat(expr({name, meta, [value]}, :block, state), ")"))

      context in [:arg, :open] or Keyword.has_key?(meta, :do) ->
        concat("@", local(name, meta, [value], :operand, state))

      true ->
        bracketed? = keyword?(unblock_list(value)) and match?({:__block__, _, _}, value)
        value = if bracketed?, do: concat(" ", expr(value, :open, %{state | open: true})), else: open_args([value], [], state)
        concat("@" <> Atom.to_string(name), value)
    end
  end

  defp attribute({name, _, [_, _ | _] = args} = call, _context, state) when is_atom(name) do
    if length(args) == 2 and binary_op(name), do: concat("@(", concat(expr(call, :block, state), ")")), else: concat("@", expr(call, :operand, state))
  end

  defp attribute({name, _, context}, _context, _state) when is_atom(name) and is_atom(context), do: "@" <> Atom.to_string(name)
  defp attribute({{:., _, [_, _]}, _, _} = call, _context, state), do: concat("@", expr(call, :operand, state))
  defp attribute(other, _context, state), do: concat("@(", concat(expr(other, :block, state), ")"))

  ## Calls

  defp call({name, meta, args}, context, state) when is_atom(name), do: local(name, meta, args, context, state)

  defp call({{:., _, [target, :{}]}, meta, args}, _context, state) do
    concat(concat(remote_target(target, state), "."), container("{", args, "}", meta, state, :aliases))
  end

  defp call({{:., _, [target, name]}, meta, args}, context, state) when is_atom(name),
    do: remote(target, name, meta, args, context, state)

  defp call({{:., dot, [target]}, meta, args} = ast, _context, state) do
    target_doc = parens_if_fun(expr(target, :arg, %{state | line: dot[:line]}), target)
    concat(concat(target_doc, "."), with_blocks(ast, meta, args, state))
  end

  defp call({{:., _, _} = dot, meta, args}, context, state), do: call({{:__call__, [], [dot]}, meta, args}, context, state)

  defp call({target, meta, args} = ast, _context, state) do
    doc =
      case target do
        {:__call__, _, [{:., _, [left, right]}]} -> concat(concat(expr(left, :operand, state), "."), expr(right, :operand, state))
        _ -> expr(target, :operand, state)
      end

    concat(doc, with_blocks(ast, meta, args, state))
  end

  defp parens_if_fun(doc, target) do
    case unblock(target) do
      {:fn, _, _} -> parens(doc)
      {:&, _, [n]} when is_integer(n) -> doc
      {:&, _, _} -> parens(doc)
      {_, _, [_ | _]} = call -> if(do_blocks(call), do: parens(doc), else: parens_if_operator(doc, call))
      other -> parens_if_operator(doc, other)
    end
  end

  defp local(:unquote, meta, args, _context, state), do: concat("unquote", with_blocks({:unquote, meta, args}, meta, args, state))

  defp local(name, meta, args, context, state) do
    text = characters(Atom.to_string(name))
    {plain, blocks} = split_blocks({name, meta, args})
    state = if blocks && state.unescape, do: %{state | line: meta[:line]}, else: state
    open? = open_call?(name, Enum.count(args, &(not comment?(&1))), meta, context, blocks, state)

    cond do
      blocks != nil and open? -> blocks(concat(text, open_args(plain, [], state, true)), blocks, state)
      blocks != nil and plain == [] -> blocks(text, blocks, state)
      blocks != nil -> blocks(concat(text, closed_args(plain, meta, state)), blocks, state)
      open? -> group(concat(text, open_args(args, meta, state)))
      true -> concat(text, closed_args(args, meta, state))
    end
  end

  defp open_local?(locals, name, arity), do: Enum.any?(locals, fn {local, n} -> local == name and (n == :* or n == arity) end)

  defp open_call?(_name, 0, _meta, _context, _blocks, _state), do: false

  defp open_call?(name, arity, meta, context, blocks, state) do
    cond do
      context in [:arg, :open] and blocks == nil -> false
      Keyword.has_key?(meta, :closing) -> false
      blocks != nil and (not state.unescape or Keyword.has_key?(meta, :do)) -> true
      true -> open_local?(state.locals, name, arity)
    end
  end

  # [do: _, else: _] at the end, printed as blocks.
  defp do_blocks({_, _, args}), do: blocks_of(List.last(args))

  defp blocks_of(list) do
    list = unwrap_blocks(list)

    if is_list(list) and match?([{_, _} | _], list) and unblock(elem(hd(list), 0)) == :do and
         Enum.all?(list, fn pair -> match?({_, _}, pair) and (is_atom(elem(pair, 0)) or unblock(elem(pair, 0)) in @do_keys) end) do
      list
    end
  end

  defp unwrap_blocks({:__block__, _, [list]}) when is_list(list), do: list
  defp unwrap_blocks(list), do: list

  defp split_blocks({_, meta, args}) do
    with true <- args != [],
         [_ | _] = blocks <- blocks_of(List.last(args)),
         true <- Keyword.has_key?(meta, :do) or not wrapped?(List.last(args)) do
      {Enum.drop(args, -1), blocks}
    else
      _ -> {args, nil}
    end
  end

  defp wrapped?([{{:__block__, meta, [:do]}, _} | _]), do: meta[:format] == :keyword
  defp wrapped?({:__block__, _, [list]}), do: wrapped?(list)
  defp wrapped?(_), do: false

  defp remote(target, name, meta, [], _context, state) do
    doc = concat(concat(remote_target(target, state), "."), remote_name(name))

    cond do
      Keyword.get(meta, :no_parens, false) and not module?(target) -> doc
      true -> concat(doc, "()")
    end
  end

  defp remote(target, name, meta, args, _context, state) do
    doc = concat(concat(remote_target(target, state), "."), remote_name(name))

    case split_blocks({name, meta, args}) do
      {_, nil} -> concat(doc, closed_args(args, meta, state))
      {[], blocks} -> blocks(doc, blocks, state)
      {plain, blocks} -> blocks(concat(doc, open_args(plain, meta, state)), blocks, state)
    end
  end

  defp module?({:__aliases__, _, _}), do: true
  defp module?({:__MODULE__, _, context}), do: is_atom(context)
  defp module?({:__block__, _, [target]}), do: is_atom(target)
  defp module?(target), do: is_atom(target)

  defp remote_name(name), do: characters(Macro.inspect_atom(:remote_call, name))

  defp remote_target({:fn, _, _} = fun, state), do: parens(expr(fun, :operand, state))
  defp remote_target({:&, _, [n]} = capture, state) when is_integer(n), do: expr(capture, :operand, state)

  defp remote_target({:@, _, [{_, _, [_ | _]}]} = attribute, state), do: target(attribute, state)
  defp remote_target({:@, _, [{_, _, []}]} = attribute, state), do: target(attribute, state)

  defp remote_target(target, state) do
    doc = expr(target, :arg, state)
    cond do
      match?({:__block__, _, [_, _ | _]}, target) -> doc
      match?({_, _, [_ | _]}, target) and do_blocks(target) != nil -> parens(doc)
      true -> parens_if_operator(doc, target)
    end
  end

  defp with_blocks(ast, meta, args, state) do
    case split_blocks(ast) do
      {_, nil} -> closed_args(args, meta, state)
      {[], blocks} -> blocks(if(match?({{:., _, [_]}, _, _}, ast) and not state.unescape, do: "()", else: ""), blocks, state)
      {plain, blocks} when is_tuple(elem(ast, 0)) and elem(elem(ast, 0), 0) == :. ->
        blocks(open_args(plain, meta, state), blocks, state)
      {plain, blocks} -> blocks(closed_args(plain, meta, state), blocks, state)
    end
  end

  defp access(meta, target, key, state) do
    state = closed(state)
    doc = target(target, state)
    doc = if match?({_, _, [_ | _]}, target) and do_blocks(target) != nil, do: parens(doc), else: doc
    docs = if keyword?(key), do: pairs(key, state), else: items([key], state)
    concat(doc, surround("[", join_args(docs), "]", eol?(meta, state)))
  end

  # "(a, b)": the last argument may hug the parentheses.
  defp closed_args([], _meta, _state), do: "()"

  defp closed_args(args, meta, state) do
    state = closed(state)
    all = args
    {args, keywords} = split_call_keywords(args)
    context = if match?([_], all) and keywords == [], do: :one, else: :arg
    docs = for(arg <- args, do: expr(arg, context, state)) ++ pairs(keywords, state)
    mixed? = args != [] and keywords != []
    args_apart? = if mixed?, do: match?([_, _ | _], args) and apart?(args, state), else: apart?(args ++ keywords, state)
    broken? = (eol?(meta, state) or args_apart?) and length(docs) > 1
    last = if keywords == [], do: List.last(args)
    comments? = comments?(all) or comments?(keywords)
    below? = keywords_apart?(keywords, state) or (match?([_], args) and apart?(args ++ keywords, state))

    cond do
      mixed? and not comments?(args) and comments? ->
        kept = group(concat("(", concat(break(""), comma_after(Enum.take(docs, length(args))))))
        force_unfit(concat(nest(line(kept, join_items(keywords, Enum.drop(docs, length(args)))), 2), concat(line(), ")")))

      comments? ->
        surround("(", join_items(args ++ keywords, docs), ")", true)

      mixed? and below? and not broken? ->
        first = comma_after(for(arg <- args, do: expr(arg, context, state)))
        kept = group(concat("(", concat(break(""), first)))
        force_unfit(concat(nest(line(kept, lined(pairs(keywords, state))), 2), concat(line(), ")")))

      broken? ->
        surround("(", join_args(docs), ")", true)

      args != [] and keywords != [] and not Enum.any?(args, &match?({:<-, _, _}, &1)) ->
        {left, right} = Enum.split(docs, length(args))
        right = next_break_fits(group(concat(nest(concat(break(" "), join_args(right)), 2, :break), break("")), :inherit), :enabled)
        next_break_fits(
          group(concat(concat("(", opening(left)), concat(right, ")"))),
          :disabled
        )

      hug?(last) ->
        next_break_fits(group(hugged("(", docs, ")")), :disabled)

      length(docs) == 1 and keywords == [] ->
        surround("(", hd(docs), ")", false)

      true ->
        surround("(", join_args(docs), ")", false)
    end
  end

  defp opening(left), do: nest(concat(break(""), comma_after(left)), 2, :break)

  # " a, b": lines after the first are aligned with the first argument, or indented if keywords follow.
  defp open_args(args, meta, state, before_do? \\ false)
  defp open_args([], _meta, _state, _before_do?), do: empty()

  defp open_args(args, meta, state, before_do?) do
    state = %{state | open: true}
    all = args
    {args, keywords} = split_call_keywords(args)
    context = if match?([_], all) and keywords == [], do: :one, else: :open
    left = for arg <- args, do: open_arg(arg, context, state, before_do?)
    right = pairs(keywords, state)
    docs = left ++ right
    broken? = length(docs) > 1 and (eol?(meta, state) or apart?(args ++ keywords, state))
    last = if keywords == [], do: List.last(args)

    cond do
      comments?(args ++ keywords) -> open_with_comments(args, left, keywords, right)
      left != [] and right != [] and not Enum.any?(args, &match?({:<-, _, _}, &1)) ->
        open_with_keywords(left, right, args, broken? or keywords_apart?(keywords, state), state)

      broken? -> group(force_unfit(concat(" ", nest(lined(docs), :cursor, :break))))
      length(docs) > 1 and hug?(last) -> next_break_fits(group(concat(" ", hugged_open(docs))), :disabled)
      heredoc?(last) or hug?(last) -> group(concat(" ", hd(docs)))
      match?([{:when, _, _}], args) -> concat(" ", nest(join_args(docs), :cursor, :break))
      true -> group(concat(" ", nest(join_args(docs), :cursor, :break)))
    end
  end

  # Keywords on lines of their own, or all arguments aligned.
  defp open_with_comments(args, left, keywords, right) do
    if args != [] and keywords != [] and not comments?(args) and not Enum.any?(args, &match?({:<-, _, _}, &1)) do
      force_unfit(concat(concat(concat(" ", group(join_args(left))), ","), nest(concat(line(), join_items(keywords, right)), 2)))
    else
      force_unfit(concat(" ", nest(join_items(args ++ keywords, left ++ right), :cursor, :break)))
    end
  end

  defp open_arg({:.., _, []}, _context, _state, true), do: "(..)"

  defp open_arg(arg, context, state, _before_do?), do: expr(arg, context, state)

  defp keywords_apart?(keywords, state), do: match?([_, _ | _], keywords) and apart?(keywords, state)

  # Keywords may go to lines of their own, indented by two; if that is not enough all is aligned with the first argument.
  defp open_with_keywords(left, right, args, broken?, state) do
    right = if broken?, do: force_unfit(concat(line(), lined(right))), else: concat(break(" "), join_args(right))
    left = if length(left) > 1 and apart?(args, state), do: append(force_unfit(lined(left)), ","), else: comma_after(left)
    doc = concat(left, next_break_fits(group(right, :inherit), :enabled))
    next_break_fits(group(nest(concat(" ", nest(doc, :cursor, :break)), 2)), :disabled)
  end

  defp lined(docs), do: fold_doc(docs, fn left, right -> line(comma(left), right) end)

  defp heredoc?({_, meta, _}) when is_list(meta), do: meta[:delimiter] in ["\"\"\"", "'''"]
  defp heredoc?(_), do: false

  defp hugged_open(docs) do
    {front, [last]} = Enum.split(docs, -1)
    doc = glue(comma_after(front), next_break_fits(group(last, :inherit), :enabled))
    nest(doc, :cursor, :break)
  end

  # Arguments that come from different lines stay on different lines. A literal has the line of the enclosing call with a block.
  defp apart?(args, state), do: apart?(args, state, %{})

  defp apart?([arg | rest], state, lines) do
    case line_of(arg, state) do
      nil -> apart?(rest, state, lines)
      line when :erlang.is_map_key(line, lines) -> false
      line -> apart?(rest, state, :maps.put(line, true, lines))
    end
  end

  defp apart?([], _state, lines), do: map_size(lines) >= 2

  defp line_of({{_, meta, _}, _}, %{unescape: false}) when is_list(meta), do: meta[:line]
  defp line_of({_, meta, _}, _state) when is_list(meta), do: meta[:line]
  defp line_of([{:->, _, _} = clause | _], state), do: line_of(clause, state)
  defp line_of(_literal, state), do: state.line

  # The keywords at the end of arguments, {[], ...} if there are none. In a call they lose their brackets, elsewhere they keep them.
  defp split_keywords(args) do
    case args |> List.last() |> unwrapped_keywords() do
      nil -> {args, []}
      keywords -> {Enum.drop(args, -1), keywords}
    end
  end

  defp split_call_keywords(args) do
    last = unblock_list(List.last(args))
    if keyword?(last), do: {Enum.drop(args, -1), last}, else: {args, []}
  end

  defp unblock_list({:__block__, _, [list]}) when is_list(list), do: list
  defp unblock_list(other), do: other

  defp unwrapped_keywords({:__block__, meta, [list]}) when is_list(list),
    do: if(Keyword.has_key?(meta, :closing), do: nil, else: unwrapped_keywords(list))
  defp unwrapped_keywords(list), do: if(keyword?(list), do: list)

  # Whose own brackets can take the breaks.
  defp hug?({:__block__, meta, [text]}) when is_binary(text), do: meta[:delimiter] == "\"\"\""
  defp hug?({:__block__, meta, [list]}) when is_list(list), do: meta[:delimiter] != "'"
  defp hug?({:__block__, meta, [{_, _} = pair]}), do: Keyword.get(meta, :newlines, 0) > 0 or holds_comment?(pair)
  defp hug?({:{}, meta, [_ | _] = items}), do: Keyword.get(meta, :newlines, 0) > 0 or holds_comment?(items)
  defp hug?({:%{}, _, [{:"$comment", _, _} | _] = items}), do: not Enum.all?(items, &comment?/1)
  defp hug?({:__block__, _, [inner]}), do: hug?(inner)
  defp hug?({form, _, [_ | _]}) when form in [:fn, :%{}, :%], do: true
  defp hug?({{:., _, [_, :{}]}, _, _}), do: true
  defp hug?({name, meta, args}) when is_atom(name) and is_list(args), do: meta[:delimiter] in ["\"\"\"", "'''"]
  defp hug?([{:->, _, _} | _]), do: false
  defp hug?(list) when is_list(list), do: list == [] or not List.ascii_printable?(list)
  defp hug?(_), do: false

  defp holds_comment?({:"$comment", _, _}), do: true
  defp holds_comment?({form, _, args}), do: holds_comment?(form) or holds_comment?(args)
  defp holds_comment?({left, right}), do: holds_comment?(left) or holds_comment?(right)
  defp holds_comment?([head | tail]), do: holds_comment?(head) or holds_comment?(tail)
  defp holds_comment?(_), do: false

  ## Blocks of calls, clauses and functions

  # An open call around this one would take its `do`: it stands in parentheses.
  defp blocks(head, blocks, %{open: true} = state), do: parens(blocks(head, blocks, closed(state)))

  defp blocks(head, blocks, state) do
    [{_, first} | rest] = blocks
    doc = section(append_do(head), first, state)

    doc =
      Enum.reduce(rest, doc, fn {key, value}, doc ->
        line(doc, section(Atom.to_string(unblock(key)), value, state))
      end)

    group(force_unfit(line(doc, "end")))
  end

  # Puts text inside the last group, so that it counts when the group is fitted.
  defp append({:doc_group, doc, mode}, text), do: {:doc_group, concat(doc, text), mode}
  defp append({:doc_cons, left, right}, text), do: {:doc_cons, left, append(right, text)}
  defp append(doc, text), do: concat(doc, text)

  # `do` counts for the arguments before it, whatever is around their group.
  defp append_do({:doc_nest, doc, level, mode}), do: {:doc_nest, append_do(doc), level, mode}
  defp append_do({:doc_fits, doc, mode}), do: {:doc_fits, append_do(doc), mode}
  defp append_do({:doc_cons, left, right}), do: {:doc_cons, left, append_do(right)}
  defp append_do(doc), do: append(doc, " do")

  defp section(head, {:__block__, _, []}, _state), do: head
  defp section(head, value, state), do: concat(head, nest(concat(line(), block(value, state)), 2))

  # The type of a function on one line, or clauses on lines between the parentheses.
  defp parens_clauses([{:->, meta, [args, body]} = clause], state) do
    if match?({:__block__, _, [_, _ | _]}, body) do
      group(force_unfit(concat(nest(line("(", clauses([clause], state)), 2), concat(line(), ")"))))
    else
      body_doc = body(body, state)

      if args == [] do
        forced(parens(concat("() -> ", nest(body_doc, :cursor))), clause, state)
      else
        head = group(append(clause_args(args, %{state | line: meta[:line]}), " ->"))
        forced(parens(concat(head, nest(concat(break(" "), body_doc), 2))), clause, state)
      end
    end
  end

  defp parens_clauses(clauses, state), do: group(force_unfit(concat(nest(line("(", clauses(clauses, state)), 2), concat(line(), ")"))))

  defp clauses([first | rest], state) do
    {doc, _} =
      Enum.reduce(rest, {clause(first, state), first}, fn next, {doc, before} ->
        gap =
          cond do
            empty_after?(before) -> nest(line(), :reset)
            comment?(before) -> empty()
            true -> nest(break(""), :reset)
          end
        {doc |> concat(gap) |> line(clause(next, state, comment?(before))), next}
      end)

    group(if(Enum.any?([first | rest], fn clause -> eol_clause?(clause, state) end), do: force_unfit(doc), else: doc))
  end

  # A clause whose body was begun on the next line stays so.
  defp forced(doc, clause, state), do: group(if eol_clause?(clause, state), do: force_unfit(doc), else: doc)

  defp eol_clause?({:->, meta, _}, state), do: eol?(meta, state)
  defp eol_clause?(_, _), do: false

  # Below a comment the arrow does not count when the head is fitted.
  defp clause(clause, state, below_comment? \\ false)

  defp clause({:->, meta, [args, body]}, state, below_comment?) do
    state = %{state | line: meta[:line]}

    if args == [] do
      nest(glue("() ->", body(body, state)), 2)
    else
      args = clause_args(args, %{state | nesting: state.nesting + 2})
      head = group(concat(if(below_comment?, do: group(args), else: ungrouped(args)), " ->"))
      concat(head, nest(concat(break(" "), body(body, state)), 2))
    end
  end

  defp clause(other, state, _below_comment?), do: expr(other, :block, state)

  # Between brackets nobody takes a `do` that belongs inside.
  defp closed(state), do: %{state | open: false}

  defp body({:__block__, _, [_, _ | _]} = block, state), do: force_unfit(block(block, state))
  defp body({:__block__, _, []}, _state), do: "nil"
  defp body([{:->, _, _} | _] = fun, state), do: expr(fun, :block, closed(state))
  defp body(body, state), do: block(body, closed(state))

  # Among several clauses what follows an operator at the end of a line stands apart from the body (state.nesting).
  defp clause_args([{:when, meta, args}], state) do
    {args, [guard]} = Enum.split(args, -1)
    left = if args == [], do: "()", else: join_params(arg_docs(args, state))
    guard_doc = operand(guard, %{state | open: true, op: :arg}, :when, {:right, 50}, :right, 0)
    guard_doc = if match?({:when, _, [_, _]}, guard), do: guard_doc, else: nest(guard_doc, 5, :always)
    doc = glue(group(left), concat("when ", guard_doc))
    if eol?(meta, state), do: force_unfit(doc), else: doc
  end

  defp clause_args(args, state), do: group(join_params(arg_docs(args, state)))

  # Between the parameters of a clause the comma does not count when the one before it is fitted.
  defp join_params(docs), do: fold_doc(docs, fn left, right -> glue(concat(left, ","), right) end)

  # The arrow counts when the arguments are fitted.
  defp ungrouped({:doc_group, doc, _}), do: doc
  defp ungrouped(doc), do: doc

  defp arg_docs(args, state) do
    {args, keywords} = if state.unescape, do: {args, []}, else: split_keywords(args)
    state = %{state | open: true}
    for(arg <- args, do: expr(arg, :open, state)) ++ pairs(keywords, state)
  end

  # One short clause stays on a line if it was not begun on the next; several, or a body of several lines, do not.
  defp fun([{:->, _, [args, body]} = clause], eol?, state) when args == [] or not eol? do
    head = if args == [], do: "fn ->", else: group(concat("fn ", concat(nest(ungrouped(clause_args(args, state)), :cursor), " ->")))
    body = nest(concat(break(" "), body(body, state)), 2)
    doc = concat(concat(head, body), concat(break(" "), "end"))
    forced(doc, clause, state)
  end

  defp fun(clauses, _eol?, state) do
    group(force_unfit(line(nest(line("fn", clauses(clauses, state)), 2), "end")))
  end
end
