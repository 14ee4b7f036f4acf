# SPDX-License-Identifier: Apache-2.0
# ExUnit.Diff: two sides of an assertion as trees in which what only one of them has is marked. Invariant: without the
# marks each tree is what inspect (or the code of a pattern) shows. The nodes of a tree:
#
#     {:mark, node}                only this side has it
#     {:value, term} {:flat, term} shown as inspect, where it can break and on one line
#     {:code, ast} {:shown, text}  shown as source, as it is
#     {:text, open, parts, close}  a text; a part is {:eq | :mark, escaped}
#     {:list, nodes, tail | nil}, {:tuple, nodes}, {:map, name, pairs}
#     {:pair, key, value}          in a map, and in a list of a pattern
#     {:infix, operator, nodes}    <> and ++ of a pattern, the guards
defmodule ExUnit.Diff do
  @moduledoc false
  alias ExUnit.Diff.{Lists, Patterns, Texts}
  import Inspect.Algebra

  defstruct equivalent?: true, left: nil, right: nil

  @doc """
  What `left` and `right` do not share. The context is `:==`, `:===`, or `{:match, pins}` where the left side is a pattern.
  """
  def compute(left, right, context) do
    env = %{pins: %{}, context: context, current_vars: %{}, hints: []}

    {equivalent?, left, right, env} =
      case context do
        {:match, pins} -> Patterns.diff(left, right, %{env | context: :match, pins: Map.new(pins)})
        _ -> values(left, right, env)
      end

    {%__MODULE__{equivalent?: equivalent?, left: left, right: right}, env}
  end

  ## Values

  @doc false
  def values(left, right, env) do
    if same?(left, right, env), do: {true, {:value, left}, {:value, right}, env}, else: different(left, right, env)
  end

  defp same?(left, right, %{context: :==}), do: left == right
  defp same?(left, right, _env), do: left === right

  defp different(left, right, env) when is_binary(left) and is_binary(right), do: Texts.strings(left, right, env)
  defp different(left, right, env) when is_number(left) and is_number(right), do: Texts.shown(left, right, env)

  defp different(left, right, env) when is_list(left) and is_list(right) do
    if List.ascii_printable?(left) and List.ascii_printable?(right),
      do: Texts.charlists(left, right, env),
      else: Lists.diff(left, right, env)
  end

  defp different(left, right, env) when is_tuple(left) and is_tuple(right) do
    {equal?, lefts, rights, env} = Lists.tuples(Tuple.to_list(left), Tuple.to_list(right), env, &values/3)
    {equal?, {:tuple, lefts}, {:tuple, rights}, env}
  end

  defp different(%{__struct__: name} = left, %{__struct__: _} = right, env) when is_atom(name) do
    case {shown(left), shown(right)} do
      {nil, _} -> maps(left, right, env)
      {_, nil} -> whole(left, right, env)
      {text, text} -> if name == right.__struct__, do: maps(left, right, env), else: whole(left, right, env)
      {left_text, right_text} -> Texts.plain(left_text, right_text, env)
    end
  end

  defp different(%{} = left, %{} = right, env), do: maps(left, right, env)
  defp different(left, right, env), do: whole(left, right, env)

  defp whole(left, right, env), do: {false, {:mark, {:value, left}}, {:mark, {:value, right}}, env}

  @doc false
  # The text of a struct that has its own way to be shown.
  def shown(%{__struct__: name} = struct) when is_atom(name) do
    if Inspect.impl_for(struct) not in [Inspect.Any, Inspect.Map] do
      try do
        inspect(struct, safe: false)
      rescue
        _ -> nil
      end
    end
  end

  ## Maps

  defp maps(left, right, env) do
    {left_name, right_name} = names(Map.get(left, :__struct__), Map.get(right, :__struct__))
    {left, right} = {Map.delete(left, :__struct__), Map.delete(right, :__struct__)}
    {common, removed} = left |> Enum.sort() |> Enum.split_with(fn {key, _} -> is_map_key(right, key) end)

    {pairs, {equal?, env}} =
      Enum.map_reduce(common, {left_name == right_name, env}, fn {key, l}, {equal?, env} ->
        {same?, l, r, env} = values(l, Map.fetch!(right, key), env)
        {{{:pair, {:value, key}, l}, {:pair, {:value, key}, r}}, {equal? and same?, env}}
      end)

    {lefts, rights} = Enum.unzip(pairs)
    added = right |> Map.drop(Map.keys(left)) |> Enum.sort()
    {lefts, rights} = {lefts ++ marked(removed), rights ++ marked(added)}
    {equal? and removed == [] and added == [], {:map, left_name, lefts}, {:map, right_name, rights}, env}
  end

  defp marked(pairs), do: for({key, value} <- pairs, do: {:mark, {:pair, {:value, key}, {:value, value}}})

  @doc false
  def names(same, same), do: {name(same), name(same)}
  def names(left, right), do: {differing(name(left)), differing(name(right))}

  defp differing(nil), do: nil
  defp differing(name), do: {:mark, name}
  defp name(nil), do: nil
  defp name(struct), do: {:value, struct}

  ## Documents

  @doc "The document of a side; `mark` is a function from the document of a part that only this side has."
  def to_algebra(side, mark) when is_function(mark, 1), do: doc(side, mark)

  defp doc({:mark, node}, mark), do: mark.(node |> one_line() |> doc(mark))
  defp doc({:shown, text}, _mark), do: text
  defp doc({:flat, term}, _mark), do: inspect(term)
  defp doc({:value, term}, mark), do: opened(term, mark)
  defp doc({:code, ast}, mark), do: source(ast, mark)
  defp doc({:text, open, parts, close}, mark), do: concat([open | Enum.map(parts, &part(&1, mark))] ++ [close])
  defp doc({:pair, key, value}, mark), do: doc({:tuple, [key, value]}, mark)
  defp doc({:tuple, nodes}, mark), do: container("{", nodes, "}", &doc(&1, mark))
  defp doc({:infix, operator, nodes}, mark), do: nodes |> Enum.map(&doc(&1, mark)) |> Enum.intersperse(" #{operator} ") |> concat()

  defp doc({:list, nodes, nil}, mark) do
    if nodes != [] and Enum.all?(nodes, &keyword?/1),
      do: container("[", nodes, "]", &keyword(&1, mark)),
      else: container("[", nodes, "]", &doc(&1, mark))
  end

  defp doc({:list, nodes, tail}, mark) do
    {init, [last]} = Enum.split(nodes, -1)
    last = {:cons, last, tail}
    container("[", init ++ [last], "]", &doc(&1, mark))
  end

  defp doc({:cons, head, tail}, mark), do: concat([doc(head, mark), " | ", doc(tail, mark)])

  defp doc({:map, name, pairs}, mark) do
    open = if name, do: concat(["%", doc(name, mark), "{"]), else: "%{"
    short? = Enum.all?(pairs, &atom_key?/1)
    container(open, pairs, "}", &pair(&1, short?, mark))
  end

  # What only one side has stands on one line, what both have is opened so that it can break anywhere, without limits.
  defp one_line({:value, term}), do: {:shown, inspect(term)}
  defp one_line({:pair, key, value}), do: {:pair, key, one_line(value)}
  defp one_line({:flat, term}), do: {:shown, inspect(term)}
  defp one_line(node), do: node

  defp opened([_ | _] = list, mark) do
    cond do
      List.ascii_printable?(list) -> inspect(list)
      List.improper?(list) -> to_doc(list, %Inspect.Opts{})
      true -> doc({:list, Enum.map(list, &{:value, &1}), nil}, mark)
    end
  end

  defp opened(tuple, mark) when is_tuple(tuple), do: doc({:tuple, tuple |> Tuple.to_list() |> Enum.map(&{:value, &1})}, mark)

  defp opened(%{} = map, mark) do
    if Inspect.impl_for(map) in [Inspect.Any, Inspect.Map],
      do: doc({:map, name(Map.get(map, :__struct__)), map |> Map.delete(:__struct__) |> pairs()}, mark),
      else: to_doc(map, %Inspect.Opts{})
  end

  defp opened(term, _mark), do: to_doc(term, %Inspect.Opts{})

  defp pairs(map), do: for({key, value} <- Enum.sort(map), do: {:pair, {:value, key}, {:value, value}})

  defp source({:{}, _, parts}, mark), do: doc({:tuple, codes(parts)}, mark)
  defp source({left, right}, mark), do: doc({:tuple, codes([left, right])}, mark)
  defp source({:%{}, _, pairs} = ast, mark), do: if(pairs?(pairs), do: doc({:map, nil, code_pairs(pairs)}, mark), else: Macro.to_string(ast))

  defp source({:%, _, [name, {:%{}, _, pairs}]} = ast, mark),
    do: if(pairs?(pairs), do: doc({:map, {:shown, Macro.to_string(name)}, code_pairs(pairs)}, mark), else: Macro.to_string(ast))

  defp source([_ | _] = list, mark) do
    if List.ascii_printable?(list) or match?({:|, _, [_, _]}, List.last(list)),
      do: Macro.to_string(list),
      else: doc({:list, codes(list), nil}, mark)
  end

  defp source(ast, _mark), do: Macro.to_string(ast)

  defp codes(asts) do
    for ast <- asts do
      case ast do
        {key, value} when is_atom(key) -> {:tuple, [{:value, key}, {:code, value}]}
        ast -> {:code, ast}
      end
    end
  end

  defp pairs?(pairs), do: Enum.all?(pairs, &match?({_, _}, &1))
  defp code_pairs(pairs), do: for({key, value} <- pairs, do: {:pair, if(is_atom(key), do: {:value, key}, else: {:code, key}), {:code, value}})

  defp container(open, nodes, close, fun) do
    container_doc(open, nodes, close, %Inspect.Opts{limit: :infinity}, fn node, _ -> fun.(node) end, break: :strict, separator: ",")
  end

  defp part({:eq, text}, _mark), do: text
  defp part({:mark, text}, mark), do: mark.(text)

  # A list is shown with keywords where each element could be one.
  defp keyword?({:tuple, [key, _value]}), do: key_atom?(key)
  defp keyword?({:pair, key, _value}), do: key_atom?(key)
  defp keyword?({:mark, {:pair, key, _value}}), do: key_atom?(key)
  defp keyword?({kind, {key, _value}}) when kind in [:value, :flat], do: is_atom(key)
  defp keyword?(_node), do: false

  defp key_atom?({kind, key}) when kind in [:value, :flat], do: is_atom(key)
  defp key_atom?({:mark, node}), do: key_atom?(node)
  defp key_atom?(_node), do: false

  defp keyword({:mark, node}, mark), do: mark.(node |> one_line() |> keyword(mark))
  defp keyword({:tuple, [key, value]}, mark), do: concat([key(key, mark), " ", doc(value, mark)])
  defp keyword({:pair, key, value}, mark), do: concat([key(key, mark), " ", doc(value, mark)])
  defp keyword({kind, {key, value}}, mark) when kind in [:value, :flat], do: keyword({:pair, {:value, key}, {kind, value}}, mark)

  defp key({:shown, text}, _mark), do: text
  defp key({kind, key}, _mark) when kind in [:value, :flat], do: Macro.inspect_atom(:key, key)
  defp key({:mark, node}, mark), do: mark.(key(node, mark))

  defp atom_key?({:mark, pair}), do: atom_key?(pair)
  defp atom_key?({:pair, {:value, key}, _}), do: is_atom(key)
  defp atom_key?(_pair), do: false

  defp pair({:mark, pair}, short?, mark), do: mark.(pair |> one_line() |> pair(short?, mark))
  defp pair({:pair, key, value}, true, mark), do: concat([key(key, mark), " ", doc(value, mark)])
  defp pair({:pair, key, value}, false, mark), do: concat([doc(key, mark), " => ", doc(value, mark)])
