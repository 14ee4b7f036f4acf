# SPDX-License-Identifier: Apache-2.0
# Tuple: functions for tuples. Invariant: positions are zero-based, and one beyond the end is an ArgumentError.
defmodule Tuple do
  @moduledoc "Functions for tuples."

  @doc """
  Returns a tuple of `size` times `data`.

      iex> Tuple.duplicate(:hello, 2)
      {:hello, :hello}
  """
  @spec duplicate(term, non_neg_integer) :: tuple
  def duplicate(data, size), do: :erlang.make_tuple(size, data)

  @doc """
  Inserts an element.

      iex> Tuple.insert_at({:a, :c}, 1, :b)
      {:a, :b, :c}
  """
  @spec insert_at(tuple, non_neg_integer, term) :: tuple
  def insert_at(tuple, index, value), do: :erlang.insert_element(index + 1, tuple, value)

  @doc """
  Appends an element.

      iex> Tuple.append({:a}, :b)
      {:a, :b}
  """
  @spec append(tuple, any) :: tuple
  def append(tuple, value), do: :erlang.append_element(tuple, value)

  @doc """
  Deletes an element.

      iex> Tuple.delete_at({:a, :b}, 0)
      {:b}
  """
  @spec delete_at(tuple, non_neg_integer) :: tuple
  def delete_at(tuple, index), do: :erlang.delete_element(index + 1, tuple)

  @doc """
  Adds the elements.

      iex> Tuple.sum({1, 2})
      3
  """
  @spec sum(tuple) :: number
  def sum(tuple), do: sum(tuple, :erlang.tuple_size(tuple))

  defp sum(_tuple, 0), do: 0
  defp sum(tuple, index), do: sum(tuple, index - 1) + :erlang.element(index, tuple)

  @doc """
  Multiplies the elements.

      iex> Tuple.product({2, 3})
      6
  """
  @spec product(tuple) :: number
  def product(tuple), do: product(tuple, :erlang.tuple_size(tuple))

  defp product(_tuple, 0), do: 1
  defp product(tuple, index), do: product(tuple, index - 1) * :erlang.element(index, tuple)

  @doc """
  Converts to a list.

      iex> Tuple.to_list({1, :a})
      [1, :a]
  """
  @spec to_list(tuple) :: list
  def to_list(tuple), do: :erlang.tuple_to_list(tuple)
end
