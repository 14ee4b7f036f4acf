# SPDX-License-Identifier: Apache-2.0
# ExUnit.Diff: two sides of an assertion as documents in which what only one of them has is marked. Invariant: without
# the marks each document is what inspect (or the code of a pattern) shows.
defmodule ExUnit.Diff do
  @moduledoc false
  import Inspect.Algebra

  # Texts that have less than this in common are shown as different as a whole.
  @similar 0.4

  # mark: fun(kind, doc) -> doc.
  def compute(pattern, value, {:match, pins}, mark), do: pattern(pattern, value, %{mark: mark, pins: pins, equal: &==/2})
  def compute(left, right, :===, mark), do: value(left, right, %{mark: mark, equal: &===/2})
  def compute(left, right, _context, mark), do: value(left, right, %{mark: mark, equal: &==/2})

  ## Values

  defp value(left, right, state) do
    if state.equal.(left, right), do: {doc(left), doc(right)}, else: different(left, right, state)
  end

  defp different(left, right, state) when is_binary(left) and is_binary(right) do
    if String.printable?(left) and String.printable?(right), do: quoted(left, right, &inspect/1, state), else: plain(left, right, state)
  end

  defp different(left, right, state) when is_integer(left) and is_integer(right), do: plain(left, right, state)
  defp different(left, right, state) when is_float(left) and is_float(right), do: plain(left, right, state)

  defp different(left, right, state) when is_list(left) and is_list(right) do
    cond do
      charlist?(left) and charlist?(right) -> quoted(List.to_string(left), List.to_string(right), &inspect(String.to_charlist(&1)), state)
      keyword_pair?(left, right) -> pairs(left, right, state)
      true -> list(left, right, state)
    end
  end

  defp different(left, right, state) when is_tuple(left) and is_tuple(right) do
    {left, right} = elements(Tuple.to_list(left), Tuple.to_list(right), state)
    {container("{", left, "}"), container("{", right, "}")}
  end

  defp different(%{__struct__: name} = left, %{__struct__: name} = right, state) do
    if Inspect.impl_for(left) == Inspect.Any, do: maps(left, right, "%" <> inspect(name), "%" <> inspect(name), state), else: plain(left, right, state)
  end

  defp different(%{} = left, %{} = right, state), do: maps(left, right, map_name(left, :diff_delete, state), map_name(right, :diff_insert, state), state)
  defp different(left, right, state), do: whole(left, right, state)

  defp whole(left, right, state), do: {state.mark.(:diff_delete, doc(left)), state.mark.(:diff_insert, doc(right))}
  defp map_name(%{__struct__: name}, kind, state), do: concat("%", state.mark.(kind, inspect(name)))
  defp map_name(_map, _kind, _state), do: "%"

  defp charlist?(list), do: list != [] and List.ascii_printable?(list)
  defp doc(term), do: to_doc(term, %Inspect.Opts{})

  defp container(open, docs, close), do: container_doc(open, docs, close, %Inspect.Opts{limit: :infinity}, fn doc, _ -> doc end, break: :strict, separator: ",")

  ## Texts

  defp plain(left, right, state) do
    {left, right} = texts(inspect(left), inspect(right), & &1, state)
    {concat(left), concat(right)}
  end

  # Strings between their quotes: each part is escaped by itself.
  defp quoted(left, right, inspect, state) do
    quote = String.first(inspect.("x"))
    {left, right} = texts(left, right, fn part -> part |> inspect.() |> String.slice(1..-2//1) end, state)
    {concat([quote] ++ left ++ [quote]), concat([quote] ++ right ++ [quote])}
  end

  defp texts(left, right, escape, state) do
    script = if String.bag_distance(left, right) > @similar, do: String.myers_difference(left, right), else: [del: left, ins: right]

    left_docs = for {kind, text} <- script, kind != :ins, do: part(kind, text, escape, state)
    right_docs = for {kind, text} <- script, kind != :del, do: part(kind, text, escape, state)
    {left_docs, right_docs}
  end

  defp part(:eq, text, escape, _state), do: escape.(text)
  defp part(:del, text, escape, state), do: state.mark.(kind(:diff_delete, text), escape.(text))
  defp part(:ins, text, escape, state), do: state.mark.(kind(:diff_insert, text), escape.(text))

  defp kind(:diff_delete, text), do: if(String.trim(text) == "", do: :diff_delete_whitespace, else: :diff_delete)
  defp kind(:diff_insert, text), do: if(String.trim(text) == "", do: :diff_insert_whitespace, else: :diff_insert)

  ## Containers

  defp list(left, right, state) do
    {left, left_tail} = proper(left, [])
    {right, right_tail} = proper(right, [])
    {left_docs, right_docs} = list_docs(left, right, state)
    {left_tail, right_tail} = tails(left_tail, right_tail, state)
    {bracketed(left_docs, left_tail), bracketed(right_docs, right_tail)}
  end

  defp proper([head | tail], acc), do: proper(tail, [head | acc])
  defp proper(tail, acc), do: {Enum.reverse(acc), tail}

  defp tails([], [], _state), do: {nil, nil}
  defp tails([], right, state), do: {nil, state.mark.(:diff_insert, doc(right))}
  defp tails(left, [], state), do: {state.mark.(:diff_delete, doc(left)), nil}
  defp tails(left, right, state), do: value(left, right, state)

  defp bracketed(docs, nil), do: container("[", docs, "]")
  defp bracketed(docs, tail), do: container("[", List.update_at(docs, -1, &concat([&1, " | ", tail])), "]")

  # The shortest edit script; what is replaced by something of its kind is looked into.
  defp list_docs(left, right, state) do
    script = List.myers_difference(left, right, fn l, r -> if alike?(l, r), do: value(l, r, state) end)

    {left_docs, right_docs} =
      Enum.reduce(script, {[], []}, fn
        {:eq, items}, {ls, rs} -> {Enum.reverse(Enum.map(items, &doc/1), ls), Enum.reverse(Enum.map(items, &doc/1), rs)}
        {:del, items}, {ls, rs} -> {Enum.reduce(items, ls, &[state.mark.(:diff_delete, doc(&1)) | &2]), rs}
        {:ins, items}, {ls, rs} -> {ls, Enum.reduce(items, rs, &[state.mark.(:diff_insert, doc(&1)) | &2])}
        {:diff, {l, r}}, {ls, rs} -> {[l | ls], [r | rs]}
      end)

    {Enum.reverse(left_docs), Enum.reverse(right_docs)}
  end

  defp alike?(left, right) when is_list(left) and is_list(right), do: true
  defp alike?(left, right) when is_tuple(left) and is_tuple(right), do: tuple_size(left) == tuple_size(right) and tuple_size(left) > 0 and elem(left, 0) == elem(right, 0)
  defp alike?(%{__struct__: left}, %{__struct__: right}), do: left == right
  defp alike?(%{} = left, %{} = right), do: Enum.any?(Map.keys(left), &is_map_key(right, &1))
  defp alike?(left, right) when is_binary(left) and is_binary(right), do: String.bag_distance(left, right) > @similar
  defp alike?(_left, _right), do: false

  defp elements([left | ls], [right | rs], state) do
    {l, r} = value(left, right, state)
    {l_docs, r_docs} = elements(ls, rs, state)
    {[l | l_docs], [r | r_docs]}
  end

  defp elements(ls, rs, state), do: {Enum.map(ls, &state.mark.(:diff_delete, doc(&1))), Enum.map(rs, &state.mark.(:diff_insert, doc(&1)))}

  defp keyword_pair?(left, right), do: left != [] and Keyword.keyword?(left) and Keyword.keyword?(right) and Keyword.keys(left) == Keyword.keys(right)

  defp pairs(left, right, state) do
    docs =
      for {{key, l}, {_, r}} <- Enum.zip(left, right) do
        {l, r} = value(l, r, state)
        {pair(key, l, true), pair(key, r, true)}
      end

    {l_docs, r_docs} = Enum.unzip(docs)
    {container("[", l_docs, "]"), container("[", r_docs, "]")}
  end

  defp pair(key, value, true), do: concat([Macro.inspect_atom(:key, key), " ", value])
  defp pair(key, value, false), do: concat([doc(key), " => ", value])

  defp maps(left, right, left_name, right_name, state) do
    struct? = is_map_key(left, :__struct__) and is_map_key(right, :__struct__) and left.__struct__ == right.__struct__
    {left_map, right_map} = {Map.delete(left, :__struct__), Map.delete(right, :__struct__)}
    {common, left_only} = left_map |> keys(left, struct?) |> Enum.split_with(&is_map_key(right_map, &1))
    right_only = right_map |> keys(right, struct?) |> Enum.reject(&is_map_key(left_map, &1))
    {left_short?, right_short?} = {atoms?(left_map), atoms?(right_map)}

    {l_docs, r_docs} =
      common
      |> Enum.map(fn key ->
        {l, r} = value(Map.fetch!(left, key), Map.fetch!(right, key), state)
        {pair(key, l, left_short?), pair(key, r, right_short?)}
      end)
      |> Enum.unzip()

    l_docs = l_docs ++ for(key <- left_only, do: state.mark.(:diff_delete, pair(key, doc(Map.fetch!(left, key)), left_short?)))
    r_docs = r_docs ++ for(key <- right_only, do: state.mark.(:diff_insert, pair(key, doc(Map.fetch!(right, key)), right_short?)))
    {container(concat(left_name, "{"), l_docs, "}"), container(concat(right_name, "{"), r_docs, "}")}
  end

  # A struct shows its fields in the order of their definition.
  defp keys(map, %{__struct__: name}, true) do
    if function_exported?(name, :__info__, 1), do: for(%{field: key} <- name.__info__(:struct) || [], is_map_key(map, key), do: key), else: Map.keys(map)
  end

  defp keys(map, _original, _struct?), do: map |> Map.keys() |> Enum.sort()

  defp atoms?(map), do: map |> Map.keys() |> Enum.all?(&is_atom/1)

  ## Patterns

  defp pattern({:when, _, [pattern, guard]}, value, state) do
    {left, right} = pattern(pattern, value, state)
    {concat([left, " when ", state.mark.(:diff_delete, Macro.to_string(guard))]), right}
  end

  defp pattern({:^, _, [{name, _, context}]} = pin, value, state) when is_atom(context) do
    case List.keyfind(state.pins, name, 0) do
      {_, pinned} when pinned === value -> {Macro.to_string(pin), doc(value)}
      _ -> {state.mark.(:diff_delete, Macro.to_string(pin)), state.mark.(:diff_insert, doc(value))}
    end
  end

  defp pattern({name, _, context}, value, _state) when is_atom(name) and is_atom(context), do: {Atom.to_string(name), doc(value)}

  defp pattern({:=, _, [left, right]}, value, state) do
    {left, _} = pattern(left, value, state)
    {right, shown} = pattern(right, value, state)
    {concat([left, " = ", right]), shown}
  end

  defp pattern({:{}, _, patterns}, value, state) when is_tuple(value), do: tuple_pattern(patterns, value, state)
  defp pattern({left, right}, value, state) when is_tuple(value), do: tuple_pattern([left, right], value, state)
  defp pattern(patterns, value, state) when is_list(patterns) and is_list(value), do: list_pattern(patterns, value, state)
  defp pattern({:%{}, _, pairs}, %{} = value, state), do: map_pattern("%", "%", pairs, value, state)

  defp pattern({:%, _, [name, {:%{}, _, pairs}]}, %{__struct__: actual} = value, state) do
    {wanted, shown} = {Macro.to_string(name), inspect(actual)}

    if wanted == shown or match?({_, _, context} when is_atom(context), name),
      do: map_pattern("%" <> wanted, "%" <> shown, pairs, value, state),
      else: map_pattern(concat("%", state.mark.(:diff_delete, wanted)), concat("%", state.mark.(:diff_insert, shown)), pairs, value, state)
  end

  defp pattern({:<>, _, [prefix, rest]}, value, state) when is_binary(prefix) and is_binary(value) do
    if String.starts_with?(value, prefix) do
      {Macro.to_string({:<>, [], [prefix, rest]}), doc(value)}
    else
      size = byte_size(prefix)
      {head, tail} = if byte_size(value) >= size, do: {binary_part(value, 0, size), binary_part(value, size, byte_size(value) - size)}, else: {value, ""}
      {left, right} = quoted(prefix, head, &inspect/1, state)
      shown = if tail == "", do: right, else: concat(right, String.slice(inspect(tail), 1..-1//1))
      {concat([left, " <> ", Macro.to_string(rest)]), shown}
    end
  end

  defp pattern(literal, value, state) when is_atom(literal) or is_number(literal) or is_binary(literal), do: value(literal, value, %{state | equal: &===/2})

  defp pattern(pattern, value, state) do
    case Macro.quoted_literal?(pattern) and literal(pattern) do
      {:ok, ^value} -> {Macro.to_string(pattern), doc(value)}
      _ -> {state.mark.(:diff_delete, Macro.to_string(pattern)), state.mark.(:diff_insert, doc(value))}
    end
  end

  defp literal({:__aliases__, _, parts}), do: {:ok, Module.concat(parts)}
  defp literal(_), do: :error

  defp tuple_pattern(patterns, value, state) do
    {left, right} = pattern_elements(patterns, Tuple.to_list(value), state)
    {container("{", left, "}"), container("{", right, "}")}
  end

  defp list_pattern(patterns, value, state) do
    case Enum.split(patterns, -1) do
      {init, [{:|, _, [last, tail]}]} -> cons_pattern(init ++ [last], tail, value, state)
      _ -> bracket_pattern(patterns, value, state)
    end
  end

  defp bracket_pattern(patterns, value, state) do
    {left, right} = if keyword_pair?(patterns, value), do: pair_patterns(patterns, value, state), else: pattern_elements(patterns, value, state)
    {container("[", left, "]"), container("[", right, "]")}
  end

  defp pair_patterns(patterns, value, state) do
    Enum.zip(patterns, value)
    |> Enum.map(fn {{key, pattern}, {_, actual}} ->
      {l, r} = pattern(pattern, actual, state)
      {pair(key, l, true), pair(key, r, true)}
    end)
    |> Enum.unzip()
  end

  defp cons_pattern(patterns, tail, value, state) do
    {heads, rest} = Enum.split(value, length(patterns))
    {left, right} = pattern_elements(patterns, heads, state)
    rest_docs = Enum.map(rest, &doc/1)
    {container("[", List.update_at(left, -1, &concat([&1, " | ", Macro.to_string(tail)])), "]"), container("[", right ++ rest_docs, "]")}
  end

  defp pattern_elements([pattern | patterns], [value | values], state) do
    {l, r} = pattern(pattern, value, state)
    {ls, rs} = pattern_elements(patterns, values, state)
    {[l | ls], [r | rs]}
  end

  defp pattern_elements(patterns, values, state) do
    {Enum.map(patterns, &state.mark.(:diff_delete, Macro.to_string(&1))), Enum.map(values, &state.mark.(:diff_insert, doc(&1)))}
  end

  defp map_pattern(left_name, right_name, pairs, value, state) do
    struct? = is_map_key(value, :__struct__)
    fields = Map.delete(value, :__struct__)
    short? = atoms?(fields)
    pattern_short? = Keyword.keyword?(pairs)

    {left, shown} =
      Enum.map_reduce(pairs, %{}, fn {key, pattern}, shown ->
        name = if pattern_short?, do: Macro.inspect_atom(:key, key) <> " ", else: Macro.to_string(key) <> " => "

        case fields do
          %{^key => actual} ->
            {l, r} = pattern(pattern, actual, state)
            {concat(name, l), Map.put(shown, key, r)}

          _ ->
            {state.mark.(:diff_delete, name <> Macro.to_string(pattern)), shown}
        end
      end)

    right = for key <- keys(fields, value, struct?), do: pair(key, Map.get_lazy(shown, key, fn -> doc(Map.fetch!(fields, key)) end), short?)
    {container(concat(left_name, "{"), left, "}"), container(concat(right_name, "{"), right, "}")}
  end
end
