# SPDX-License-Identifier: Apache-2.0
# The part of `:lists` that takes functions, and the rarer merges; the rest (reverse, keyfind, sort/1,
# member, ...) are natives. Invariant: every sort and merge here is stable and calls its comparison as
# `fun.(earlier, later)`, so that a strict comparison reverses ties exactly as Erlang's does.
defmodule :lists do
  @moduledoc "Erlang's list functions."

  def map(fun, [h | t]), do: [fun.(h) | map(fun, t)]
  def map(fun, []) when is_function(fun, 1), do: []

  def foreach(fun, [h | t]) do
    fun.(h)
    foreach(fun, t)
  end

  def foreach(fun, []) when is_function(fun, 1), do: :ok

  def foldl(fun, acc, [h | t]), do: foldl(fun, fun.(h, acc), t)
  def foldl(fun, acc, []) when is_function(fun, 2), do: acc

  def foldr(fun, acc, [h | t]), do: fun.(h, foldr(fun, acc, t))
  def foldr(fun, acc, []) when is_function(fun, 2), do: acc

  def filter(fun, list) when is_function(fun, 1), do: filter_all(list, fun)

  defp filter_all([h | t], fun) do
    case fun.(h) do
      true -> [h | filter_all(t, fun)]
      false -> filter_all(t, fun)
      other -> :erlang.error({:bad_filter, other})
    end
  end

  defp filter_all([], _fun), do: []

  def filtermap(fun, [h | t]) do
    case fun.(h) do
      true -> [h | filtermap(fun, t)]
      {true, value} -> [value | filtermap(fun, t)]
      false -> filtermap(fun, t)
    end
  end

  def filtermap(fun, []) when is_function(fun, 1), do: []

  def zf(fun, list), do: filtermap(fun, list)

  def partition(fun, list), do: partition(list, fun, [], [])

  defp partition([h | t], fun, yes, no) do
    case fun.(h) do
      true -> partition(t, fun, [h | yes], no)
      false -> partition(t, fun, yes, [h | no])
    end
  end

  defp partition([], fun, yes, no) when is_function(fun, 1),
    do: {:lists.reverse(yes), :lists.reverse(no)}

  def all(fun, [h | t]) do
    case fun.(h) do
      true -> all(fun, t)
      false -> false
    end
  end

  def all(fun, []) when is_function(fun, 1), do: true

  def any(fun, [h | t]) do
    case fun.(h) do
      true -> true
      false -> any(fun, t)
    end
  end

  def any(fun, []) when is_function(fun, 1), do: false

  def search(fun, [h | t]) do
    case fun.(h) do
      true -> {:value, h}
      false -> search(fun, t)
    end
  end

  def search(fun, []) when is_function(fun, 1), do: false

  def flatmap(fun, [h | t]), do: fun.(h) ++ flatmap(fun, t)
  def flatmap(fun, []) when is_function(fun, 1), do: []

  def mapfoldl(fun, acc, [h | t]) do
    {mapped, acc} = fun.(h, acc)
    {rest, acc} = mapfoldl(fun, acc, t)
    {[mapped | rest], acc}
  end

  def mapfoldl(fun, acc, []) when is_function(fun, 2), do: {[], acc}

  def mapfoldr(fun, acc, [h | t]) do
    {rest, acc} = mapfoldr(fun, acc, t)
    {mapped, acc} = fun.(h, acc)
    {[mapped | rest], acc}
  end

  def mapfoldr(fun, acc, []) when is_function(fun, 2), do: {[], acc}

  def takewhile(fun, [h | t]) do
    case fun.(h) do
      true -> [h | takewhile(fun, t)]
      false -> []
    end
  end

  def takewhile(fun, []) when is_function(fun, 1), do: []

  def dropwhile(fun, [h | t] = list) do
    case fun.(h) do
      true -> dropwhile(fun, t)
      false -> list
    end
  end

  def dropwhile(fun, []) when is_function(fun, 1), do: []

  def splitwith(fun, list) when is_function(fun, 1), do: splitwith(list, fun, [])

  defp splitwith([h | t] = list, fun, taken) do
    case fun.(h) do
      true -> splitwith(t, fun, [h | taken])
      false -> {:lists.reverse(taken), list}
    end
  end

  defp splitwith([], _fun, taken), do: {:lists.reverse(taken), []}

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

  def enumerate(index, list) when is_integer(index), do: number_from(list, index)

  defp number_from([h | t], index), do: [{index, h} | number_from(t, index + 1)]
  defp number_from([], _index), do: []

  def join(_separator, []), do: []
  def join(separator, [h | t]), do: [h | prepend_each(t, separator)]

  defp prepend_each([h | t], separator), do: [separator, h | prepend_each(t, separator)]
  defp prepend_each([], _separator), do: []

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

  def sort(fun, list) when is_function(fun, 2) do
    case list do
      [] -> []
      [_] -> list
      _ -> merge_runs(runs(list, fun), fun)
    end
  end

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

  def usort(fun, list) when is_function(fun, 2), do: drop_equals(sort(fun, list), fun)

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

  def merge([], right), do: right
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
  def umerge(left, []), do: left

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
