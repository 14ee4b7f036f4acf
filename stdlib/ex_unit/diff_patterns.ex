# SPDX-License-Identifier: Apache-2.0
# ExUnit.Diff.Patterns: what of a value a pattern does not match. Invariant: a pattern is found equal exactly where the
# match with the variables bound so far succeeds; macros of the pattern stand in blocks that keep the source (`original`).
defmodule ExUnit.Diff.Patterns do
  @moduledoc false
  alias ExUnit.Diff
  alias ExUnit.Diff.{Lists, Texts}

  def diff({:when, _, [pattern, guard]}, value, env) do
    {equal?, left, right, env} = diff(pattern, value, env)

    if equal? do
      {holds?, node} = guard(guard, env)
      {holds?, {:infix, :when, [left, node]}, right, env}
    else
      {false, {:infix, :when, [left, {:code, source(guard)}]}, right, env}
    end
  end

  # A macro: what it stands for is compared, what was written is shown.
  def diff({:__block__, meta, [expanded]} = node, value, env) do
    if meta[:original] do
      {equal?, _left, right, env} = diff(expanded, value, env)
      {equal?, if(equal?, do: {:code, source(node)}, else: {:mark, {:code, source(node)}}), right, env}
    else
      diff(expanded, value, env)
    end
  end

  def diff({:^, _, [{name, _, context}]} = pin, value, env) when is_atom(name) and is_atom(context) do
    {equal?, _left, right, _env} = Diff.values(pinned(env, name, context), value, env)
    {equal?, if(equal?, do: {:code, pin}, else: {:mark, {:code, pin}}), right, env}
  end

  def diff({:_, _, context} = var, value, env) when is_atom(context), do: {true, {:code, var}, {:flat, value}, env}

  def diff({name, meta, context} = var, value, env) when is_atom(name) and is_atom(context) and name != :__MODULE__ do
    key = {name, Keyword.get(meta, :counter, context)}

    case env.current_vars do
      %{^key => ^value} -> {true, {:code, var}, {:flat, value}, env}
      %{^key => _} -> {false, {:mark, {:code, var}}, {:mark, {:value, value}}, env}
      vars -> {true, {:code, var}, {:flat, value}, %{env | current_vars: Map.put(vars, key, value)}}
    end
  end

  def diff({:-, _, [number]}, value, env) when is_number(number), do: Diff.values(-number, value, env)
  def diff({:+, _, [number]}, value, env) when is_number(number), do: Diff.values(number, value, env)
  def diff({:{}, _, patterns}, value, env) when is_tuple(value), do: tuple(patterns, value, env)
  def diff({left, right}, value, env) when is_tuple(value), do: tuple([left, right], value, env)
  def diff({:%, _, [name, {:%{}, _, pairs}]} = node, %{} = value, env), do: struct(name, pairs, node, value, env)
  def diff({:%{}, _, pairs} = node, %{} = value, env), do: map(pairs, node, value, env)
  def diff({:<<>>, _, [_ | _]} = node, value, env) when is_bitstring(value) do
    if Macro.quoted_literal?(node) and matches?(node, value, env),
      do: {true, {:code, source(node)}, {:value, value}, env},
      else: unequal(node, value, env)
  end

  def diff({:<>, _, [_, _]} = node, value, env) when is_binary(value), do: prefix(node, value, env)
  def diff({:++, _, [_, _]} = node, value, env) when is_list(value), do: appended(node, value, env)
  def diff(patterns, value, env) when is_list(patterns) and is_list(value), do: list(patterns, value, env)

  def diff(literal, value, env) when is_atom(literal) or is_number(literal) or is_binary(literal) do
    Diff.values(literal, value, env)
  end

  def diff(pattern, value, env) do
    if matches?(pattern, value, env),
      do: {true, {:code, source(pattern)}, {:value, value}, env},
      else: {false, {:mark, source_node(pattern)}, {:mark, {:value, value}}, env}
  end

  defp pinned(env, name, context), do: Map.get_lazy(env.pins, name, fn -> Map.fetch!(env.pins, {name, context}) end)

  # The pattern as it was written.
  @doc false
  def source(pattern) do
    Macro.prewalk(pattern, fn
      {:__block__, meta, [_]} = node -> Keyword.get(meta, :original, node)
      node -> node
    end)
  end

  defp source_node({key, value}) when is_atom(key), do: {:pair, {:value, key}, source_node(value)}
  defp source_node(pattern), do: {:code, source(pattern)}

  ## Tuples and lists

  defp tuple(patterns, value, env) do
    {equal?, lefts, rights, env} = Lists.tuples(patterns, Tuple.to_list(value), env, &diff/3, &source_node/1)
    {equal?, {:tuple, lefts}, {:tuple, rights}, env}
  end

  defp list(patterns, value, env) do
    if List.ascii_printable?(patterns) and List.ascii_printable?(value) and patterns != value,
      do: Texts.charlists(patterns, value, env),
      else: list_of(patterns, value, env)
  end

  defp list_of(patterns, value, env) do
    case Enum.split(patterns, -1) do
      {init, [{:|, _, [last, tail]}]} -> cons(init ++ [last], tail, value, env, &{:list, &1, &2})
      _ -> cons(patterns, [], value, env, fn nodes, _ -> {:list, nodes, nil} end)
    end
  end

  defp appended(node, value, env) do
    {lists, tail} = operands(node, :++)
    [last | init] = Enum.reverse(lists)
    shape = fn nodes, tail -> {:infix, :++, appended_nodes(Enum.reverse(init), last, nodes) ++ [tail]} end
    if Enum.all?(lists, &is_list/1), do: cons(Enum.concat(lists), tail, value, env, shape), else: unequal(node, value, env)
  end

  # The heads of each list again, by their lengths.
  defp appended_nodes([], _last, nodes), do: [{:list, nodes, nil}]

  defp appended_nodes([list | lists], last, nodes) do
    {heads, nodes} = Enum.split(nodes, length(list))
    [{:list, heads, nil} | appended_nodes(lists, last, nodes)]
  end

  defp unequal(pattern, value, env), do: {false, {:mark, {:code, source(pattern)}}, {:mark, {:value, value}}, env}

  # The elements of the pattern against as many of the value, what is left of it against the tail. `shape` makes the
  # left side of the nodes and of the tail.
  defp cons(patterns, tail, value, env, shape) do
    {values, improper} = heads(value, [])
    {equal?, lefts, rights, extra, env} = Lists.elements(patterns, values, env, &diff/3, &source_node/1)
    rest = Enum.reduce(Enum.reverse(extra), improper, &[&1 | &2])

    if length(values) < length(patterns) do
      {false, shape.(lefts, tail_node(tail)), improper(rights, improper), env}
    else
      {tail_equal?, left_tail, right_tail, env} = tail(tail, rest, env)
      {rest_nodes, improper} = rest_nodes(right_tail)
      {equal? and tail_equal?, shape.(lefts, left_tail), {:list, rights ++ rest_nodes, improper}, env}
    end
  end

  defp heads([head | tail], acc), do: heads(tail, [head | acc])
  defp heads(tail, acc), do: {Enum.reverse(acc), tail}

  defp improper(nodes, []), do: {:list, nodes, nil}
  defp improper(nodes, tail), do: {:list, nodes, {:value, tail}}

  defp tail([], [], env), do: {true, nil, {:list, [], nil}, env}
  defp tail([], [_ | _] = rest, env), do: {false, nil, {:list, for(r <- rest, do: {:mark, {:value, r}}), nil}, env}
  defp tail([_ | _] = list, rest, env) when is_list(rest), do: list_of(list, rest, env)
  defp tail(tail, rest, env), do: diff(tail, rest, env)

  defp tail_node([]), do: nil
  defp tail_node(tail), do: {:code, source(tail)}

  # The right side of the tail, as elements of the list before it.
  defp rest_nodes({:list, nodes, tail}), do: {nodes, tail}

  defp rest_nodes({kind, list}) when kind in [:value, :flat] do
    case heads(list, []) do
      {values, []} -> {Enum.map(values, &{kind, &1}), nil}
      {values, tail} -> {Enum.map(values, &{kind, &1}), {kind, tail}}
    end
  end

  defp rest_nodes({:mark, {:value, list}}) when is_list(list), do: {Enum.map(list, &{:mark, {:value, &1}}), nil}
  defp rest_nodes({:text, "'", _, _} = node), do: {[], node}
  defp rest_nodes(node), do: {[], node}

  ## Maps

  defp map(pairs, node, value, env) do
    with {{_, name}, pairs} <- List.keytake(pairs, :__struct__, 0),
         name when name != nil <- struct_name(name) do
      struct(name, pairs, node, value, env)
    else
      _ -> fields(pairs, nil, Map.get(value, :__struct__), value, env)
    end
  end

  defp struct(name, pairs, node, value, env) do
    actual = Map.get(value, :__struct__)
    known = struct_name(name)

    cond do
      known == nil -> fields([{:__struct__, name} | pairs], nil, actual, value, env)
      text = literal_text(known, pairs) -> literal_struct(text, node, value, env)
      true -> fields(pairs, known, actual, value, env)
    end
  end

  defp struct_name({:__aliases__, _, parts}), do: Module.concat(parts)
  defp struct_name(name) when is_atom(name), do: name
  defp struct_name(_variable), do: nil

  # A struct of literals that has its own way to be shown.
  defp literal_text(name, pairs) do
    if Macro.quoted_literal?(pairs) and Code.ensure_loaded?(name) and function_exported?(name, :__struct__, 1) do
      {fields, _} = Code.eval_quoted(pairs)
      name |> struct(fields) |> Diff.shown()
    end
  end

  defp literal_struct(text, node, value, env) do
    cond do
      matches?(node, value, env) -> {true, {:code, source(node)}, {:value, value}, env}
      shown = is_map_key(value, :__struct__) && Diff.shown(value) -> Texts.plain(text, shown, env)
      true -> {false, {:mark, {:text, "", [{:eq, text}], ""}}, {:mark, {:value, value}}, env}
    end
  end

  # The fields both have, by their keys; then those only the pattern asks for; the value shows the others it has too.
  defp fields(pairs, name, actual, value, env) do
    {left_name, right_name} = if name, do: Diff.names(name, actual), else: {nil, actual && {:value, actual}}
    pairs = for {key, pattern} <- pairs, do: {key(key, env), key, pattern}
    {common, missing} = Enum.split_with(pairs, fn {key, _, _} -> match?({:ok, key} when is_map_key(value, key), key) end)

    {nodes, {equal?, env}} =
      common
      |> Enum.sort_by(fn {{:ok, key}, _, _} -> key end)
      |> Enum.map_reduce({missing == [] and left_name == right_name or name == nil and missing == [], env}, fn {{:ok, key}, ast, pattern}, {equal?, env} ->
        {same?, l, r, env} = diff(pattern, Map.fetch!(value, key), env)
        {{{:pair, key_node(ast), l}, {:pair, {:value, key}, r}}, {equal? and same?, env}}
      end)

    {lefts, rights} = Enum.unzip(nodes)
    lefts = lefts ++ for({_, ast, pattern} <- missing, do: {:mark, {:pair, key_node(ast), {:code, source(pattern)}}})
    matched = for {{:ok, key}, _, _} <- common, do: key
    others = for {key, field} <- value |> Map.drop([:__struct__ | matched]) |> Enum.sort(), do: {:pair, {:value, key}, {:flat, field}}
    rights = Enum.reject(rights, &match?({:pair, {:value, :__struct__}, _}, &1))
    {equal?, {:map, left_name, lefts}, {:map, right_name, rights ++ others}, env}
  end

  # The value of a key, where it is known.
  defp key({:^, _, [{name, _, context}]}, env), do: {:ok, pinned(env, name, context)}
  defp key({:__block__, _, [key]}, env), do: key(key, env)
  defp key(key, _env) when is_atom(key) or is_number(key) or is_binary(key), do: {:ok, key}
  defp key(key, _env), do: if(Macro.quoted_literal?(key), do: {:ok, key |> Code.eval_quoted() |> elem(0)}, else: :error)

  defp key_node(key) when is_atom(key), do: {:value, key}
  defp key_node(key), do: {:code, source(key)}

  ## Strings

  defp prefix(node, value, env) do
    {literals, rest} = operands(node, :<>)
    {literals, rest} = if is_binary(rest), do: {literals ++ [rest], nil}, else: {literals, rest}
    if Enum.all?(literals, &is_binary/1), do: prefix(literals, rest, value, node, env), else: unequal(node, value, env)
  end

  defp prefix(literals, rest, value, node, env) do
    {lefts, rights, tail} = literals(literals, value, [], [], rest == nil)
    equal? = Enum.all?(lefts ++ rights, fn {_, parts} -> Enum.all?(parts, &match?({:eq, _}, &1)) end)
    {rest_equal?, rest_node, env} = rest(rest, tail, equal?, env)
    right_parts = Enum.flat_map(rights, &elem(&1, 1)) ++ if(tail == "", do: [], else: [{:eq, Texts.escape(tail, ?")}])
    left = for {_, parts} <- lefts, do: {:text, "\"", parts, "\""}

    if equal? and rest_equal?,
      do: {true, {:code, source(node)}, {:value, value}, env},
      else: {false, {:infix, :<>, left ++ List.wrap(rest_node)}, {:text, "\"", right_parts, "\""}, env}
  end

  defp literals([], value, lefts, rights, _whole?), do: {Enum.reverse(lefts), Enum.reverse(rights), value}

  defp literals([literal | literals], value, lefts, rights, whole?) do
    {head, tail} = if whole? and literals == [], do: {value, ""}, else: split(value, byte_size(literal))
    {left, right} = if head == literal, do: {[{:eq, escape(head)}], [{:eq, escape(head)}]}, else: Texts.parts(escape(literal), escape(head))
    literals(literals, tail, [{:left, left} | lefts], [{:right, right} | rights], whole?)
  end

  defp escape(text), do: Texts.escape(text, ?")
  defp split(value, size) when byte_size(value) <= size, do: {value, ""}
  defp split(value, size), do: {binary_part(value, 0, size), binary_part(value, size, byte_size(value) - size)}

  defp rest(nil, tail, _equal?, env), do: {tail == "", nil, env}
  defp rest({_, _, context} = var, tail, true, env) when is_atom(context), do: rest_diff(var, tail, env)
  defp rest({_, _, context} = var, _tail, false, env) when is_atom(context), do: {true, {:code, var}, env}

  defp rest(pattern, tail, _equal?, env) do
    if matches?(pattern, tail, env), do: {true, {:code, source(pattern)}, env}, else: {false, {:mark, {:code, source(pattern)}}, env}
  end

  defp rest_diff(var, tail, env) do
    {equal?, left, _right, env} = diff(var, tail, env)
    {equal?, left, env}
  end

  # a <> b <> c: {[a, b], c}
  defp operands({operator, _, [left, right]}, operator) do
    {lefts, last} = operands(right, operator)
    {[left | lefts], last}
  end

  defp operands(other, _operator), do: {[], other}

  ## What only a match can tell

  # Patterns without a rule of their own never bind here; the match itself decides.
  defp matches?(pattern, value, env) do
    pins = for {name, pinned} <- env.pins, do: {if(is_tuple(name), do: elem(name, 0), else: name), pinned}
    code =
      {:case, [],
       [Macro.escape(value), [do: [{:->, [generated: true], [[expand(pattern)], true]}, {:->, [generated: true], [[{:_, [], nil}], false]}]]]}
    {result, _} = Code.eval_quoted(code, pins)
    result
  rescue
    _ -> false
  end

  defp expand(pattern) do
    Macro.prewalk(pattern, fn
      {:__block__, meta, [expanded]} = node -> if meta[:original], do: expanded, else: node
      {name, meta, context} when is_atom(name) and is_atom(context) and name != :_ -> {name, meta, nil}
      node -> node
    end)
  end

  ## Guards

  # {whether it holds, the node in which the parts that do not are marked}
  defp guard({operator, _, [left, right]}, env) when operator in [:and, :or, :when] do
    {left_holds?, left} = guard(left, env)
    {right_holds?, right} = guard(right, env)
    holds? = if operator == :and, do: left_holds? and right_holds?, else: left_holds? or right_holds?
    {holds?, {:infix, operator, [left, right]}}
  end

  defp guard({:__block__, meta, [expanded]} = node, env) do
    case meta[:original] do
      {operator, _, [_, _]} = original when operator in [:and, :or] -> guard(original, env)
      nil -> guard(expanded, env)
      _ -> leaf(node, env)
    end
  end

  defp guard(guard, env), do: leaf(guard, env)

  defp leaf(guard, env) do
    if holds?(guard, env), do: {true, {:code, source(guard)}}, else: {false, {:mark, {:code, source(guard)}}}
  end

  defp holds?(guard, env) do
    vars = for {{name, context}, value} <- env.current_vars, do: {var_key(name, context), value}
    pins = for {name, value} <- env.pins, do: {if(is_tuple(name), do: elem(name, 0), else: name), value}
    {result, _} = Code.eval_quoted(unnumbered(guard), pins ++ vars)
    result == true
  rescue
    _ -> false
  end

  defp var_key(name, context) when is_atom(context), do: if(context, do: {name, context}, else: name)
  defp var_key(name, _counter), do: name

  defp unnumbered(guard) do
    Macro.prewalk(guard, fn
      {:__block__, meta, [expanded]} = node -> if meta[:original], do: expanded, else: node
      {name, meta, context} when is_atom(name) and is_atom(context) ->
        {name, Keyword.delete(meta, :counter), if(meta[:counter], do: nil, else: context)}
      node -> node
    end)
  end
end
