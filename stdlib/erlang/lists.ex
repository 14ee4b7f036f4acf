# SPDX-License-Identifier: Apache-2.0
# The part of `:lists` that takes functions, and the rarer merges; the rest (reverse, keyfind, sort/1,
# member, ...) are natives. Invariant: every sort and merge here is stable and calls its comparison as
# `fun.(earlier, later)`, so that a strict comparison reverses ties exactly as Erlang's does.
defmodule :lists do
  @moduledoc "Erlang's list functions."

  # The public functions look at their arguments once; a loop NAME_1 fails, as in Erlang, under that name at an improper tail.

  def map(fun, list) when is_function(fun, 1) do
    case list do
      [h | t] -> [fun.(h) | map_1(fun, t)]
      [] -> []
    end
  end

  defp map_1(fun, [h | t]), do: [fun.(h) | map_1(fun, t)]
  defp map_1(_fun, []), do: []

  def foreach(fun, list) when is_function(fun, 1), do: foreach_1(fun, list)

  defp foreach_1(fun, [h | t]) do
    fun.(h)
    foreach_1(fun, t)
  end

  defp foreach_1(_fun, []), do: :ok

  def foldl(fun, acc, list) when is_function(fun, 2) do
    case list do
      [h | t] -> foldl_1(fun, fun.(h, acc), t)
      [] -> acc
    end
  end

  defp foldl_1(fun, acc, [h | t]), do: foldl_1(fun, fun.(h, acc), t)
  defp foldl_1(_fun, acc, []), do: acc

  def foldr(fun, acc, list) when is_function(fun, 2), do: foldr_1(fun, acc, list)

  defp foldr_1(fun, acc, [h | t]), do: fun.(h, foldr_1(fun, acc, t))
  defp foldr_1(_fun, acc, []), do: acc

  def filter(fun, list) when is_function(fun, 1) and is_list(list), do: filter_all(list, fun)
  def filter(fun, list) when is_function(fun, 1), do: :erlang.error({:bad_generator, list})

  defp filter_all([h | t], fun) do
    case fun.(h) do
      true -> [h | filter_all(t, fun)]
      false -> filter_all(t, fun)
      other -> :erlang.error({:bad_filter, other})
    end
  end

  defp filter_all([], _fun), do: []
  defp filter_all(tail, _fun), do: :erlang.error({:bad_generator, tail})

  def filtermap(fun, list) when is_function(fun, 1), do: filtermap_1(fun, list)

  defp filtermap_1(fun, [h | t]) do
    case fun.(h) do
      true -> [h | filtermap_1(fun, t)]
      {true, value} -> [value | filtermap_1(fun, t)]
      false -> filtermap_1(fun, t)
    end
  end

  defp filtermap_1(_fun, []), do: []

  def zf(fun, list), do: filtermap(fun, list)

  def partition(fun, list) when is_function(fun, 1), do: partition_1(fun, list, [], [])

  defp partition_1(fun, [h | t], yes, no) do
    case fun.(h) do
      true -> partition_1(fun, t, [h | yes], no)
      false -> partition_1(fun, t, yes, [h | no])
    end
  end

  defp partition_1(_fun, [], yes, no), do: {:lists.reverse(yes), :lists.reverse(no)}

  def all(fun, list) when is_function(fun, 1) do
    case list do
      [_ | _] -> all_1(fun, list)
      [] -> true
    end
  end

  defp all_1(fun, [h | t]) do
    case fun.(h) do
      true -> all_1(fun, t)
      false -> false
    end
  end

  defp all_1(_fun, []), do: true

  def any(fun, list) when is_function(fun, 1) do
    case list do
      [_ | _] -> any_1(fun, list)
      [] -> false
    end
  end

  defp any_1(fun, [h | t]) do
    case fun.(h) do
      true -> true
      false -> any_1(fun, t)
    end
  end

  defp any_1(_fun, []), do: false

  def search(fun, list) when is_function(fun, 1), do: search_1(fun, list)

  defp search_1(fun, [h | t]) do
    case fun.(h) do
      true -> {:value, h}
      false -> search_1(fun, t)
    end
  end

  defp search_1(_fun, []), do: false

  def flatmap(fun, list) when is_function(fun, 1), do: flatmap_1(fun, list)

  defp flatmap_1(fun, [h | t]), do: fun.(h) ++ flatmap_1(fun, t)
  defp flatmap_1(_fun, []), do: []

  def mapfoldl(fun, acc, list) when is_function(fun, 2), do: mapfoldl_1(fun, acc, list)

  defp mapfoldl_1(fun, acc, [h | t]) do
    {mapped, acc} = fun.(h, acc)
    {rest, acc} = mapfoldl_1(fun, acc, t)
    {[mapped | rest], acc}
  end

  defp mapfoldl_1(_fun, acc, []), do: {[], acc}

  def mapfoldr(fun, acc, list) when is_function(fun, 2), do: mapfoldr_1(fun, acc, list)

  defp mapfoldr_1(fun, acc, [h | t]) do
    {rest, acc} = mapfoldr_1(fun, acc, t)
    {mapped, acc} = fun.(h, acc)
    {[mapped | rest], acc}
  end

  defp mapfoldr_1(_fun, acc, []), do: {[], acc}

  def takewhile(fun, list) when is_function(fun, 1), do: takewhile_1(fun, list)

  defp takewhile_1(fun, [h | t]) do
    case fun.(h) do
      true -> [h | takewhile_1(fun, t)]
      false -> []
    end
  end

  defp takewhile_1(_fun, []), do: []

  def dropwhile(fun, list) when is_function(fun, 1), do: dropwhile_1(fun, list)

  defp dropwhile_1(fun, [h | t] = list) do
    case fun.(h) do
      true -> dropwhile_1(fun, t)
      false -> list
    end
  end

  defp dropwhile_1(_fun, []), do: []

  def splitwith(fun, list) when is_function(fun, 1), do: splitwith_1(fun, list, [])

  defp splitwith_1(fun, [h | t] = list, taken) do
    case fun.(h) do
      true -> splitwith_1(fun, t, [h | taken])
      false -> {:lists.reverse(taken), list}
    end
  end

  defp splitwith_1(_fun, [], taken), do: {:lists.reverse(taken), []}

  def keymap(fun, n, [h | t]), do: [:erlang.setelement(n, h, fun.(:erlang.element(n, h))) | keymap(fun, n, t)]
  def keymap(fun, n, []) when is_integer(n) and n >= 1 and is_function(fun, 1), do: []

  # Zips

  def zipwith(fun, [x | xs], [y | ys]), do: [fun.(x, y) | zipwith(fun, xs, ys)]
  def zipwith(fun, [], []) when is_function(fun, 2), do: []

  def zipwith3(fun, [x | xs], [y | ys], [z | zs]), do: [fun.(x, y, z) | zipwith3(fun, xs, ys, zs)]
  def zipwith3(fun, [], [], []) when is_function(fun, 3), do: []

  def zip3([x | xs], [y | ys], [z | zs]), do: [{x, y, z} | zip3(xs, ys, zs)]
  def zip3([], [], []), do: []

  def unzip3(list), do: unzip3(:lists.reverse(list), [], [], [])

  defp unzip3([{x, y, z} | t], xs, ys, zs), do: unzip3(t, [x | xs], [y | ys], [z | zs])
  defp unzip3([], xs, ys, zs), do: {xs, ys, zs}

  # Building

  def enumerate(list), do: enumerate(1, list)

  def enumerate(index, list) when is_integer(index), do: enumerate_1(index, list)

  defp enumerate_1(index, [h | t]), do: [{index, h} | enumerate_1(index + 1, t)]
  defp enumerate_1(_index, []), do: []

  def join(_separator, []), do: []
  def join(separator, [h | t]), do: [h | join_prepend(separator, t)]

  defp join_prepend(separator, [h | t]), do: [separator, h | join_prepend(separator, t)]
  defp join_prepend(_separator, []), do: []

  def concat(things), do: flatmap(&thing_to_list/1, things)

  defp thing_to_list(x) when is_integer(x), do: :erlang.integer_to_list(x)
  defp thing_to_list(x) when is_float(x), do: :erlang.float_to_list(x)
  defp thing_to_list(x) when is_atom(x), do: :erlang.atom_to_list(x)
  defp thing_to_list(x) when is_list(x), do: x

  def uniq(list), do: uniq_by(list, %{}, fn x -> x end)

  def uniq(fun, list) when is_function(fun, 1), do: uniq_by(list, %{}, fun)

  defp uniq_by([h | t], seen, fun) do
    key = fun.(h)

    case seen do
      %{^key => _} -> uniq_by(t, seen, fun)
      %{} -> [h | uniq_by(t, :maps.put(key, [], seen), fun)]
    end
  end

  defp uniq_by([], _seen, _fun), do: []

  # Sorting: the list is cut into runs, ascending or (taken in reverse) descending, which are merged in pairs.

  def sort(fun, []) when is_function(fun, 2), do: []
  def sort(fun, [_] = list) when is_function(fun, 2), do: list
  def sort(fun, [_ | _] = list), do: merge_runs(runs(list, fun), fun)

  defp runs([a, b | rest], fun) do
    case fun.(a, b) do
      true -> ascending(rest, fun, b, [a])
      false -> descending(rest, fun, b, [a])
    end
  end

  defp runs([], _fun), do: []
  defp runs(last, _fun), do: [last]

  defp ascending([x | rest] = list, fun, last, run) do
    case fun.(last, x) do
      true -> ascending(rest, fun, x, [last | run])
      false -> [:lists.reverse(run, [last]) | runs(list, fun)]
    end
  end

  defp ascending([], _fun, last, run), do: [:lists.reverse(run, [last])]

  defp descending([x | rest] = list, fun, last, run) do
    case fun.(last, x) do
      true -> [[last | run] | runs(list, fun)]
      false -> descending(rest, fun, x, [last | run])
    end
  end

  defp descending([], _fun, last, run), do: [[last | run]]

  defp merge_runs([run], _fun), do: run
  defp merge_runs(runs, fun), do: merge_runs(merge_run_pairs(runs, fun), fun)

  defp merge_run_pairs([a, b | rest], fun), do: [merge_by(a, b, fun) | merge_run_pairs(rest, fun)]
  defp merge_run_pairs(rest, _fun), do: rest

  defp merge_by([a | as] = left, [b | bs] = right, fun) do
    case fun.(a, b) do
      true -> [a | merge_by(as, right, fun)]
      false -> [b | merge_by(left, bs, fun)]
    end
  end

  defp merge_by([], right, _fun), do: right
  defp merge_by(left, [], _fun), do: left

  def usort(fun, list) when is_function(fun, 2) and is_list(list), do: drop_equals(sort(fun, list), fun)

  defp drop_equals([a, b | t], fun) do
    case fun.(b, a) do
      true -> drop_equals([a | t], fun)
      _ -> [a | drop_equals([b | t], fun)]
    end
  end

  defp drop_equals(list, _fun), do: list

  def ukeysort(n, list) when is_integer(n) and n > 0, do: drop_equal_keys(:lists.keysort(n, list), n)

  defp drop_equal_keys([a, b | t], n) do
    case :erlang.element(n, a) == :erlang.element(n, b) do
      true -> drop_equal_keys([a | t], n)
      false -> [a | drop_equal_keys([b | t], n)]
    end
  end

  defp drop_equal_keys(list, _n), do: list

  # Merging

  def merge(lists), do: merge_all(lists, &merge/2)

  defp merge_all([], _merge), do: []
  defp merge_all([list], _merge), do: list
  defp merge_all([_ | _] = lists, merge), do: merge_all(merge_pairs(lists, merge), merge)

  defp merge_pairs([a, b | t], merge), do: [merge.(a, b) | merge_pairs(t, merge)]
  defp merge_pairs([a], _merge), do: [a]
  defp merge_pairs([], _merge), do: []

  def merge([a | as] = left, [b | bs] = right) do
    case a <= b do
      true -> [a | merge(as, right)]
      false -> [b | merge(left, bs)]
    end
  end

  def merge([], right) when is_list(right), do: right
  def merge(left, []), do: left

  def merge(fun, left, right) when is_function(fun, 2), do: merge_by(left, right, fun)

  def merge3(a, b, c), do: merge(merge(a, b), c)

  def rmerge(left, right), do: :lists.reverse(merge(:lists.reverse(left), :lists.reverse(right)))

  def rmerge(fun, left, right), do: :lists.reverse(merge(fun, :lists.reverse(left), :lists.reverse(right)))

  def rmerge3(a, b, c), do: rmerge(rmerge(a, b), c)

  def umerge(lists), do: merge_all(lists, &umerge/2)

  def umerge([a | as] = left, [b | bs] = right) do
    cond do
      a == b -> umerge(left, bs)
      a < b -> [a | umerge(as, right)]
      true -> [b | umerge(left, bs)]
    end
  end

  def umerge([], right), do: right
  def umerge(left, []) when is_list(left), do: left

  def umerge(fun, left, right) when is_function(fun, 2), do: umerge_by(left, right, fun)

  defp umerge_by([a | as] = left, [b | bs] = right, fun) do
    case {fun.(a, b), fun.(b, a)} do
      {true, true} -> umerge_by(left, bs, fun)
      {true, _} -> [a | umerge_by(as, right, fun)]
      _ -> [b | umerge_by(left, bs, fun)]
    end
  end

  defp umerge_by([], right, _fun), do: right
  defp umerge_by(left, [], _fun), do: left

  def umerge3(a, b, c), do: umerge(umerge(a, b), c)

  def rumerge(left, right), do: :lists.reverse(umerge(:lists.reverse(left), :lists.reverse(right)))

  def rumerge(fun, left, right), do: :lists.reverse(umerge(fun, :lists.reverse(left), :lists.reverse(right)))

  def rumerge3(a, b, c), do: rumerge(rumerge(a, b), c)

  def keymerge(n, left, right) when is_integer(n) and n > 0,
    do: merge_by(left, right, fn a, b -> :erlang.element(n, a) <= :erlang.element(n, b) end)

  def rkeymerge(n, left, right), do: :lists.reverse(keymerge(n, :lists.reverse(left), :lists.reverse(right)))

  def ukeymerge(n, left, right) when is_integer(n) and n > 0,
    do: umerge_by(left, right, fn a, b -> :erlang.element(n, a) <= :erlang.element(n, b) end)

  def rukeymerge(n, left, right), do: :lists.reverse(ukeymerge(n, :lists.reverse(left), :lists.reverse(right)))
end