end

# The differences of texts, by characters.
defmodule ExUnit.Diff.Texts do
  @moduledoc false

  # Texts that have less than this in common are different as a whole.
  @similar 0.4

  def strings(left, right, env), do: quoted(left, right, ?", env)
  def charlists(left, right, env), do: quoted(List.to_string(left), List.to_string(right), ?', env)
  def shown(left, right, env), do: plain(inspect(left), inspect(right), env)

  # Texts that stand for themselves.
  def plain(left, right, env) do
    {lefts, rights} = parts(left, right)
    {false, {:text, "", lefts, ""}, {:text, "", rights, ""}, env}
  end

  defp quoted(left, right, quote, env) do
    {lefts, rights} = parts(escape(left, quote), escape(right, quote))
    {false, {:text, <<quote>>, lefts, <<quote>>}, {:text, <<quote>>, rights, <<quote>>}, env}
  end

  def escape(text, quote), do: text |> Inspect.BitString.escape(quote) |> IO.iodata_to_binary()

  # Two escaped texts.
  def parts(left, right) do
    script = if String.bag_distance(left, right) > @similar, do: String.myers_difference(left, right), else: [del: left, ins: right]
    {for({kind, text} <- script, kind != :ins, do: part(kind, text)), for({kind, text} <- script, kind != :del, do: part(kind, text))}
  end

  defp part(:eq, text), do: {:eq, text}
  defp part(_kind, text), do: {:mark, text}
end

# The differences of lists. `fun` compares two elements: (left, right, env) -> {equal?, left node, right node, env}.
defmodule ExUnit.Diff.Lists do
  @moduledoc false

  # Values, proper lists or not.
  def diff(left, right, env) do
    {lefts, left_tail} = heads(left, [])
    {rights, right_tail} = heads(right, [])
    {equal?, left_nodes, right_nodes, extra, env} = elements(lefts, rights, env, &ExUnit.Diff.values/3, &{:value, &1})
    {tail_equal?, left_tail, right_tail, env} = tails(left_tail, right_tail, env)
    right_nodes = right_nodes ++ Enum.map(extra, &{:mark, {:value, &1}})
    {equal? and extra == [] and tail_equal?, list(left_nodes, left_tail), list(right_nodes, right_tail), env}
  end

  defp heads([head | tail], acc), do: heads(tail, [head | acc])
  defp heads(tail, acc), do: {Enum.reverse(acc), tail}

  defp tails([], [], env), do: {true, nil, nil, env}
  defp tails([], right, env), do: {false, nil, {:mark, {:value, right}}, env}
  defp tails(left, [], env), do: {false, {:mark, {:value, left}}, nil, env}
  defp tails(left, right, env), do: ExUnit.Diff.values(left, right, env)

  defp list(nodes, tail), do: {:list, nodes, tail}

  # Tuples are compared place by place.
  def tuples(lefts, rights, env, fun, node \\ &{:value, &1}) do
    {places, left_rest, right_rest} = pair_up(lefts, rights, [])
    {equal?, left_nodes, right_nodes, env} = pairs(places, env, fun)
    left_rest_nodes = Enum.map(left_rest, &{:mark, node.(&1)})
    right_rest_nodes = Enum.map(right_rest, &{:mark, {:value, &1}})
    {equal? and left_rest == [] and right_rest == [], left_nodes ++ left_rest_nodes, right_nodes ++ right_rest_nodes, env}
  end

  defp pair_up([l | ls], [r | rs], acc), do: pair_up(ls, rs, [{l, r} | acc])
  defp pair_up(ls, rs, acc), do: {Enum.reverse(acc), ls, rs}

  defp pairs(pairs, env, fun) do
    {nodes, {equal?, env}} =
      Enum.map_reduce(pairs, {true, env}, fn {l, r}, {equal?, env} ->
        {same?, l, r, env} = fun.(l, r, env)
        {{l, r}, {equal? and same?, env}}
      end)

    {lefts, rights} = Enum.unzip(nodes)
    {equal?, lefts, rights, env}
  end

  # As many elements of the right side as the left one has; the others are returned.
  def elements(lefts, rights, env, fun, node) do
    {rights, extra} = Enum.split(rights, length(lefts))

    {left_nodes, right_nodes, equal?, env} =
      {[path(0, lefts, rights, [], env)], 0}
      |> shortest(fun)
      |> Enum.reverse()
      |> runs([], [])
      |> Enum.reduce({[], [], true, env}, fn {dels, inss}, acc -> run(dels, inss, acc, fun, node) end)

    {equal?, Enum.reverse(left_nodes), Enum.reverse(right_nodes), extra, env}
  end

  # What is deleted and inserted at one place is compared pair by pair.
  defp runs([], [], []), do: []
  defp runs([], dels, inss), do: [{Enum.reverse(dels), Enum.reverse(inss)}]
  defp runs([{:eq, l, r} | script], [], []), do: [{[l], [r]} | runs(script, [], [])]
  defp runs([{:eq, _, _} | _] = script, dels, inss), do: [{Enum.reverse(dels), Enum.reverse(inss)} | runs(script, [], [])]
  defp runs([{:del, l} | script], dels, inss), do: runs(script, [l | dels], inss)
  defp runs([{:ins, r} | script], dels, inss), do: runs(script, dels, [r | inss])

  defp run([l | dels], [r | inss], {ls, rs, equal?, env}, fun, node) do
    {same?, l, r, env} = fun.(l, r, env)
    run(dels, inss, {[l | ls], [r | rs], equal? and same?, env}, fun, node)
  end

  defp run([], [], acc, _fun, _node), do: acc
  defp run([l | dels], [], {ls, rs, _, env}, fun, node), do: run(dels, [], {[{:mark, node.(l)} | ls], rs, false, env}, fun, node)
  defp run([], [r | inss], {ls, rs, _, env}, fun, node), do: run([], inss, {ls, [{:mark, {:value, r}} | rs], false, env}, fun, node)

  ## Myers' shortest edit script; each path has its own environment, as a pattern binds what it meets

  defp path(y, lefts, rights, edits, env), do: {y, lefts, rights, edits, env}

  defp shortest({paths, size}, fun) do
    case diagonals(-size, size, paths, [], fun) do
      {:done, edits} -> edits
      {:next, paths} -> shortest({paths, size + 1}, fun)
    end
  end

  defp diagonals(diagonal, limit, _paths, next, _fun) when diagonal > limit, do: {:next, Enum.reverse(next)}

  defp diagonals(diagonal, limit, paths, next, fun) do
    {path, paths} = step(diagonal, limit, paths)

    case snake(path, fun) do
      {_, [], [], edits, _} -> {:done, edits}
      path -> diagonals(diagonal + 2, limit, paths, [path | next], fun)
    end
  end

  defp step(0, 0, [path]), do: {path, []}
  defp step(diagonal, limit, [path | _] = paths) when diagonal == -limit, do: {down(path), paths}
  defp step(diagonal, limit, [path]) when diagonal == limit, do: {right(path), []}
  defp step(_, _, [path, next | rest]), do: {if(elem(path, 0) > elem(next, 0), do: right(path), else: down(next)), [next | rest]}

  defp down({y, [l | ls], rs, edits, env}), do: {y + 1, ls, rs, [{:del, l} | edits], env}
  defp down({y, [], rs, edits, env}), do: {y + 1, [], rs, edits, env}
  defp right({y, ls, [r | rs], edits, env}), do: {y, ls, rs, [{:ins, r} | edits], env}
  defp right(path), do: path

  defp snake({y, [l | ls], [r | rs], edits, env} = path, fun) do
    case fun.(l, r, env) do
      {true, _, _, env} -> snake({y + 1, ls, rs, [{:eq, l, r} | edits], env}, fun)
      _ -> path
    end
  end

  defp snake(path, _fun), do: path
end
