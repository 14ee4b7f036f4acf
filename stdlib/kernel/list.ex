# SPDX-License-Identifier: Apache-2.0
# List: functions that need a list as a list, by position, by key or as text. Invariant: what Erlang's `:lists`
# does already is called there; indexes beyond either end leave the list as it is (or grow it at that end).
defmodule List do
  @moduledoc "Functions for lists."

  @doc """
  Deletes the first element that matches (`===`).

      iex> List.delete([:a, :b, :a], :a)
      [:b, :a]
  """
  @spec delete([], any) :: []
  @spec delete([...], any) :: list
  def delete(list, element) when is_list(list), do: :lists.delete(element, list)

  @doc """
  Returns `elem` `n` times.

      iex> List.duplicate("hi", 2)
      ["hi", "hi"]
  """
  @spec duplicate(any, non_neg_integer) :: list
  def duplicate(elem, n), do: :lists.duplicate(n, elem)

  @doc """
  Flattens nested lists.

      iex> List.flatten([1, [[2], 3]])
      [1, 2, 3]
  """
  @spec flatten(list) :: list
  def flatten(list), do: :lists.flatten(list)

  @doc """
  Flattens nested lists, with `tail` after them.

      iex> List.flatten([1, [2]], [3, [4]])
      [1, 2, 3, [4]]
  """
  @spec flatten(list, list) :: list
  def flatten(list, tail), do: :lists.flatten(list, tail)

  @doc """
  Reduces from the left.

      iex> List.foldl([1, 2, 3], 0, fn x, acc -> x - acc end)
      2
  """
  @spec foldl([elem], acc, (elem, acc -> acc)) :: acc when elem: var, acc: var
  def foldl(list, acc, fun) when is_list(list) and is_function(fun), do: Enum.reduce(list, acc, fun)

  @doc """
  Reduces from the right.

      iex> List.foldr([1, 2, 3], 0, fn x, acc -> x - acc end)
      2
  """
  @spec foldr([elem], acc, (elem, acc -> acc)) :: acc when elem: var, acc: var
  def foldr(list, acc, fun) when is_list(list) and is_function(fun), do: :lists.foldr(fun, acc, list)

  @doc """
  Returns the first element, or `default`.

      iex> List.first([1, 2])
      1
  """
  @spec first(list, any) :: any
  def first(list, default \\ nil)
  def first([], default), do: default
  def first([head | _], _default), do: head

  @doc """
  Returns the last element, or `default`.

      iex> List.last([1, 2])
      2
  """
  @spec last(list, any) :: any
  def last(list) when is_list(list), do: last(list, nil)
  def last(other), do: :erlang.error({:case_clause, {other, nil}})

  @doc "As `last/1`, with a default for the empty list."
  def last([], default), do: default
  def last([element], _default), do: element
  def last([_ | _] = list, _default), do: :lists.last(list)

  # By key

  @doc """
  Returns the first tuple whose element at `position` equals `key`, or `default`.

      iex> List.keyfind([a: 1, b: 2], 2, 1)
      {:b, 2}
  """
  @spec keyfind([tuple], any, non_neg_integer, any) :: any
  def keyfind(list, key, position, default \\ nil) when is_integer(position) do
    :lists.keyfind(key, position + 1, list) || default
  end

  @doc """
  The same as `keyfind/3`, but raises `KeyError` if there is no such tuple.

      iex> List.keyfind!([a: 1, b: 2], :b, 0)
      {:b, 2}
  """
  @spec keyfind!([tuple], any, non_neg_integer) :: any
  def keyfind!(list, key, position) when is_integer(position) do
    case :lists.keyfind(key, position + 1, list) do
      false ->
        raise KeyError,
          key: key,
          term: list,
          message: "key #{inspect(key)} at position #{inspect(position)} not found in: #{inspect(list)}"

      found ->
        found
    end
  end

  @doc """
  Tells whether a tuple's element at `position` equals `key`.

      iex> List.keymember?([a: 1], :a, 0)
      true
  """
  @spec keymember?([tuple], any, non_neg_integer) :: boolean
  def keymember?(list, key, position) when is_integer(position), do: :lists.keymember(key, position + 1, list)

  @doc """
  Replaces the first tuple found by key.

      iex> List.keyreplace([a: 1, b: 2], :a, 0, {:c, 3})
      [c: 3, b: 2]
  """
  @spec keyreplace([tuple], any, non_neg_integer, tuple) :: [tuple]
  def keyreplace(list, key, position, new_tuple) when is_integer(position),
    do: :lists.keyreplace(key, position + 1, list, new_tuple)

  @doc """
  Sorts by the element at `position`, with a sorter as in `Enum.sort/2`.

      iex> List.keysort([a: 2, b: 1], 1)
      [b: 1, a: 2]
  """
  @spec keysort([tuple], non_neg_integer, (any, any -> boolean) | :asc | :desc | module | {:asc | :desc, module}) ::
          [tuple]
  def keysort(list, position, sorter \\ :asc)
  def keysort(list, position, :asc) when is_list(list) and is_integer(position), do: :lists.keysort(position + 1, list)

  def keysort(list, position, sorter) when is_list(list) and is_integer(position),
    do: :lists.sort(keysort_fun(sorter, position), list)

  defp keysort_fun(sorter, position) when is_function(sorter, 2), do: &sorter.(elem(&1, position), elem(&2, position))
  defp keysort_fun(:asc, position), do: &(elem(&1, position) <= elem(&2, position))
  defp keysort_fun(:desc, position), do: &(elem(&1, position) >= elem(&2, position))
  defp keysort_fun(module, position) when is_atom(module), do: keysort_fun({:asc, module}, position)
  defp keysort_fun({:asc, module}, position) when is_atom(module), do: &(module.compare(elem(&1, position), elem(&2, position)) != :gt)
  defp keysort_fun({:desc, module}, position) when is_atom(module), do: &(module.compare(elem(&1, position), elem(&2, position)) != :lt)

  @doc """
  Replaces the first tuple found by key, or appends the new one.

      iex> List.keystore([a: 1], :b, 0, {:b, 2})
      [a: 1, b: 2]
  """
  @spec keystore([tuple], any, non_neg_integer, tuple) :: [tuple, ...]
  def keystore(list, key, position, new_tuple) when is_integer(position),
    do: :lists.keystore(key, position + 1, list, new_tuple)

  @doc """
  Deletes the first tuple found by key.

      iex> List.keydelete([a: 1, b: 2], :a, 0)
      [b: 2]
  """
  @spec keydelete([tuple], any, non_neg_integer) :: [tuple]
  def keydelete(list, key, position) when is_integer(position), do: :lists.keydelete(key, position + 1, list)

  @doc """
  Returns the first tuple found by key and the rest, or `nil`.

      iex> List.keytake([a: 1, b: 2], :a, 0)
      {{:a, 1}, [b: 2]}
  """
  @spec keytake([tuple], any, non_neg_integer) :: {tuple, [tuple]} | nil
  def keytake(list, key, position) when is_integer(position) do
    case :lists.keytake(key, position + 1, list) do
      {:value, tuple, rest} -> {tuple, rest}
      false -> nil
    end
  end

  # Shape

  @doc """
  Makes a list of what is not one; `nil` becomes the empty list.

      iex> List.wrap("hello")
      ["hello"]
  """
  @spec wrap(term) :: maybe_improper_list
  def wrap(term) when is_list(term), do: term
  def wrap(nil), do: []
  def wrap(term), do: [term]

  @doc """
  Zips lists, until the shortest ends.

      iex> List.zip([[1, 2], [3, 4], [5, 6]])
      [{1, 3, 5}, {2, 4, 6}]
  """
  @spec zip([list]) :: [tuple]
  def zip([]), do: []

  def zip(lists) when is_list(lists) do
    case heads_and_tails(lists, [], []) do
      :done -> []
      {heads, tails} -> [:erlang.list_to_tuple(heads) | zip(tails)]
    end
  end

  defp heads_and_tails([[h | t] | lists], heads, tails), do: heads_and_tails(lists, [h | heads], [t | tails])

  defp heads_and_tails([tuple | lists], heads, tails) when is_tuple(tuple),
    do: heads_and_tails([:erlang.tuple_to_list(tuple) | lists], heads, tails)

  defp heads_and_tails([[] | _], _heads, _tails), do: :done
  defp heads_and_tails([], heads, tails), do: {:lists.reverse(heads), :lists.reverse(tails)}

  @doc """
  Tells whether the list does not end with `[]`.

      iex> List.improper?([1 | 2])
      true
  """
  @spec improper?(maybe_improper_list) :: boolean
  def improper?(list) when is_list(list) and length(list) >= 0, do: false
  def improper?(list) when is_list(list), do: true

  @doc """
  Tells whether the first `limit` elements are printable ASCII.

      iex> List.ascii_printable?('abc')
      true
  """
  @spec ascii_printable?(list, 0) :: true
  @spec ascii_printable?([], limit) :: true when limit: :infinity | pos_integer
  def ascii_printable?(list, limit \\ :infinity)
      when is_list(list) and (limit == :infinity or (is_integer(limit) and limit >= 0)),
      do: ascii?(list, if(limit == :infinity, do: -1, else: limit))

  defp ascii?(_list, 0), do: true
  defp ascii?([char | rest], limit) when char in 32..126 or char in 7..13 or char == 27, do: ascii?(rest, limit - 1)
  defp ascii?([], _limit), do: true
  defp ascii?(_list, _limit), do: false

  @doc """
  Tells whether the list starts with `prefix`.

      iex> List.starts_with?([1, 2, 3], [1, 2])
      true
  """
  @spec starts_with?(list, list) :: boolean
  def starts_with?(list, prefix)
  def starts_with?([h | t], [h | prefix]), do: starts_with?(t, prefix)
  def starts_with?(list, []) when is_list(list), do: true
  def starts_with?(list, [_ | _]) when is_list(list), do: false

  # By position

  @doc """
  Inserts `value` at `index`; -1 is the end.

      iex> List.insert_at([1, 2, 3], 1, 0)
      [1, 0, 2, 3]
  """
  @spec insert_at(list, integer, any) :: list
  def insert_at(list, index, value) when is_list(list) and is_integer(index) do
    case index do
      -1 -> list ++ [value]
      _ when index < 0 -> :phial_lists.splice(list, max(length(list) + index + 1, 0), 0, [value])
      _ -> :phial_lists.splice(list, index, 0, [value])
    end
  end

  # A negative index before the start becomes the length, where nothing is found.
  defp position(list, index) when index < 0 do
    size = length(list)
    if size + index < 0, do: size, else: size + index
  end

  defp position(_list, index), do: index

  @doc """
  Replaces the element at `index`.

      iex> List.replace_at([1, 2, 3], 0, 9)
      [9, 2, 3]
  """
  @spec replace_at(list, integer, any) :: list
  def replace_at(list, index, value) when is_list(list) and is_integer(index),
    do: :phial_lists.splice(list, position(list, index), 1, [value])

  @doc """
  Replaces the element at `index` by what `fun` makes of it.

      iex> List.update_at([1, 2, 3], -1, &(&1 + 10))
      [1, 2, 13]
  """
  @spec update_at([elem], integer, (elem -> any)) :: list when elem: var
  def update_at(list, index, fun) when is_list(list) and is_function(fun) and is_integer(index),
    do: update(list, position(list, index), fun)

  defp update(list, index, fun) do
    case :phial_lists.drop(list, index) do
      [h | _] -> :phial_lists.splice(list, index, 1, [fun.(h)])
      [] -> list
    end
  end

  @doc """
  Deletes the element at `index`.

      iex> List.delete_at([1, 2, 3], 0)
      [2, 3]
  """
  @spec delete_at(list, integer) :: list
  def delete_at(list, index) when is_list(list) and is_integer(index), do: :phial_lists.splice(list, position(list, index), 1, [])
  def delete_at(other, index) when is_integer(index), do: do_pop_at(other, index, nil, [])

  @doc """
  Returns the element at `index` (or `default`) and the list without it.

      iex> List.pop_at([1, 2, 3], 0)
      {1, [2, 3]}
  """
  @spec pop_at(list, integer, any) :: {any, list}
  def pop_at(list, index, default \\ nil) when is_integer(index), do: do_pop_at(list, position(list, index), default, [])

  # What is no list is told by this name and arity, as in Elixir.
  defp do_pop_at(list, index, default, []) when is_list(list) do
    case :phial_lists.drop(list, index) do
      [h | _] -> {h, :phial_lists.splice(list, index, 1, [])}
      [] -> {default, list}
    end
  end

  # Conversions

  @doc """
  Converts to a tuple.

      iex> List.to_tuple([:a, 1])
      {:a, 1}
  """
  @spec to_tuple(list) :: tuple
  def to_tuple(list), do: :erlang.list_to_tuple(list)

  @doc """
  Converts a charlist to an atom.

      iex> List.to_atom('abc')
      :abc
  """
  @spec to_atom(charlist) :: atom
  def to_atom(charlist), do: :erlang.list_to_atom(charlist)

  @doc """
  Converts a charlist to an atom that exists already.

      iex> List.to_existing_atom('ok')
      :ok
  """
  @spec to_existing_atom(charlist) :: atom
  def to_existing_atom(charlist), do: :erlang.list_to_existing_atom(charlist)

  @doc """
  Converts the text of a float.

      iex> List.to_float('1.5')
      1.5
  """
  @spec to_float(charlist) :: float
  def to_float(charlist), do: :erlang.list_to_float(charlist)

  @doc """
  Converts the text of an integer.

      iex> List.to_integer('12')
      12
  """
  @spec to_integer(charlist) :: integer
  def to_integer(charlist), do: :erlang.list_to_integer(charlist)

  @doc """
  Converts the text of an integer in `base`.

      iex> List.to_integer('ff', 16)
      255
  """
  @spec to_integer(charlist, 2..36) :: integer
  def to_integer(charlist, base), do: :erlang.list_to_integer(charlist, base)

  @doc """
  Converts chardata (code points, strings and lists of them) to a string.

      iex> List.to_string([97, "bc", [?d]])
      "abcd"
  """
  @spec to_string(:unicode.charlist()) :: String.t()
  def to_string(list) when is_list(list) do
    try do
      :unicode.characters_to_binary(list)
    rescue
      ArgumentError -> raise ArgumentError, not_chardata(list, "string", "either be empty or only\ncontain the following elements", "a list")
    else
      result when is_binary(result) -> result
      {:error, encoded, rest} -> raise UnicodeConversionError, encoded: encoded, rest: rest, kind: :invalid
      {:incomplete, encoded, rest} -> raise UnicodeConversionError, encoded: encoded, rest: rest, kind: :incomplete
    end
  end

  @doc """
  Converts chardata (code points, strings and lists of them) to a charlist.

      iex> List.to_charlist([97, "bc"])
      'abc'
  """
  @spec to_charlist(:unicode.charlist()) :: charlist
  def to_charlist(list) when is_list(list) do
    try do
      :unicode.characters_to_list(list)
    rescue
      ArgumentError -> raise ArgumentError, not_chardata(list, "charlist", "contain only", "or a list")
    else
      result when is_list(result) -> result
      {:error, encoded, rest} -> raise UnicodeConversionError, encoded: encoded, rest: rest, kind: :invalid
      {:incomplete, encoded, rest} -> raise UnicodeConversionError, encoded: encoded, rest: rest, kind: :incomplete
    end
  end

  # The text is Elixir's, which programs print.
  defp not_chardata(list, kind, must, article) do
    "cannot convert the given list to a #{kind}.\n\n" <>
      "To be converted to a #{kind}, a list must #{must}:\n\n" <>
      "  * strings\n" <>
      "  * integers representing Unicode code points\n" <>
      "  * #{article} containing one of these three elements\n\n" <>
      "Please check the given list or call inspect/1 to get the list representation, got:\n\n" <>
      "#{inspect(list)}\n"
  end

  # Differences

  @doc """
  Returns the shortest edit script from one list to the other.

      iex> List.myers_difference([1, 4, 2, 3], [1, 2, 3, 4])
      [eq: [1], del: [4], eq: [2, 3], ins: [4]]
  """
  @spec myers_difference(list, list) :: [{:eq | :ins | :del, list}]
  def myers_difference(list1, list2) when is_list(list1) and is_list(list2), do: difference(list1, list2, nil)

  @doc """
  The same, where `diff_script` may answer a script for a replaced element, or `nil`.

      iex> List.myers_difference(["a", "db"], ["a", "bc"], &String.myers_difference/2)
      [eq: ["a"], diff: [del: "d", eq: "b", ins: "c"]]
  """
  @spec myers_difference(list, list, (term, term -> script | nil)) :: script when script: [{:eq | :ins | :del | :diff, list}]
  def myers_difference(list1, list2, diff_script) when is_list(list1) and is_list(list2) and is_function(diff_script),
    do: difference(list1, list2, diff_script)

  # A path is {n, old, new, edits}: how much of the first list it has consumed, what is left of both, and the
  # edits so far, last first. Each round grows every path by one edit and follows the equal elements after it;
  # paths are ordered from the one with most insertions to the one with most deletions.
  defp difference(list1, list2, diff_script), do: search([follow({0, list1, list2, []})], diff_script)

  defp search(paths, diff_script) do
    case finished(paths) do
      nil -> paths |> grow(diff_script) |> search(diff_script)
      edits -> compact(edits, [])
    end
  end

  defp finished([{_, [], [], edits} | _]), do: edits
  defp finished([_ | paths]), do: finished(paths)
  defp finished([]), do: nil

  defp follow({n, [x | old], [x | new], edits}), do: follow({n + 1, old, new, [{:eq, x} | edits]})
  defp follow(path), do: path

  defp grow([first | _] = paths, diff_script), do: [follow(insert_one(first, diff_script)) | grow_between(paths, diff_script)]

  defp grow_between([last], diff_script), do: [follow(delete_one(last, diff_script))]

  defp grow_between([{n1, _, _, _} = path1, {n2, _, _, _} = path2 | rest], diff_script) do
    path = if n1 >= n2, do: delete_one(path1, diff_script), else: insert_one(path2, diff_script)
    [follow(path) | grow_between([path2 | rest], diff_script)]
  end

  defp insert_one({n, old, new, edits} = path, diff_script) do
    case {replaced(old, new, diff_script), new} do
      {nil, [x | new]} -> {n, old, new, [{:ins, x} | edits]}
      {nil, []} -> {n, old, [], edits}
      {diff, _} -> replace_one(path, diff)
    end
  end

  defp delete_one({n, old, new, edits} = path, diff_script) do
    case {replaced(old, new, diff_script), old} do
      {nil, [x | old]} -> {n + 1, old, new, [{:del, x} | edits]}
      {nil, []} -> {n + 1, [], new, edits}
      {diff, _} -> replace_one(path, diff)
    end
  end

  defp replaced([x1 | _], [x2 | _], diff_script) when diff_script != nil, do: diff_script.(x1, x2) || nil
  defp replaced(_old, _new, _diff_script), do: nil

  defp replace_one({n, [_ | old], [_ | new], edits}, diff), do: {n + 1, old, new, [{:diff, diff} | edits]}

  defp compact([{:diff, _} = edit | edits], acc), do: compact(edits, [edit | acc])
  defp compact([{kind, x} | edits], [{kind, xs} | acc]), do: compact(edits, [{kind, [x | xs]} | acc])

  # An insertion of what stands before it is moved in front of that, unless the list starts there.
  defp compact([_ | _] = edits, [{:eq, xs}, {:ins, xs}, {:eq, others} | acc]),
    do: compact(edits, [{:ins, xs}, {:eq, xs ++ others} | acc])

  defp compact([{kind, x} | edits], acc), do: compact(edits, [{kind, [x]} | acc])
  defp compact([], acc), do: acc
end
