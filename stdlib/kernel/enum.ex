# SPDX-License-Identifier: Apache-2.0
# Enum: eager functions over anything enumerable. Invariant: lists are matched first and walked directly,
# ranges are counted without being built, and everything else goes through `reduce/3` so that the effects of
# a stream and of the caller's function interleave as in Elixir; what may stop early, stops early.
defmodule Enum do
  @moduledoc "Functions for working with collections."

  import Kernel, except: [max: 2, min: 2]

  @type t :: Enumerable.t()
  @type acc :: any
  @type element :: any
  @type index :: integer
  @type default :: any

  # Predicates

  @doc """
  Tells whether all elements are truthy, or `fun` is truthy for all of them.

      iex> Enum.all?([2, 4], &(rem(&1, 2) == 0))
      true
  """
  @spec all?(t) :: boolean
  def all?(enumerable) when is_list(enumerable), do: all_list(enumerable)
  def all?(enumerable), do: all?(enumerable, fn x -> x end)

  defp all_list([h | t]), do: if(h, do: all_list(t), else: false)
  defp all_list([]), do: true

  @spec all?(t, (element -> as_boolean(term))) :: boolean
  def all?(enumerable, fun) when is_list(enumerable), do: all_list(enumerable, fun)

  def all?(enumerable, fun) do
    halting(enumerable, true, fn x, _ -> if fun.(x), do: {:cont, true}, else: {:halt, false} end)
  end

  defp all_list([h | t], fun), do: if(fun.(h), do: all_list(t, fun), else: false)
  defp all_list([], _fun), do: true

  # What only Enumerable knows how to visit: there a reducer that makes its answers itself spares one call for each element.
  defguardp is_lazy(enumerable) when is_function(enumerable, 2) or :erlang.map_get(:__struct__, enumerable) != Range

  # A reduce that may stop: `fun` answers {:cont, acc} or {:halt, acc}.
  defp halting(enumerable, acc, fun), do: elem(Enumerable.reduce(enumerable, {:cont, acc}, fun), 1)

  @doc """
  Tells whether an element is truthy, or `fun` is truthy for one.

      iex> Enum.any?([1, 2], &(&1 > 1))
      true
  """
  @spec any?(t) :: boolean
  def any?(enumerable) when is_list(enumerable), do: any_list(enumerable)
  def any?(enumerable), do: any?(enumerable, fn x -> x end)

  defp any_list([h | t]), do: if(h, do: true, else: any_list(t))
  defp any_list([]), do: false

  @spec any?(t, (element -> as_boolean(term))) :: boolean
  def any?(enumerable, fun) when is_list(enumerable), do: any_list(enumerable, fun)

  def any?(enumerable, fun) do
    halting(enumerable, false, fn x, _ -> if fun.(x), do: {:halt, true}, else: {:cont, false} end)
  end

  defp any_list([h | t], fun), do: if(fun.(h), do: true, else: any_list(t, fun))
  defp any_list([], _fun), do: false

  @doc """
  Tells whether there are no elements.

      iex> Enum.empty?([])
      true
  """
  @spec empty?(t) :: boolean
  def empty?(enumerable) when is_list(enumerable), do: enumerable == []

  def empty?(enumerable) do
    case Enumerable.slice(enumerable) do
      {:ok, size, _} -> size == 0
      {:error, _} -> halting(enumerable, true, fn _, _ -> {:halt, false} end)
    end
  end

  @doc """
  Tells whether `element` is in the collection, compared with `===`.

      iex> Enum.member?(1..10, 5)
      true
  """
  @spec member?(t, element) :: boolean
  def member?(enumerable, element) when is_list(enumerable), do: :lists.member(element, enumerable)

  def member?(enumerable, element) do
    case Enumerable.member?(enumerable, element) do
      {:ok, answer} when is_boolean(answer) -> answer
      {:error, module} -> module.reduce(enumerable, {:cont, false}, &seek_member(&1, &2, element)) |> elem(1)
    end
  end

  defp seek_member(x, _acc, element) when x === element, do: {:halt, true}
  defp seek_member(_x, acc, _element), do: {:cont, acc}

  # Positions

  @doc """
  Returns the element at a zero-based index; a negative index counts from the end.

      iex> Enum.at([2, 4, 6], -1)
      6
  """
  @spec at(t, index, default) :: element | default
  def at(enumerable, index, default \\ nil) when is_integer(index) do
    case fetch_at(enumerable, index) do
      {:ok, element} -> element
      :error -> default
    end
  end

  @doc """
  Returns `{:ok, element}` or `:error`.

      iex> Enum.fetch([2, 4], 0)
      {:ok, 2}
  """
  @spec fetch(t, index) :: {:ok, element} | :error
  def fetch(enumerable, index) when is_integer(index), do: fetch_at(enumerable, index)

  @doc """
  Returns the element at `index` or raises `Enum.OutOfBoundsError`.

      iex> Enum.fetch!([2, 4], 1)
      4
  """
  @spec fetch!(t, index) :: element | no_return
  def fetch!(enumerable, index) when is_integer(index) do
    case fetch_at(enumerable, index) do
      {:ok, element} -> element
      :error -> raise Enum.OutOfBoundsError
    end
  end

  defp fetch_at(list, index) when is_list(list) and index >= 0, do: fetch_list(list, index)

  defp fetch_at(list, index) when is_list(list) do
    case length(list) + index do
      position when position >= 0 -> fetch_list(list, position)
      _ -> :error
    end
  end

  defp fetch_at(enumerable, index) do
    case Enumerable.slice(enumerable) do
      {:ok, size, fun} -> fetch_sized(enumerable, if(index < 0, do: size + index, else: index), size, fun)
      {:error, module} when index >= 0 -> fetch_forward(enumerable, index, module)
      {:error, _} -> fetch_at(to_list(enumerable), index)
    end
  end

  defp fetch_list(list, index) do
    case drop_list(list, index) do
      [h | _] -> {:ok, h}
      [] -> :error
    end
  end

  defp fetch_sized(enumerable, index, size, fun) when index >= 0 and index < size do
    [element] = slice_sized(enumerable, index, 1, 1, size, fun)
    {:ok, element}
  end

  defp fetch_sized(_enumerable, _index, _size, _fun), do: :error

  defp fetch_forward(enumerable, index, module) do
    seek = fn
      x, {:left, 0} -> {:halt, {:ok, x}}
      _x, {:left, n} -> {:cont, {:left, n - 1}}
    end

    case module.reduce(enumerable, {:cont, {:left, index}}, seek) |> elem(1) do
      {:ok, _} = found -> found
      {:left, _} -> :error
    end
  end

  # Chunks

  @doc """
  Splits where `fun` answers a new value.

      iex> Enum.chunk_by([1, 3, 2, 5], &(rem(&1, 2) == 1))
      [[1, 3], [2], [5]]
  """
  @spec chunk_by(t, (element -> any)) :: [list]
  def chunk_by(enumerable, fun) do
    collect = fn
      x, [] ->
        [[], {fun.(x), [x]}]

      x, [done, {key, group}] ->
        case fun.(x) do
          ^key -> [done, {key, [x | group]}]
          other -> [[:lists.reverse(group) | done], {other, [x]}]
        end
    end

    case reduce(listed(enumerable), [], collect) do
      [] -> []
      [done, {_key, group}] -> :lists.reverse(done, [:lists.reverse(group)])
    end
  end

  @doc "The same as `chunk_every(enumerable, count, count)`."
  @spec chunk_every(t, pos_integer) :: [list]
  def chunk_every(enumerable, count), do: chunk_every(enumerable, count, count, [])

  @doc """
  Returns lists of `count` elements, each starting `step` after the one before; `leftover` fills up the
  last one, or `:discard` drops it.

      iex> Enum.chunk_every([1, 2, 3, 4, 5], 2, 2, [0])
      [[1, 2], [3, 4], [5, 0]]
  """
  @spec chunk_every(t, pos_integer, pos_integer, t | :discard) :: [list]
  def chunk_every(enumerable, count, step, leftover \\ [])

  def chunk_every(enumerable, count, step, leftover)
      when is_integer(count) and count > 0 and is_integer(step) and step > 0 do
    if is_list(enumerable) do
      chunk_list(enumerable, count, step, leftover)
    else
      chunk_list(to_list(enumerable), count, step, leftover)
    end
  end

  defp chunk_list([], _count, _step, _leftover), do: []

  defp chunk_list(list, count, step, leftover) do
    case take_exactly(list, count, []) do
      {:full, chunk, rest} when step >= count -> [chunk | chunk_list(drop_list(rest, step - count), count, step, leftover)]
      {:full, chunk, _rest} -> [chunk | chunk_list(drop_list(list, step), count, step, leftover)]
      {:short, _reversed, _missing} when leftover == :discard -> []
      {:short, reversed, missing} -> [:lists.reverse(reversed, take(leftover, missing))]
    end
  end

  defp take_exactly(rest, 0, taken), do: {:full, :lists.reverse(taken), rest}
  defp take_exactly([h | t], n, taken), do: take_exactly(t, n - 1, [h | taken])
  defp take_exactly([], n, taken), do: {:short, taken, n}

  @doc """
  Chunks with control: `chunk_fun` answers `{:cont, chunk, acc}`, `{:cont, acc}` or `{:halt, acc}`, and
  `after_fun` closes the last chunk.

      iex> Enum.chunk_while([1, 2, 3], [], fn x, acc -> {:cont, [x | acc], []} end, fn acc -> {:cont, acc} end)
      [[1], [2], [3]]
  """
  @spec chunk_while(t, acc, (element, acc -> term), (acc -> term)) :: Enumerable.t()
  def chunk_while(enumerable, acc, chunk_fun, after_fun) do
    step = fn x, {chunks, acc} ->
      case chunk_fun.(x, acc) do
        {:cont, chunk, acc} -> {:cont, {[chunk | chunks], acc}}
        {:cont, acc} -> {:cont, {chunks, acc}}
        {:halt, acc} -> {:halt, {chunks, acc}}
      end
    end

    {chunks, acc} = halting(enumerable, {[], acc}, step)

    case after_fun.(acc) do
      {:cont, _acc} -> :lists.reverse(chunks)
      {:cont, chunk, _acc} -> :lists.reverse([chunk | chunks])
    end
  end

  @doc false
  @deprecated "Use Enum.chunk_every/2 instead"
  def chunk(enumerable, count), do: chunk_every(enumerable, count, count, :discard)

  @doc false
  @deprecated "Use Enum.chunk_every/3 instead"
  def chunk(enumerable, count, step), do: chunk_every(enumerable, count, step, :discard)

  @doc false
  @deprecated "Use Enum.chunk_every/4 instead"
  def chunk(enumerable, count, step, leftover), do: chunk_every(enumerable, count, step, leftover || :discard)

  # Concatenation and counting

  @doc """
  Joins the collections in a collection into one list.

      iex> Enum.concat([1..2, [3]])
      [1, 2, 3]
  """
  @spec concat(t) :: list
  def concat(enumerables), do: flat_map(enumerables, fn x -> x end)

  @doc """
  Joins two collections into one list.

      iex> Enum.concat(1..2, [3])
      [1, 2, 3]
  """
  @spec concat(t, t) :: list
  def concat(left, right) when is_list(left) and is_list(right), do: left ++ right
  def concat(left, right), do: concat([left, right])

  @doc """
  Returns the number of elements.

      iex> Enum.count([1, 2, 3])
      3
  """
  @spec count(t) :: non_neg_integer
  def count(enumerable) when is_list(enumerable), do: length(enumerable)

  def count(enumerable) do
    case Enumerable.count(enumerable) do
      {:ok, count} when is_integer(count) -> count
      {:error, module} -> module.reduce(enumerable, {:cont, 0}, fn _, n -> {:cont, n + 1} end) |> elem(1)
    end
  end

  @doc """
  Counts the elements for which `fun` is truthy.

      iex> Enum.count([1, 2, 3], &(&1 > 1))
      2
  """
  @spec count(t, (element -> as_boolean(term))) :: non_neg_integer
  def count(enumerable, fun) when is_lazy(enumerable),
    do: halting(enumerable, 0, fn x, n -> if fun.(x), do: {:cont, n + 1}, else: {:cont, n} end)

  def count(enumerable, fun), do: reduce(enumerable, 0, fn x, n -> if fun.(x), do: n + 1, else: n end)

  @doc """
  Counts, but stops at `limit`.

      iex> Enum.count_until(1..20, 5)
      5
  """
  @spec count_until(t, pos_integer) :: non_neg_integer
  def count_until(enumerable, limit) when is_integer(limit) and limit > 0 do
    case if(is_list(enumerable), do: {:ok, count_list(enumerable, 0, limit)}, else: Enumerable.count(enumerable)) do
      {:ok, count} -> Kernel.min(count, limit)
      {:error, _} -> count_until(enumerable, fn _ -> true end, limit)
    end
  end

  defp count_list([_ | t], n, limit) when n < limit, do: count_list(t, n + 1, limit)
  defp count_list(list, n, limit) when list == [] or n == limit, do: n

  @doc """
  Counts the elements for which `fun` is truthy, but stops at `limit`.

      iex> Enum.count_until(1..20, &(rem(&1, 2) == 0), 7)
      7
  """
  @spec count_until(t, (element -> as_boolean(term)), pos_integer) :: non_neg_integer
  def count_until(enumerable, fun, limit) when is_integer(limit) and limit > 0 do
    halting(enumerable, 0, fn x, n ->
      cond do
        !fun.(x) -> {:cont, n}
        n + 1 < limit -> {:cont, n + 1}
        true -> {:halt, limit}
      end
    end)
  end

  # Repetitions

  @doc """
  Collapses runs of equal (`===`) elements.

      iex> Enum.dedup([1, 1, 2, 2, 1])
      [1, 2, 1]
  """
  @spec dedup(t) :: list
  def dedup(enumerable), do: :phial_lists.dedup(visited(enumerable))

  @doc """
  Collapses runs for which `fun` answers the same.

      iex> Enum.dedup_by([{1, :a}, {2, :b}, {2, :c}], &elem(&1, 0))
      [{1, :a}, {2, :b}]
  """
  @spec dedup_by(t, (element -> term)) :: list
  def dedup_by(enumerable, fun) do
    keep = fn
      x, [] ->
        [fun.(x), x]

      x, [last | kept] ->
        case fun.(x) do
          ^last -> [last | kept]
          key -> [key, x | kept]
        end
    end

    case reduce(enumerable, [], keep) do
      [] -> []
      [_key | kept] -> :lists.reverse(kept)
    end
  end

  @doc """
  Removes duplicates, keeping first occurrences.

      iex> Enum.uniq([1, 2, 1])
      [1, 2]
  """
  @spec uniq(t) :: list
  def uniq(enumerable) when is_list(enumerable), do: uniq_list(enumerable, %{})
  def uniq(enumerable), do: uniq_list(visited(enumerable), %{})

  defp uniq_list([h | t], seen) do
    case seen do
      %{^h => _} -> uniq_list(t, seen)
      %{} -> [h | uniq_list(t, :maps.put(h, true, seen))]
    end
  end

  defp uniq_list([], _seen), do: []

  @doc false
  @deprecated "Use Enum.uniq_by/2 instead"
  def uniq(enumerable, fun), do: uniq_by(enumerable, fun)

  @doc """
  Removes elements for which `fun` answers what it has answered before.

      iex> Enum.uniq_by([{1, :x}, {2, :y}, {1, :z}], fn {x, _} -> x end)
      [{1, :x}, {2, :y}]
  """
  @spec uniq_by(t, (element -> term)) :: list
  def uniq_by(enumerable, fun) do
    enumerable |> map(fn x -> [fun.(x) | x] end) |> :phial_maps.firsts()
  end

  # Dropping and taking

  @doc """
  Drops the first `amount` elements, or the last ones if it is negative.

      iex> Enum.drop([1, 2, 3], -1)
      [1, 2]
  """
  @spec drop(t, integer) :: list
  def drop(enumerable, amount) when is_list(enumerable) and is_integer(amount) and amount >= 0,
    do: drop_list(enumerable, amount)

  def drop(enumerable, amount) when is_integer(amount) and amount >= 0, do: drop_list(visited(enumerable), amount)

  def drop(enumerable, amount) when is_integer(amount) do
    {size, fun} = sized(enumerable)
    kept = size + amount
    if kept > 0, do: slice_sized(enumerable, 0, kept, 1, size, fun), else: []
  end

  defp drop_list(list, 0), do: list
  defp drop_list([_ | t], 1), do: t
  defp drop_list(list, n), do: :phial_lists.drop(list, n)

  defp take_list(list, n) when n > 0, do: :lists.sublist(list, n)
  defp take_list(_list, _n), do: []

  @doc """
  Drops every `nth` element, starting with the first.

      iex> Enum.drop_every([1, 2, 3, 4], 2)
      [2, 4]
  """
  @spec drop_every(t, non_neg_integer) :: list
  def drop_every(enumerable, nth)
  def drop_every([], nth) when is_integer(nth), do: []
  def drop_every(_enumerable, 1), do: []
  def drop_every(enumerable, 0), do: to_list(enumerable)
  def drop_every(enumerable, nth) when is_integer(nth) and nth > 1, do: drop_each(visited(enumerable), 0, nth - 1)

  defp drop_each([_ | t], 0, period), do: drop_each(t, period, period)
  defp drop_each([h | t], n, period), do: [h | drop_each(t, n - 1, period)]
  defp drop_each([], _n, _period), do: []

  @doc """
  Drops elements while `fun` is truthy.

      iex> Enum.drop_while([1, 2, 3, 1], &(&1 < 3))
      [3, 1]
  """
  @spec drop_while(t, (element -> as_boolean(term))) :: list
  def drop_while(enumerable, fun) when is_list(enumerable), do: drop_while_list(enumerable, fun)

  def drop_while(enumerable, fun) do
    drop = fn
      x, :dropping -> if fun.(x), do: :dropping, else: [x]
      x, kept -> [x | kept]
    end

    case reduce(enumerable, :dropping, drop) do
      :dropping -> []
      kept -> :lists.reverse(kept)
    end
  end

  defp drop_while_list([h | t] = list, fun), do: if(fun.(h), do: drop_while_list(t, fun), else: list)
  defp drop_while_list([], _fun), do: []

  @doc """
  Takes the first `amount` elements, or the last ones if it is negative.

      iex> Enum.take([1, 2, 3], 2)
      [1, 2]
  """
  @spec take(t, integer) :: list
  def take(enumerable, amount)
  def take(_enumerable, 0), do: []
  def take(enumerable, amount) when is_list(enumerable) and is_integer(amount) and amount > 0, do: take_list(enumerable, amount)

  def take(enumerable, amount) when is_integer(amount) and amount > 0 do
    step = fn
      x, {taken, 1} -> {:halt, {[x | taken], 0}}
      x, {taken, n} -> {:cont, {[x | taken], n - 1}}
    end

    {taken, _} = halting(enumerable, {[], amount}, step)
    :lists.reverse(taken)
  end

  def take(enumerable, amount) when is_integer(amount) and amount < 0, do: slice(enumerable, amount, -amount)

  @doc """
  Takes every `nth` element, starting with the first.

      iex> Enum.take_every([1, 2, 3, 4], 2)
      [1, 3]
  """
  @spec take_every(t, non_neg_integer) :: list
  def take_every(enumerable, nth)
  def take_every(_enumerable, 0), do: []
  def take_every(enumerable, 1), do: to_list(enumerable)
  def take_every(enumerable, nth) when is_integer(nth) and nth > 1, do: :phial_lists.every(visited(enumerable), nth)

  @doc """
  Takes elements while `fun` is truthy.

      iex> Enum.take_while([1, 2, 3], &(&1 < 3))
      [1, 2]
  """
  @spec take_while(t, (element -> as_boolean(term))) :: list
  def take_while(enumerable, fun) when is_list(enumerable), do: take_while_list(enumerable, fun)

  def take_while(enumerable, fun) do
    halting(enumerable, [], fn x, taken -> if fun.(x), do: {:cont, [x | taken]}, else: {:halt, taken} end)
    |> :lists.reverse()
  end

  defp take_while_list([h | t], fun), do: if(fun.(h), do: [h | take_while_list(t, fun)], else: [])
  defp take_while_list([], _fun), do: []

  # Visiting, mapping, filtering

  @doc """
  Calls `fun` for each element and returns `:ok`.

      iex> Enum.each([1, 2], fn x -> x end)
      :ok
  """
  @spec each(t, (element -> any)) :: :ok
  def each(enumerable, fun) when is_list(enumerable), do: each_list(enumerable, fun)

  def each(enumerable, fun) when is_lazy(enumerable) do
    halting(enumerable, nil, fn x, _ ->
      fun.(x)
      {:cont, nil}
    end)

    :ok
  end

  def each(enumerable, fun) do
    reduce(enumerable, nil, fn x, _ ->
      fun.(x)
      nil
    end)

    :ok
  end

  defp each_list([h | t], fun) do
    fun.(h)
    each_list(t, fun)
  end

  defp each_list([], fun) when is_function(fun, 1), do: :ok

  @doc """
  Returns the list of what `fun` answers for each element.

      iex> Enum.map(1..3, &(&1 * 2))
      [2, 4, 6]
  """
  @spec map(t, (element -> any)) :: list
  def map(enumerable, fun) when is_list(enumerable), do: map_list(enumerable, fun)

  def map(%{__struct__: Range, first: first, last: last, step: step}, fun), do: map_range(first, last, step, fun)

  def map(enumerable, fun) when is_lazy(enumerable),
    do: halting(enumerable, [], fn x, acc -> {:cont, [fun.(x) | acc]} end) |> :lists.reverse()

  def map(enumerable, fun), do: reduce(enumerable, [], fn x, acc -> [fun.(x) | acc] end) |> :lists.reverse()

  defp map_list([h | t], fun), do: [fun.(h) | map_list(t, fun)]
  defp map_list([], fun) when is_function(fun, 1), do: []

  defp map_range(i, last, step, fun) when step > 0 and i <= last, do: [fun.(i) | map_range(i + step, last, step, fun)]
  defp map_range(i, last, step, fun) when step < 0 and i >= last, do: [fun.(i) | map_range(i + step, last, step, fun)]
  defp map_range(_i, _last, _step, _fun), do: []

  @doc """
  Maps every `nth` element, starting with the first, and leaves the others.

      iex> Enum.map_every([1, 2, 3], 2, &(&1 * 10))
      [10, 2, 30]
  """
  @spec map_every(t, non_neg_integer, (element -> any)) :: list
  def map_every(enumerable, nth, fun)
  def map_every(enumerable, 1, fun), do: map(enumerable, fun)
  def map_every(enumerable, 0, _fun), do: to_list(enumerable)

  def map_every(enumerable, nth, fun) when is_integer(nth) and nth > 1 do
    step = fn
      x, {acc, 0} -> {[fun.(x) | acc], nth - 1}
      x, {acc, n} -> {[x | acc], n - 1}
    end

    {acc, _} = reduce(enumerable, {[], 0}, step)
    :lists.reverse(acc)
  end

  @doc """
  Keeps the elements for which `fun` is truthy.

      iex> Enum.filter([1, 2, 3], &(&1 > 1))
      [2, 3]
  """
  @spec filter(t, (element -> as_boolean(term))) :: list
  def filter(enumerable, fun) when is_list(enumerable), do: filter_list(enumerable, fun)

  def filter(enumerable, fun) when is_lazy(enumerable) do
    halting(enumerable, [], fn x, acc -> if fun.(x), do: {:cont, [x | acc]}, else: {:cont, acc} end) |> :lists.reverse()
  end

  def filter(enumerable, fun) do
    reduce(enumerable, [], fn x, acc -> if fun.(x), do: [x | acc], else: acc end) |> :lists.reverse()
  end

  defp filter_list([h | t], fun), do: if(fun.(h), do: [h | filter_list(t, fun)], else: filter_list(t, fun))
  defp filter_list([], _fun), do: []

  @doc """
  Drops the elements for which `fun` is truthy.

      iex> Enum.reject([1, 2, 3], &(&1 > 1))
      [1]
  """
  @spec reject(t, (element -> as_boolean(term))) :: list
  def reject(enumerable, fun) when is_list(enumerable), do: reject_list(enumerable, fun)

  def reject(enumerable, fun) do
    reduce(enumerable, [], fn x, acc -> if fun.(x), do: acc, else: [x | acc] end) |> :lists.reverse()
  end

  defp reject_list([h | t], fun), do: if(fun.(h), do: reject_list(t, fun), else: [h | reject_list(t, fun)])
  defp reject_list([], _fun), do: []

  @doc false
  @deprecated "Use Enum.filter/2 + Enum.map/2 or for comprehensions instead"
  def filter_map(enumerable, filter, mapper), do: enumerable |> filter(filter) |> map(mapper)

  @doc """
  Maps, and joins the resulting collections into one list.

      iex> Enum.flat_map([1, 2], fn x -> [x, x] end)
      [1, 1, 2, 2]
  """
  @spec flat_map(t, (element -> t)) :: list
  def flat_map(enumerable, fun) when is_list(enumerable), do: flat_map_list(enumerable, fun)

  def flat_map(enumerable, fun) do
    reduce(enumerable, [], fn x, acc ->
      case fun.(x) do
        list when is_list(list) -> :lists.reverse(list, acc)
        other -> reduce(other, acc, &[&1 | &2])
      end
    end)
    |> :lists.reverse()
  end

  defp flat_map_list([h | t], fun) do
    case fun.(h) do
      [] -> flat_map_list(t, fun)
      [one] -> [one | flat_map_list(t, fun)]
      list when is_list(list) -> list ++ flat_map_list(t, fun)
      other -> visited(other) ++ flat_map_list(t, fun)
    end
  end

  defp flat_map_list([], _fun), do: []

  @doc """
  Maps and reduces: `fun` answers `{collection, acc}` or `{:halt, acc}`.

      iex> Enum.flat_map_reduce(1..5, 0, fn x, n -> if n < 2, do: {[x], n + 1}, else: {:halt, n} end)
      {[1, 2], 2}
  """
  @spec flat_map_reduce(t, acc, (element, acc -> {t, acc} | {:halt, acc})) :: {[any], any}
  def flat_map_reduce(enumerable, acc, fun) do
    step = fn x, {list, acc} ->
      case fun.(x, acc) do
        {:halt, acc} -> {:halt, {list, acc}}
        {[], acc} -> {:cont, {list, acc}}
        {[one], acc} -> {:cont, {[one | list], acc}}
        {entries, acc} -> {:cont, {reduce(entries, list, &[&1 | &2]), acc}}
      end
    end

    {list, acc} = halting(enumerable, {[], acc}, step)
    {:lists.reverse(list), acc}
  end

  @doc """
  Puts `separator` between the elements.

      iex> Enum.intersperse([1, 2, 3], 0)
      [1, 0, 2, 0, 3]
  """
  @spec intersperse(t, element) :: list
  def intersperse(enumerable, separator), do: :lists.join(separator, visited(enumerable))

  @doc """
  Maps, and puts `separator` between the results.

      iex> Enum.map_intersperse([1, 2], :a, &(&1 * 2))
      [2, :a, 4]
  """
  @spec map_intersperse(t, element, (element -> any)) :: list
  def map_intersperse(enumerable, separator, mapper), do: :lists.join(separator, map(enumerable, mapper))

  @doc """
  Maps with an accumulator: `fun` answers `{mapped, acc}`.

      iex> Enum.map_reduce([1, 2, 3], 0, fn x, acc -> {x * 2, x + acc} end)
      {[2, 4, 6], 6}
  """
  @spec map_reduce(t, acc, (element, acc -> {element, acc})) :: {list, acc}
  def map_reduce(enumerable, acc, fun) when is_list(enumerable), do: map_reduce_list(enumerable, [], acc, fun)

  def map_reduce(enumerable, acc, fun) do
    {mapped, acc} =
      reduce(enumerable, {[], acc}, fn x, {mapped, acc} ->
        {y, acc} = fun.(x, acc)
        {[y | mapped], acc}
      end)

    {:lists.reverse(mapped), acc}
  end

  defp map_reduce_list([h | t], mapped, acc, fun) do
    {y, acc} = fun.(h, acc)
    map_reduce_list(t, [y | mapped], acc, fun)
  end

  defp map_reduce_list([], mapped, acc, _fun), do: {:lists.reverse(mapped), acc}

  @doc """
  Returns the running results of `fun`, which starts with the first element.

      iex> Enum.scan([1, 2, 3], &(&1 + &2))
      [1, 3, 6]
  """
  @spec scan(t, (element, any -> any)) :: list
  def scan(enumerable, fun) do
    step = fn
      x, [] ->
        [x]

      x, [last | _] = acc ->
        [fun.(x, last) | acc]
    end

    reduce(enumerable, [], step) |> :lists.reverse()
  end

  @doc """
  Returns the running results of `fun`, which starts with `acc`.

      iex> Enum.scan([1, 2, 3], 0, &(&1 + &2))
      [1, 3, 6]
  """
  @spec scan(t, any, (element, any -> any)) :: list
  def scan(enumerable, acc, fun) do
    {scanned, _} =
      reduce(enumerable, {[], acc}, fn x, {scanned, acc} ->
        acc = fun.(x, acc)
        {[acc | scanned], acc}
      end)

    :lists.reverse(scanned)
  end

  @doc """
  Pairs each element with its index, counted from `offset`, or calls a function with both.

      iex> Enum.with_index([:a, :b], 1)
      [a: 1, b: 2]
  """
  @spec with_index(t, integer | (element, index -> any)) :: [any]
  def with_index(enumerable, fun_or_offset \\ 0)

  def with_index(enumerable, offset) when is_integer(offset), do: :phial_lists.number(visited(enumerable), offset)
  def with_index(enumerable, fun) when is_list(enumerable) and is_function(fun, 2), do: number(enumerable, 0, fun)

  def with_index(enumerable, fun) when is_function(fun, 2) do
    {mapped, _} = reduce(enumerable, {[], 0}, fn x, {acc, i} -> {[fun.(x, i) | acc], i + 1} end)
    :lists.reverse(mapped)
  end

  defp number([h | t], i, fun), do: [fun.(h, i) | number(t, i + 1, fun)]
  defp number([], _i, _fun), do: []

  # Searching

  @doc """
  Returns the first element for which `fun` is truthy, or `default`.

      iex> Enum.find([1, 2, 3], &(&1 > 1))
      2
  """
  @spec find(t, default, (element -> any)) :: element | default
  def find(enumerable, default \\ nil, fun)
  def find(enumerable, default, fun) when is_list(enumerable), do: find_list(enumerable, default, fun)

  def find(enumerable, default, fun) do
    halting(enumerable, default, fn x, default -> if fun.(x), do: {:halt, x}, else: {:cont, default} end)
  end

  defp find_list([h | t], default, fun), do: if(fun.(h), do: h, else: find_list(t, default, fun))
  defp find_list([], default, _fun), do: default

  @doc """
  Returns the index of the first element for which `fun` is truthy, or `nil`.

      iex> Enum.find_index([1, 2, 3], &(&1 > 1))
      1
  """
  @spec find_index(t, (element -> any)) :: non_neg_integer | nil
  def find_index(enumerable, fun) when is_list(enumerable), do: find_index_list(enumerable, 0, fun)

  def find_index(enumerable, fun) do
    seek = fn x, {:at, i} -> if fun.(x), do: {:halt, i}, else: {:cont, {:at, i + 1}} end

    case halting(enumerable, {:at, 0}, seek) do
      {:at, _} -> nil
      index -> index
    end
  end

  defp find_index_list([h | t], i, fun), do: if(fun.(h), do: i, else: find_index_list(t, i + 1, fun))
  defp find_index_list([], _i, _fun), do: nil

  @doc """
  Returns the first truthy answer of `fun`, or `default`.

      iex> Enum.find_value([2, 3], &(rem(&1, 2) == 1 and &1 * 10))
      30
  """
  @spec find_value(t, any, (element -> any)) :: any | nil
  def find_value(enumerable, default \\ nil, fun)
  def find_value(enumerable, default, fun) when is_list(enumerable), do: find_value_list(enumerable, default, fun)

  def find_value(enumerable, default, fun) do
    halting(enumerable, default, fn x, default ->
      value = fun.(x)
      if value, do: {:halt, value}, else: {:cont, default}
    end)
  end

  defp find_value_list([h | t], default, fun) do
    case fun.(h) do
      miss when miss in [nil, false] -> find_value_list(t, default, fun)
      value -> value
    end
  end

  defp find_value_list([], default, _fun), do: default

  # Grouping

  @doc """
  Counts how often each element occurs.

      iex> Enum.frequencies(["a", "b", "a"])
      %{"a" => 2, "b" => 1}
  """
  @spec frequencies(t) :: map
  def frequencies(enumerable), do: reduce(enumerable, %{}, &count_key/2)

  defp count_key(key, counts) do
    case counts do
      %{^key => n} -> :maps.update(key, n + 1, counts)
      %{} -> :maps.put(key, 1, counts)
    end
  end

  @doc """
  Counts how often `key_fun` answers each value.

      iex> Enum.frequencies_by(["a", "A"], &String.downcase/1)
      %{"a" => 2}
  """
  @spec frequencies_by(t, (element -> any)) :: map
  def frequencies_by(enumerable, key_fun) when is_function(key_fun),
    do: reduce(enumerable, %{}, fn x, counts -> count_key(key_fun.(x), counts) end)

  @doc """
  Groups the elements by what `key_fun` answers, each mapped by `value_fun`.

      iex> Enum.group_by(["ant", "bee", "owls"], &String.length/1)
      %{3 => ["ant", "bee"], 4 => ["owls"]}
  """
  @spec group_by(t, (element -> any), (element -> any)) :: map
  def group_by(enumerable, key_fun, value_fun \\ fn x -> x end)

  def group_by(enumerable, key_fun, value_fun) when is_function(key_fun),
    do: enumerable |> reverse() |> keyed(key_fun, value_fun, []) |> :phial_maps.grouped()

  def group_by(enumerable, map, key_fun) when is_map(map) and is_function(key_fun, 1),
    do: :maps.merge_with(fn _key, old, new -> new ++ old end, map, group_by(enumerable, key_fun))

  def group_by(_enumerable, dict, _key_fun), do: raise(ArgumentError, "unsupported dict: #{inspect(dict)}")

  defp keyed([h | t], key_fun, value_fun, pairs) do
    key = key_fun.(h)
    keyed(t, key_fun, value_fun, [[key | value_fun.(h)] | pairs])
  end

  defp keyed([], _key_fun, _value_fun, pairs), do: pairs

  # Building collections

  @doc """
  Puts the elements into a collectable.

      iex> Enum.into([a: 1], %{b: 2})
      %{a: 1, b: 2}
  """
  @spec into(t, Collectable.t()) :: Collectable.t()
  def into(enumerable, collectable)
  def into(enumerable, []), do: to_list(enumerable)

  def into(%{__struct__: _} = enumerable, collectable), do: into_protocol(enumerable, collectable)
  def into(enumerable, %{__struct__: _} = collectable), do: into_protocol(enumerable, collectable)
  def into(%{} = enumerable, %{} = collectable), do: :maps.merge(collectable, enumerable)

  def into(enumerable, %{} = collectable) when is_list(enumerable) do
    case :erlang.map_size(collectable) do
      0 -> :maps.from_list(enumerable)
      _ -> :maps.merge(collectable, :maps.from_list(enumerable))
    end
  end

  def into(enumerable, %{} = collectable), do: reduce(enumerable, collectable, &put_pair/2)
  def into(enumerable, collectable), do: into_protocol(enumerable, collectable)

  # What is no pair is for the collector to refuse.
  defp put_pair({key, value}, map), do: :maps.put(key, value, map)
  defp put_pair(other, map), do: elem(Collectable.into(map), 1).(map, {:cont, other})

  defp into_protocol(enumerable, collectable) do
    {initial, collect} = Collectable.into(collectable)
    collect_with(enumerable, initial, collect, fn x, acc -> collect.(acc, {:cont, x}) end)
  end

  # The collector hears :halt when something goes wrong on the way.
  defp collect_with(enumerable, initial, collect, step) do
    try do
      reduce(enumerable, initial, step)
    catch
      kind, reason ->
        collect.(initial, :halt)
        :erlang.raise(kind, reason, __STACKTRACE__)
    else
      acc -> collect.(acc, :done)
    end
  end

  @doc """
  Puts the elements into a collectable, each transformed.

      iex> Enum.into([1, 2], %{}, fn x -> {x, x * 2} end)
      %{1 => 2, 2 => 4}
  """
  @spec into(t, Collectable.t(), (term -> term)) :: Collectable.t()
  def into(enumerable, [], transform), do: map(enumerable, transform)

  def into(enumerable, %{__struct__: _} = collectable, transform), do: into_protocol(enumerable, collectable, transform)

  def into(list, %{} = collectable, transform) when is_list(list) do
    case :erlang.map_size(collectable) do
      0 -> list |> map(transform) |> :maps.from_list()
      _ -> :lists.foldl(fn x, map -> put_only_pair(transform.(x), map) end, collectable, list)
    end
  end

  def into(enumerable, %{} = collectable, transform),
    do: reduce(enumerable, collectable, fn x, map -> put_pair(transform.(x), map) end)

  def into(enumerable, collectable, transform), do: into_protocol(enumerable, collectable, transform)

  defp put_only_pair(pair, map) do
    {key, value} = pair
    :maps.put(key, value, map)
  end

  defp into_protocol(enumerable, collectable, transform) do
    {initial, collect} = Collectable.into(collectable)
    collect_with(enumerable, initial, collect, fn x, acc -> collect.(acc, {:cont, transform.(x)}) end)
  end

  @doc """
  Joins the elements, as strings, with `joiner` between them.

      iex> Enum.join([1, 2, 3], ", ")
      "1, 2, 3"
  """
  @spec join(t, String.t()) :: String.t()
  def join(enumerable, joiner \\ "")
  def join(enumerable, joiner) when is_binary(joiner), do: join_list(visited(enumerable), joiner)

  defp join_list([], _joiner), do: ""
  defp join_list([h], _joiner), do: entry_to_string(h)
  defp join_list([h | t], ""), do: :erlang.iolist_to_binary([entry_to_string(h) | join_rest(t)])
  defp join_list([h | t], joiner), do: :erlang.iolist_to_binary([entry_to_string(h) | join_rest(t, joiner)])

  defp join_rest([h | t]), do: [entry_to_string(h) | join_rest(t)]
  defp join_rest([]), do: []

  defp join_rest([h | t], joiner), do: [joiner, entry_to_string(h) | join_rest(t, joiner)]
  defp join_rest([], _joiner), do: []

  defp entry_to_string(entry) when is_binary(entry), do: entry
  defp entry_to_string(entry) when is_integer(entry), do: :erlang.integer_to_binary(entry)
  defp entry_to_string(entry), do: String.Chars.to_string(entry)

  @doc """
  Maps, and joins the results, as strings.

      iex> Enum.map_join([1, 2, 3], " = ", &(&1 * 2))
      "2 = 4 = 6"
  """
  @spec map_join(t, String.t(), (element -> String.Chars.t())) :: String.t()
  def map_join(enumerable, joiner \\ "", mapper)

  def map_join(enumerable, joiner, mapper) when is_list(enumerable) and is_binary(joiner),
    do: join_list(map_entries(enumerable, mapper), joiner)

  def map_join(enumerable, joiner, mapper) when is_binary(joiner) do
    join_list(map(enumerable, fn x -> entry_to_string(mapper.(x)) end), joiner)
  end

  defp map_entries([h | t], mapper), do: [entry_to_string(mapper.(h)) | map_entries(t, mapper)]
  defp map_entries([], _mapper), do: []

  @doc """
  Returns the elements as a list.

      iex> Enum.to_list(1..3)
      [1, 2, 3]
  """
  @spec to_list(t) :: [element]
  def to_list(enumerable) when is_list(enumerable), do: enumerable
  def to_list(%{__struct__: Range, first: f, last: l, step: s}), do: range_list(f, l, s)
  def to_list(%{__struct__: _} = enumerable), do: reverse(enumerable) |> :lists.reverse()
  def to_list(%{} = map), do: :maps.to_list(map)
  def to_list(enumerable), do: reverse(enumerable) |> :lists.reverse()

  # A map as its list, for what visits maps in the order of to_list/1.
  defp listed(%{__struct__: _} = enumerable), do: enumerable
  defp listed(%{} = map), do: :maps.to_list(map)
  defp listed(enumerable), do: enumerable

  # The elements in the order of reduce/3. A big map's to_list goes the other way.
  defp visited(%{__struct__: _} = enumerable), do: to_list(enumerable)
  defp visited(%{} = map), do: :phial_maps.iteration_list(map)
  defp visited(enumerable), do: to_list(enumerable)

  defp range_list(first, last, step) when (step > 0 and first <= last) or (step < 0 and first >= last),
    do: :lists.seq(first, last - rem(last - first, step), step)

  defp range_list(_first, _last, _step), do: []

  # Extremes

  @doc """
  Returns the greatest element, the first of equals; `sorter` may be a function or a module with `compare/2`.

      iex> Enum.max([1, 3, 2])
      3
  """
  @spec max(t, (element, element -> boolean) | module | (() -> any), (() -> any)) :: element | no_return
  def max([_ | _] = list), do: :lists.max(list)
  def max(enumerable), do: max(enumerable, fn -> raise Enum.EmptyError end)

  def max([_ | _] = list, fallback) when is_function(fallback, 0), do: :lists.max(list)
  def max(enumerable, fallback) when is_function(fallback, 0), do: extreme(enumerable, &>=/2, fallback)
  def max(enumerable, sorter), do: max(enumerable, sorter, fn -> raise Enum.EmptyError end)

  def max(enumerable, sorter, fallback), do: extreme(enumerable, max_sort_fun(sorter), fallback)

  defp max_sort_fun(sorter) when is_function(sorter, 2), do: sorter
  defp max_sort_fun(module) when is_atom(module), do: &(module.compare(&1, &2) != :lt)

  @doc """
  Returns the least element, the first of equals; `sorter` may be a function or a module with `compare/2`.

      iex> Enum.min([2, 1, 3])
      1
  """
  @spec min(t, (element, element -> boolean) | module | (() -> any), (() -> any)) :: element | no_return
  def min([_ | _] = list), do: :lists.min(list)
  def min(enumerable), do: min(enumerable, fn -> raise Enum.EmptyError end)

  def min([_ | _] = list, fallback) when is_function(fallback, 0), do: :lists.min(list)
  def min(enumerable, fallback) when is_function(fallback, 0), do: extreme(enumerable, &<=/2, fallback)
  def min(enumerable, sorter), do: min(enumerable, sorter, fn -> raise Enum.EmptyError end)

  def min(enumerable, sorter, fallback), do: extreme(enumerable, min_sort_fun(sorter), fallback)

  defp min_sort_fun(sorter) when is_function(sorter, 2), do: sorter
  defp min_sort_fun(module) when is_atom(module), do: &(module.compare(&1, &2) != :gt)

  # Of a range only the ends are compared, whatever the sorter answers for what is between.
  defp extreme(%{__struct__: Range, first: first, step: step} = range, sorter, fallback) do
    case Range.size(range) do
      0 -> fallback.()
      size -> extreme_list([first + (size - 1) * step], first, sorter)
    end
  end

  defp extreme(enumerable, sorter, fallback) do
    case visited(enumerable) do
      [] -> fallback.()
      [h | t] -> extreme_list(t, h, sorter)
    end
  end

  defp extreme_list([h | t], best, sorter) do
    case sorter.(best, h) do
      true -> extreme_list(t, best, sorter)
      false -> extreme_list(t, h, sorter)
    end
  end

  defp extreme_list([], best, _sorter), do: best

  @doc """
  Returns the element for which `fun` answers the greatest value.

      iex> Enum.max_by(["a", "bbb", "cc"], &String.length/1)
      "bbb"
  """
  @spec max_by(t, (element -> any), (element, element -> boolean) | module | (() -> any), (() -> any)) :: element | any
  def max_by(enumerable, fun, sorter_or_fallback \\ &>=/2, empty_fallback \\ fn -> raise Enum.EmptyError end)

  def max_by(enumerable, fun, fallback, _default) when is_function(fun, 1) and is_function(fallback, 0),
    do: extreme_by(enumerable, fun, &>=/2, fallback)

  def max_by(enumerable, fun, sorter, fallback) when is_function(fun, 1), do: extreme_by(enumerable, fun, max_sort_fun(sorter), fallback)

  @doc """
  Returns the element for which `fun` answers the least value.

      iex> Enum.min_by(["aa", "b", "cc"], &String.length/1)
      "b"
  """
  @spec min_by(t, (element -> any), (element, element -> boolean) | module | (() -> any), (() -> any)) :: element | any
  def min_by(enumerable, fun, sorter_or_fallback \\ &<=/2, empty_fallback \\ fn -> raise Enum.EmptyError end)

  def min_by(enumerable, fun, fallback, _default) when is_function(fun, 1) and is_function(fallback, 0),
    do: extreme_by(enumerable, fun, &<=/2, fallback)

  def min_by(enumerable, fun, sorter, fallback) when is_function(fun, 1), do: extreme_by(enumerable, fun, min_sort_fun(sorter), fallback)

  defp extreme_by(enumerable, fun, sorter, fallback) when is_function(fun, 1) do
    step = fn
      x, [] ->
        {x, fun.(x)}

      x, {_best, key} = acc ->
        new_key = fun.(x)

        case sorter.(key, new_key) do
          true -> acc
          false -> {x, new_key}
        end
    end

    case reduce(enumerable, [], step) do
      [] -> fallback.()
      {best, _key} -> best
    end
  end

  @doc """
  Returns the least and the greatest element.

      iex> Enum.min_max([2, 3, 1])
      {1, 3}
  """
  @spec min_max(t, (() -> any)) :: {element, element} | any
  def min_max(enumerable, empty_fallback \\ fn -> raise Enum.EmptyError end)

  def min_max(enumerable, fallback) when is_function(fallback, 0) do
    case visited(enumerable) do
      [] -> fallback.()
      [h | t] -> min_max_list(t, h, h)
    end
  end

  defp min_max_list([h | t], least, greatest) when h < least, do: min_max_list(t, h, greatest)
  defp min_max_list([h | t], least, greatest) when h > greatest, do: min_max_list(t, least, h)
  defp min_max_list([_ | t], least, greatest), do: min_max_list(t, least, greatest)
  defp min_max_list([], least, greatest), do: {least, greatest}

  @doc """
  Returns the elements for which `fun` answers the least and the greatest value.

      iex> Enum.min_max_by(["aaa", "b", "cc"], &String.length/1)
      {"b", "aaa"}
  """
  @spec min_max_by(t, (element -> any), (element, element -> boolean) | module | (() -> any), (() -> any)) ::
          {element, element} | any
  def min_max_by(enumerable, fun, sorter_or_fallback \\ &</2, empty_fallback \\ fn -> raise Enum.EmptyError end)

  def min_max_by(enumerable, fun, fallback, _default) when is_function(fun, 1) and is_function(fallback, 0),
    do: min_max_by(enumerable, fun, &</2, fallback)

  def min_max_by(enumerable, fun, module, fallback) when is_function(fun, 1) and is_atom(module) and is_function(fallback, 0),
    do: min_max_by(enumerable, fun, &(module.compare(&1, &2) == :lt), fallback)

  def min_max_by(enumerable, fun, sorter, fallback) when is_function(fun, 1) and is_function(sorter, 2) and is_function(fallback, 0) do
    step = fn
      x, [] ->
        key = fun.(x)
        {{x, key}, {x, key}}

      x, {{_, least}, {_, greatest}} = acc ->
        key = fun.(x)

        cond do
          sorter.(key, least) -> put_elem(acc, 0, {x, key})
          sorter.(greatest, key) -> put_elem(acc, 1, {x, key})
          true -> acc
        end
    end

    case reduce(enumerable, [], step) do
      [] -> fallback.()
      {{least, _}, {greatest, _}} -> {least, greatest}
    end
  end

  @doc """
  Multiplies the elements.

      iex> Enum.product([2, 3])
      6
  """
  @spec product(t) :: number
  def product(enumerable) when is_list(enumerable), do: product_list(enumerable, 1)
  def product(enumerable), do: reduce(enumerable, 1, &(&1 * &2))

  defp product_list([h | t], acc), do: product_list(t, h * acc)
  defp product_list([], acc), do: acc

  @doc """
  Adds the elements.

      iex> Enum.sum(1..4)
      10
  """
  @spec sum(t) :: number
  def sum(enumerable) when is_list(enumerable) do
    case :phial_lists.sum_run(enumerable) do
      [sum] -> sum
      [sum | rest] -> sum_list(rest, sum)
    end
  end

  def sum(%{__struct__: Range, first: first, last: last, step: step}) do
    case range_size(first, last, step) do
      0 -> 0
      n -> div(n * (first + first + (n - 1) * step), 2)
    end
  end

  def sum(enumerable), do: halting(enumerable, 0, fn x, acc -> {:cont, x + acc} end)

  defp sum_list([h | t], acc), do: sum_list(t, h + acc)
  defp sum_list([], acc), do: acc

  defp range_size(first, last, step) when step > 0 and first <= last, do: div(last - first, step) + 1
  defp range_size(first, last, step) when step < 0 and first >= last, do: div(last - first, step) + 1
  defp range_size(_first, _last, _step), do: 0

  # Reducing

  @doc """
  Reduces, with the first element as the initial accumulator.

      iex> Enum.reduce([1, 2, 3], &(&1 + &2))
      6
  """
  @spec reduce(t, (element, acc -> acc)) :: acc
  def reduce(enumerable, fun)
  def reduce([h | t], fun), do: reduce(t, h, fun)
  def reduce([], _fun), do: raise(Enum.EmptyError)

  def reduce(enumerable, fun) do
    step = fn
      x, :first -> {:acc, x}
      x, {:acc, acc} -> {:acc, fun.(x, acc)}
    end

    case reduce(listed(enumerable), :first, step) do
      :first -> raise Enum.EmptyError
      {:acc, acc} -> acc
    end
  end

  @doc """
  Calls `fun` with each element and the accumulator, and returns the last answer.

      iex> Enum.reduce([1, 2, 3], 0, &(&1 + &2))
      6
  """
  @spec reduce(t, acc, (element, acc -> acc)) :: acc
  def reduce(enumerable, acc, fun) when is_list(enumerable), do: reduce_list(enumerable, acc, fun)

  def reduce(%{__struct__: Range, first: first, last: last, step: step}, acc, fun),
    do: reduce_range(first, last, step, acc, fun)

  def reduce(%{__struct__: _} = enumerable, acc, fun), do: reduce_enumerable(enumerable, acc, fun)
  def reduce(%{} = map, acc, fun), do: reduce_list(:phial_maps.iteration_list(map), acc, fun)
  def reduce(enumerable, acc, fun), do: reduce_enumerable(enumerable, acc, fun)

  defp reduce_list([h | t], acc, fun), do: reduce_list(t, fun.(h, acc), fun)
  defp reduce_list([], acc, _fun), do: acc

  defp reduce_range(i, last, step, acc, fun) when step > 0 and i <= last,
    do: reduce_range(i + step, last, step, fun.(i, acc), fun)

  defp reduce_range(i, last, step, acc, fun) when step < 0 and i >= last,
    do: reduce_range(i + step, last, step, fun.(i, acc), fun)

  defp reduce_range(_i, _last, _step, acc, _fun), do: acc

  defp reduce_enumerable(enumerable, acc, fun),
    do: Enumerable.reduce(enumerable, {:cont, acc}, fn x, acc -> {:cont, fun.(x, acc)} end) |> elem(1)

  @doc """
  Reduces until `fun` answers `{:halt, acc}`; until then it answers `{:cont, acc}`.

      iex> Enum.reduce_while(1..100, 0, fn x, acc -> if x < 5, do: {:cont, acc + x}, else: {:halt, acc} end)
      10
  """
  @spec reduce_while(t, any, (element, any -> {:cont, any} | {:halt, any})) :: any
  def reduce_while(enumerable, acc, fun), do: elem(Enumerable.reduce(enumerable, {:cont, acc}, fun), 1)

  # Reversing and slicing

  @doc """
  Returns the elements in reverse.

      iex> Enum.reverse([1, 2, 3])
      [3, 2, 1]
  """
  @spec reverse(t) :: list
  def reverse(enumerable) when is_list(enumerable), do: :lists.reverse(enumerable)
  def reverse(enumerable) when is_lazy(enumerable), do: halting(enumerable, [], fn x, acc -> {:cont, [x | acc]} end)
  def reverse(enumerable), do: reduce(enumerable, [], &[&1 | &2])

  @doc """
  Returns the elements in reverse, followed by `tail`.

      iex> Enum.reverse([1, 2], [3])
      [2, 1, 3]
  """
  @spec reverse(t, t) :: list
  def reverse(enumerable, tail) when is_list(enumerable), do: :lists.reverse(enumerable, to_list(tail))
  def reverse(enumerable, tail), do: reduce(enumerable, to_list(tail), &[&1 | &2])

  @doc """
  Reverses `count` elements from `start_index` on.

      iex> Enum.reverse_slice([1, 2, 3, 4], 1, 2)
      [1, 3, 2, 4]
  """
  @spec reverse_slice(t, non_neg_integer, non_neg_integer) :: list
  def reverse_slice(enumerable, start_index, count)
      when is_integer(start_index) and start_index >= 0 and is_integer(count) and count >= 0 do
    {before, rest} = split(enumerable, start_index)
    {slice, rest} = split(rest, count)
    before ++ :lists.reverse(slice, rest)
  end

  @doc """
  Moves one element, or a range of them, to `insertion_index`.

      iex> Enum.slide([:a, :b, :c, :d], 2, 0)
      [:c, :a, :b, :d]
  """
  @spec slide(t, Range.t() | index, index) :: list
  def slide(enumerable, range_or_single_index, insertion_index)
  def slide([], index, _insertion_index) when is_integer(index), do: []

  def slide(enumerable, index, insertion_index) when is_integer(index),
    do: slide_any(enumerable, index, index, insertion_index, index..index)

  def slide(enumerable, %{__struct__: Range, first: first, last: last, step: step} = range, insertion_index) do
    if step == 1 do
      slide_any(enumerable, first, last, insertion_index, range)
    else
      raise ArgumentError, "Enum.slide/3 does not accept ranges with custom steps, got: #{inspect(range)}"
    end
  end

  defp slide_any(enumerable, first, last, target, range) do
    if first < 0 or last < 0 or target < 0 do
      list = to_list(enumerable)
      size = length(list)
      first = if first < 0, do: Kernel.max(first + size, 0), else: first
      slide_from_end(list, first, round_the_end(last, size), round_the_end(target, size))
    else
      slide_checked(visited(enumerable), first, last, target, range)
    end
  end

  defp slide_from_end(list, first, last, target), do: slide_checked(list, first, last, target, first..last//1)

  # What lies before the beginning counts from the end again.
  defp round_the_end(index, 0), do: index
  defp round_the_end(index, size) when index < 0, do: Integer.mod(index, size)
  defp round_the_end(index, _size), do: index

  defp slide_checked(list, first, last, first, _range) when first <= last, do: list

  defp slide_checked([], first, _last, target, _range) when first < 0 or target < 0, do: []

  defp slide_checked(_list, first, last, target, range) when target > first and target <= last and first < last do
    raise ArgumentError,
          "insertion index for slide must be outside the range being moved " <>
            "(tried to insert #{inspect(range)} at #{target})"
  end

  defp slide_checked(list, first, last, target, _range) when first <= last and target < first do
    {before, rest} = split(list, target)
    {between, rest} = split(rest, first - target)
    {moved, rest} = split(rest, last - first + 1)
    before ++ moved ++ between ++ rest
  end

  defp slide_checked(list, first, last, target, _range) when first <= last do
    {before, rest} = split(list, first)
    {moved, rest} = split(rest, last - first + 1)
    {between, rest} = split(rest, target - last)
    before ++ between ++ moved ++ rest
  end

  defp slide_checked(list, _first, _last, _target, _range), do: list

  @doc """
  Returns the elements whose indexes are in a range.

      iex> Enum.slice([1, 2, 3, 4], 1..-2)
      [2, 3]
  """
  @spec slice(t, Range.t()) :: list
  def slice(enumerable, %{__struct__: Range, first: first, last: last, step: step} = range) do
    cond do
      step > 0 -> slice_range(enumerable, first, last, step)
      step == -1 and first > last -> slice_range(enumerable, first, last, 1)
      true -> raise ArgumentError, "Enum.slice/2 does not accept ranges with negative steps, got: #{inspect(range)}"
    end
  end

  defp slice_range(enumerable, first, -1, step) when first >= 0, do: enumerable |> drop(first) |> take_every(step)

  defp slice_range(enumerable, first, last, step) when first >= 0 and last >= 0,
    do: slice_forward(enumerable, first, last - first + 1, step)

  defp slice_range(enumerable, first, last, step) do
    {size, fun} = sized(enumerable)
    first = if first < 0, do: Kernel.max(first + size, if(first + size < 0, do: 0, else: first)), else: first
    last = if last < 0, do: last + size, else: last
    amount = Kernel.min(last, size - 1) - first + 1
    if first < size and amount > 0, do: slice_sized(enumerable, first, amount, step, size, fun), else: []
  end

  @doc """
  Returns `amount` elements from `start_index` on.

      iex> Enum.slice([1, 2, 3, 4], 1, 2)
      [2, 3]
  """
  @spec slice(t, index, non_neg_integer) :: list
  def slice(_enumerable, start_index, 0) when is_integer(start_index), do: []

  def slice(enumerable, start_index, amount)
      when is_integer(start_index) and start_index < 0 and is_integer(amount) and amount >= 0 do
    {size, fun} = sized(enumerable)
    start = Kernel.max(size + start_index, 0)
    amount = Kernel.min(amount, size - start)
    if amount > 0, do: slice_sized(enumerable, start, amount, 1, size, fun), else: []
  end

  def slice(enumerable, start_index, amount) when is_integer(start_index) and is_integer(amount) and amount >= 0,
    do: slice_forward(enumerable, start_index, amount, 1)

  defp slice_forward(list, _start, amount, _step) when is_list(list) and amount <= 0, do: []
  defp slice_forward(list, start, amount, step) when is_list(list), do: list |> drop_list(start) |> pick(amount, step)

  defp slice_forward(enumerable, start, amount, step) do
    case Enumerable.slice(enumerable) do
      {:ok, size, _fun} when start >= size or amount <= 0 -> []
      {:ok, size, fun} when is_function(fun, 1) and step > 1 -> slice_wide(fun.(enumerable), start, Kernel.min(amount, size - start), step)
      {:ok, size, fun} -> slice_sized(enumerable, start, Kernel.min(amount, size - start), step, size, fun)
      {:error, _module} when amount <= 0 -> []
      {:error, _module} -> enumerable |> take(start + amount) |> drop_list(start) |> pick(amount, step)
    end
  end

  # As Elixir does here: one element more than the range has where the step divides the amount.
  defp slice_wide(list, start, amount, step), do: list |> drop_list(start) |> pick(div(amount, step) * step + 1, step)

  # Every step-th of the first `amount` elements.
  defp pick(list, amount, 1), do: take_list(list, amount)
  defp pick([h | t], amount, step) when amount > 0, do: [h | pick(drop_list(t, step - 1), amount - step, step)]
  defp pick(_list, _amount, _step), do: []

  defp sized(list) when is_list(list), do: {length(list), &list_itself/1}

  defp sized(enumerable) do
    case Enumerable.slice(enumerable) do
      {:ok, size, fun} ->
        {size, fun}

      {:error, _module} ->
        list = to_list(enumerable)
        {length(list), fn _ -> list end}
    end
  end

  defp list_itself(list), do: list

  # The slicing functions count the elements they return, `amount` counts the positions spanned.
  defp slice_sized(_enumerable, start, amount, step, _size, fun) when is_function(fun, 3),
    do: fun.(start, div(amount - 1, step) + 1, step)

  defp slice_sized(enumerable, start, amount, step, _size, fun) when is_function(fun, 1),
    do: fun.(enumerable) |> drop_list(start) |> pick(amount, step)

  defp slice_sized(_enumerable, start, amount, step, _size, fun) when is_function(fun, 2),
    do: fun.(start, amount) |> pick(amount, step)

  # Chance. The draws are those of Elixir, one for one, so that a seed gives the same elements.

  @doc """
  Returns a random element; raises `Enum.EmptyError` if there is none.

      iex> Enum.random([7])
      7
  """
  @spec random(t) :: element
  def random(enumerable)

  def random(enumerable) when is_list(enumerable) do
    case length(enumerable) do
      0 -> raise Enum.EmptyError
      size -> enumerable |> drop_list(random_integer(0, size - 1)) |> hd()
    end
  end

  def random(%{__struct__: Range, first: first, last: last, step: step}) do
    case range_size(first, last, step) do
      0 -> raise Enum.EmptyError
      size -> first + random_integer(0, size - 1) * step
    end
  end

  def random(enumerable) do
    case Enumerable.slice(enumerable) do
      {:ok, 0, _fun} -> raise Enum.EmptyError
      {:ok, size, fun} -> hd(slice_sized(enumerable, random_integer(0, size - 1), 1, 1, size, fun))
      {:error, _module} -> random_of(take_random(enumerable, 1))
    end
  end

  defp random_of([element]), do: element
  defp random_of([]), do: raise(Enum.EmptyError)

  defp random_integer(limit, limit), do: limit
  defp random_integer(lower, upper), do: lower + :rand.uniform(upper - lower + 1) - 1

  @doc "Takes `count` random elements, each at most once."
  @spec take_random(t, non_neg_integer) :: list
  def take_random(enumerable, count)
  def take_random(_enumerable, 0), do: []
  def take_random([], _count), do: []

  def take_random(enumerable, count) when is_integer(count) and count > 0 do
    {seen, sample} = reduce(enumerable, {0, %{}}, &sample(&1, &2, count))
    sample_list(Kernel.min(seen, count) - 1, sample, [])
  end

  # A reservoir: while it fills, a newcomer swaps places with a random earlier one.
  defp sample(x, {seen, sample}, count) do
    case random_integer(0, seen) do
      place when seen < count ->
        case sample do
          %{^place => old} -> {seen + 1, :maps.put(place, x, :maps.put(seen, old, sample))}
          %{} -> {seen + 1, :maps.put(place, x, sample)}
        end

      place when place < count ->
        {seen + 1, :maps.put(place, x, sample)}

      _ ->
        {seen + 1, sample}
    end
  end

  defp sample_list(-1, _sample, list), do: list
  defp sample_list(i, sample, list), do: sample_list(i - 1, sample, [:maps.get(i, sample) | list])

  @doc "Returns the elements in random order."
  @spec shuffle(t) :: list
  def shuffle(enumerable) do
    drawn = reduce(enumerable, [], fn x, acc -> [{:rand.uniform(), x} | acc] end)
    :lists.keysort(1, drawn) |> values_of() |> :lists.reverse()
  end

  defp values_of([{_, x} | t]), do: [x | values_of(t)]
  defp values_of([]), do: []

  # Sorting

  @doc """
  Sorts by Erlang's term order.

      iex> Enum.sort([3, 1, 2])
      [1, 2, 3]
  """
  @spec sort(t) :: list
  def sort(enumerable) when is_list(enumerable), do: :lists.sort(enumerable)
  def sort(enumerable), do: :lists.sort(visited(enumerable))

  @doc """
  Sorts with a sorter: `:asc`, `:desc`, a function, or a module with `compare/2`, alone or in `{:desc, module}`.

      iex> Enum.sort([3, 1, 2], :desc)
      [3, 2, 1]
  """
  @spec sort(t, (element, element -> boolean) | :asc | :desc | module | {:asc | :desc, module}) :: list
  def sort(enumerable, sorter)
  def sort(enumerable, :asc), do: sort(enumerable)
  def sort(enumerable, :desc), do: reverse(enumerable) |> :lists.sort() |> :lists.reverse()

  def sort(enumerable, sorter) do
    case plain_order(sorter) do
      nil -> :lists.sort(to_sort_fun(sorter), visited(enumerable))
      order -> sort(enumerable, order)
    end
  end

  # The operators stand for an order too.
  defp plain_order(sorter) do
    cond do
      sorter == (&<=/2) -> :asc
      sorter == (&>=/2) -> :desc
      true -> nil
    end
  end

  defp to_sort_fun(sorter) when is_function(sorter, 2), do: sorter
  defp to_sort_fun(:asc), do: &<=/2
  defp to_sort_fun(:desc), do: &>=/2
  defp to_sort_fun(module) when is_atom(module), do: &(module.compare(&1, &2) != :gt)
  defp to_sort_fun({:asc, module}) when is_atom(module), do: &(module.compare(&1, &2) != :gt)
  defp to_sort_fun({:desc, module}) when is_atom(module), do: &(module.compare(&1, &2) != :lt)

  @doc """
  Sorts by what `mapper` answers for each element.

      iex> Enum.sort_by(["ccc", "a", "bb"], &String.length/1)
      ["a", "bb", "ccc"]
  """
  @spec sort_by(t, (element -> any), (any, any -> boolean) | :asc | :desc | module | {:asc | :desc, module}) :: list
  def sort_by(enumerable, mapper, sorter \\ :asc)

  def sort_by(enumerable, mapper, :asc) when is_function(mapper, 1),
    do: enumerable |> map(&{mapper.(&1), &1}) |> keysorted() |> values_of()

  def sort_by(enumerable, mapper, :desc) when is_function(mapper, 1) do
    enumerable |> map(&{mapper.(&1), &1}) |> :lists.reverse() |> keysorted() |> values_of() |> :lists.reverse()
  end

  def sort_by(enumerable, mapper, sorter) when is_function(mapper, 1) do
    case plain_order(sorter) do
      nil -> enumerable |> map(&{mapper.(&1), &1}) |> List.keysort(0, sorter) |> values_of()
      order -> sort_by(enumerable, mapper, order)
    end
  end

  defp keysorted(pairs), do: :lists.keysort(1, pairs)

  # Splitting

  @doc """
  Splits after `count` elements, counted from the end if negative.

      iex> Enum.split([1, 2, 3], 2)
      {[1, 2], [3]}
  """
  @spec split(t, integer) :: {list, list}
  def split(enumerable, count) when is_integer(count) and count >= 0, do: split_list(visited(enumerable), count)

  def split(enumerable, count) when is_integer(count) do
    list = visited(enumerable)
    split_list(list, Kernel.max(length(list) + count, 0))
  end

  defp split_list(list, n), do: {:lists.sublist(list, n), drop_list(list, n)}

  @doc """
  Splits at the first element for which `fun` is falsy.

      iex> Enum.split_while([1, 2, 3, 1], &(&1 < 3))
      {[1, 2], [3, 1]}
  """
  @spec split_while(t, (element -> as_boolean(term))) :: {list, list}
  def split_while(enumerable, fun), do: split_while_list(visited(enumerable), fun, [])

  defp split_while_list([h | t] = list, fun, taken) do
    if fun.(h), do: split_while_list(t, fun, [h | taken]), else: {:lists.reverse(taken), list}
  end

  defp split_while_list([], _fun, taken), do: {:lists.reverse(taken), []}

  @doc """
  Splits into the elements for which `fun` is truthy, and the others.

      iex> Enum.split_with([1, 2, 3], &(&1 > 1))
      {[2, 3], [1]}
  """
  @spec split_with(t, (element -> as_boolean(term))) :: {list, list}
  def split_with(enumerable, fun) when is_list(enumerable), do: split_list_with(enumerable, fun, [], [])

  def split_with(enumerable, fun) do
    {yes, no} =
      reduce(enumerable, {[], []}, fn x, {yes, no} ->
        if fun.(x), do: {[x | yes], no}, else: {yes, [x | no]}
      end)

    {:lists.reverse(yes), :lists.reverse(no)}
  end

  defp split_list_with([h | t], fun, yes, no) do
    if fun.(h), do: split_list_with(t, fun, [h | yes], no), else: split_list_with(t, fun, yes, [h | no])
  end

  defp split_list_with([], _fun, yes, no), do: {:lists.reverse(yes), :lists.reverse(no)}

  @doc false
  @deprecated "Use Enum.split_with/2 instead"
  def partition(enumerable, fun), do: split_with(enumerable, fun)

  # Zipping

  @doc """
  Separates a collection of pairs into two lists.

      iex> Enum.unzip(a: 1, b: 2)
      {[:a, :b], [1, 2]}
  """
  @spec unzip(t) :: {list, list}
  def unzip(list) when is_list(list), do: unzip(:lists.reverse(list), [], [])
  def unzip(enumerable), do: :lists.foldl(fn {x, y}, {xs, ys} -> {[x | xs], [y | ys]} end, {[], []}, reverse(enumerable))

  defp unzip([{x, y} | t], xs, ys), do: unzip(t, [x | xs], [y | ys])
  defp unzip([], xs, ys), do: {xs, ys}

  @doc """
  Makes tuples of the elements at the same positions, until the shortest collection ends.

      iex> Enum.zip([1, 2], [:a, :b, :c])
      [{1, :a}, {2, :b}]
  """
  @spec zip(t, t) :: [{any, any}]
  def zip(left, right) when is_list(left) and is_list(right), do: :phial_lists.zip(left, right)

  def zip(left, right) do
    case eager_pair(left, right) do
      {xs, ys} -> :phial_lists.zip(xs, ys)
      nil -> zip_with(left, right, &{&1, &2})
    end
  end

  defp zip_lists([x | xs], [y | ys], [z | zs]), do: [{x, y, z} | zip_lists(xs, ys, zs)]
  defp zip_lists(_, _, _), do: []

  @doc """
  Zips any number of collections.

      iex> Enum.zip([[1, 2], [:a, :b], ["x", "y"]])
      [{1, :a, "x"}, {2, :b, "y"}]
  """
  @spec zip([t] | t) :: t
  def zip([]), do: []
  def zip([a, b, c]) when is_list(a) and is_list(b) and is_list(c), do: zip_lists(a, b, c)
  def zip(enumerables), do: zip_with(enumerables, &:erlang.list_to_tuple/1)

  @doc """
  Zips with a function of two arguments.

      iex> Enum.zip_with([1, 2], [3, 4], &(&1 + &2))
      [4, 6]
  """
  @spec zip_with(t, t, (any, any -> any)) :: [any]
  def zip_with(left, right, fun) when is_list(left) and is_list(right) and is_function(fun, 2),
    do: zip_with_lists(left, right, fun)

  def zip_with(left, right, fun) when is_function(fun, 2),
    do: zip_reduce(left, right, [], fn x, y, acc -> [fun.(x, y) | acc] end) |> :lists.reverse()

  defp zip_with_lists([x | xs], [y | ys], fun), do: [fun.(x, y) | zip_with_lists(xs, ys, fun)]
  defp zip_with_lists(_, _, _fun), do: []

  @doc """
  Zips any number of collections with a function that takes a list.

      iex> Enum.zip_with([[1, 2], [3, 4]], &Enum.sum/1)
      [4, 6]
  """
  @spec zip_with(t, ([any] -> any)) :: [any]
  def zip_with([], _fun), do: []
  def zip_with(enumerables, fun) when not is_list(enumerables), do: enumerables |> to_list() |> zip_with(fun)
  def zip_with([left, right], fun) when is_function(fun, 1), do: zip_with(left, right, fn x, y -> fun.([x, y]) end)

  def zip_with(enumerables, fun) when is_function(fun, 1),
    do: zip_reduce(enumerables, [], fn xs, acc -> [fun.(xs) | acc] end) |> :lists.reverse()

  @doc """
  Reduces two collections at once.

      iex> Enum.zip_reduce([1, 2], [3, 4], 0, fn x, y, acc -> x * y + acc end)
      11
  """
  @spec zip_reduce(t, t, acc, (any, any, acc -> acc)) :: acc
  def zip_reduce(left, right, acc, reducer) when is_list(left) and is_list(right) and is_function(reducer, 3),
    do: zip_reduce_lists(left, right, acc, reducer)

  def zip_reduce(left, right, acc, reducer) when is_function(reducer, 3) do
    case eager_pair(left, right) do
      {xs, ys} -> zip_reduce_lists(xs, ys, acc, reducer)
      nil -> reduce(Stream.zip([left, right]), acc, fn {x, y}, acc -> reducer.(x, y, acc) end)
    end
  end

  # Lists, maps and ranges can be zipped as lists, of a range only as much as is needed; what may be endless, lazy or unknown goes through Stream.
  defp eager_pair(left, right) do
    case {eager_list(left), eager_list(right)} do
      {xs, ys} when is_list(xs) and is_list(ys) -> {xs, ys}
      {xs, ys} when is_list(xs) and is_map(ys) -> {xs, take(ys, length(xs))}
      {xs, ys} when is_map(xs) and is_list(ys) -> {take(xs, length(ys)), ys}
      {xs, ys} when is_map(xs) and is_map(ys) -> {take(xs, Range.size(ys)), take(ys, Range.size(xs))}
      _ -> nil
    end
  end

  defp eager_list(list) when is_list(list), do: list
  defp eager_list(%{__struct__: Range} = range), do: range
  defp eager_list(%{__struct__: _}), do: nil
  defp eager_list(%{} = map), do: :maps.to_list(map)
  defp eager_list(_enumerable), do: nil

  defp zip_reduce_lists([x | xs], [y | ys], acc, fun), do: zip_reduce_lists(xs, ys, fun.(x, y, acc), fun)
  defp zip_reduce_lists(_, _, acc, _fun), do: acc

  @doc """
  Reduces any number of collections at once.

      iex> Enum.zip_reduce([[1, 2], [3, 4]], 0, fn xs, acc -> Enum.product(xs) + acc end)
      11
  """
  @spec zip_reduce(t, acc, ([term], acc -> acc)) :: acc
  def zip_reduce([], acc, reducer) when is_function(reducer, 2), do: acc

  def zip_reduce(enumerables, acc, reducer) when is_function(reducer, 2),
    do: reduce(Stream.zip_with(enumerables, fn xs -> xs end), acc, reducer)
end
