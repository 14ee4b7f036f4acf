# SPDX-License-Identifier: Apache-2.0
# The Enumerable protocol and its implementations for lists, maps and functions; Range, MapSet, Stream and
# others implement it in their own files. Invariant: `reduce/3` answers {:done | :halted, acc} or
# {:suspended, acc, continuation}, and looks at the command before it touches an element.
defprotocol Enumerable do
  @moduledoc "What `Enum` and `Stream` need to know about a collection."

  @type acc :: {:cont, term} | {:halt, term} | {:suspend, term}
  @type reducer :: (element :: term, acc :: term -> acc)
  @type continuation :: (acc -> result)
  @type result :: {:done, term} | {:halted, term} | {:suspended, term, continuation}
  @type slicing_fun :: (start :: non_neg_integer, length :: pos_integer, step :: pos_integer -> [term])
  @type to_list_fun :: (t -> [term])

  @doc "Folds `fun` over the elements, obeying the command in the accumulator."
  @spec reduce(t, acc, reducer) :: result
  def reduce(enumerable, acc, fun)

  @doc "Answers `{:ok, count}` when counting is cheap, `{:error, module}` otherwise."
  @spec count(t) :: {:ok, non_neg_integer} | {:error, module}
  def count(enumerable)

  @doc "Answers `{:ok, boolean}` when membership is cheap to test, `{:error, module}` otherwise."
  @spec member?(t, term) :: {:ok, boolean} | {:error, module}
  def member?(enumerable, element)

  @doc "Answers `{:ok, size, fun}` when positions are cheap to reach, `{:error, module}` otherwise."
  @spec slice(t) :: {:ok, non_neg_integer, slicing_fun | to_list_fun} | {:error, module}
  def slice(enumerable)
end

defimpl Enumerable, for: List do
  def count(list), do: {:ok, length(list)}

  def member?([], _value), do: {:ok, false}
  def member?(_list, _value), do: {:error, __MODULE__}

  def slice([]), do: {:ok, 0, fn _start, _count, _step -> [] end}
  def slice(_list), do: {:error, __MODULE__}

  def reduce([head | tail], {:cont, acc}, fun), do: reduce(tail, fun.(head, acc), fun)
  def reduce([], {:cont, acc}, _fun), do: {:done, acc}
  def reduce(_list, {:halt, acc}, _fun), do: {:halted, acc}
  def reduce(list, {:suspend, acc}, fun), do: {:suspended, acc, &reduce(list, &1, fun)}
end

defimpl Enumerable, for: Map do
  def count(map), do: {:ok, :erlang.map_size(map)}

  def member?(map, {key, value}), do: {:ok, match?(%{^key => ^value}, map)}
  def member?(_map, _other), do: {:ok, false}

  def slice(map), do: {:ok, :erlang.map_size(map), &:maps.to_list/1}

  def reduce(map, acc, fun), do: Enumerable.List.reduce(:maps.to_list(map), acc, fun)
end

# A function of arity 2 is a reduce/3 without its enumerable: this is what Stream.resource & co. return.
defimpl Enumerable, for: Function do
  def count(function), do: refuse_or(function, {:error, __MODULE__})
  def member?(_function, _value), do: {:error, __MODULE__}
  def slice(_function), do: {:error, __MODULE__}

  def reduce(function, acc, fun) when is_function(function, 2), do: function.(acc, fun)
  def reduce(function, _acc, _fun), do: refuse_or(function, nil)

  defp refuse_or(function, answer) when is_function(function, 2), do: answer

  defp refuse_or(function, _answer) do
    raise Protocol.UndefinedError,
      protocol: @protocol,
      value: function,
      description: "only anonymous functions of arity 2 are enumerable"
  end
end
