# SPDX-License-Identifier: Apache-2.0
# Range: `first..last//step`, its arithmetic and its protocol implementations. Invariant: a range is never
# built as a list unless its elements are asked for; its size is computed.
defmodule Range do
  @moduledoc "Functions for ranges."

  @enforce_keys [:first, :last, :step]
  defstruct first: nil, last: nil, step: nil

  @type limit :: integer
  @type step :: pos_integer | neg_integer
  @type t :: %__MODULE__{first: limit, last: limit, step: step}
  @type t(first, last) :: %__MODULE__{first: first, last: last, step: step}

  @doc """
  Makes a range; its step is -1 if `last` is less than `first`.

      iex> Range.new(10, 1)
      10..1//-1
  """
  @spec new(limit, limit) :: t
  def new(first, last) when is_integer(first) and is_integer(last) do
    step = if first <= last, do: 1, else: -1
    %{__struct__: Range, first: first, last: last, step: step}
  end

  def new(first, last) do
    raise ArgumentError,
          "ranges (first..last) expect both sides to be integers, got: #{inspect(first)}..#{inspect(last)}"
  end

  @doc """
  Makes a range with a step.

      iex> Range.new(1, 10, 2)
      1..10//2
  """
  @spec new(limit, limit, step) :: t
  def new(first, last, step) when is_integer(first) and is_integer(last) and is_integer(step) and step != 0,
    do: %{__struct__: Range, first: first, last: last, step: step}

  def new(first, last, step) do
    raise ArgumentError,
          "ranges (first..last//step) expect both sides to be integers and the step to be a " <>
            "non-zero integer, got: #{inspect(first)}..#{inspect(last)}//#{inspect(step)}"
  end

  @doc """
  Returns the number of elements.

      iex> Range.size(1..10//2)
      5
  """
  @spec size(t) :: non_neg_integer
  def size(range)
  def size(%{__struct__: Range, first: first, last: last, step: step}), do: count(first, last, step)
  def size(%{__struct__: Range, first: first, last: last}), do: count(first, last, if(first <= last, do: 1, else: -1))

  defp count(first, last, step) when step > 0 and first > last, do: 0
  defp count(first, last, step) when step < 0 and first < last, do: 0
  defp count(first, last, step), do: abs(div(last - first, step)) + 1

  @doc """
  Moves the range by so many steps.

      iex> Range.shift(0..10//2, 1)
      2..12//2
  """
  @spec shift(t, integer) :: t
  def shift(%{__struct__: Range, first: first, last: last, step: step}, steps) when is_integer(steps),
    do: new(first + steps * step, last + steps * step, step)

  @doc """
  Tells whether two ranges have no element in common.

      iex> Range.disjoint?(1..5, 6..9)
      true
  """
  @spec disjoint?(t, t) :: boolean
  def disjoint?(%{__struct__: Range, step: step1} = range1, %{__struct__: Range, step: step2} = range2) do
    case {ascending(range1), ascending(range2)} do
      {:empty, _} -> true
      {_, :empty} -> true
      {{low1, high1}, {low2, high2}} when high1 < low2 or high2 < low1 -> true
      {{low1, high1}, {low2, high2}} -> not meet?(low1, high1, abs(step1), low2, high2, abs(step2))
    end
  end

  # The least and the greatest element.
  defp ascending(%{first: first, last: last, step: step}) do
    case count(first, last, step) do
      0 -> :empty
      n when step > 0 -> {first, first + (n - 1) * step}
      n -> {first + (n - 1) * step, first}
    end
  end

  # The common elements are a progression with the least common multiple as step: find its first element
  # that is in both (Chinese remainders).
  defp meet?(low1, high1, step1, low2, high2, step2) do
    {gcd, x, _} = Integer.extended_gcd(step1, step2)
    distance = low2 - low1

    if rem(distance, gcd) != 0 do
      false
    else
      period = div(step2, gcd)
      steps = Integer.mod(div(distance, gcd) * x, period)
      lcm = step1 * period
      common = low1 + steps * step1
      low = max(low1, low2)
      first_common = if common >= low, do: common, else: common + div(low - common + lcm - 1, lcm) * lcm
      first_common <= min(high1, high2)
    end
  end

  @doc false
  @deprecated "Pattern match on first..last//step instead"
  def range?(term)
  def range?(%{__struct__: Range, first: first, last: last}) when is_integer(first) and is_integer(last), do: true
  def range?(_), do: false
end

defimpl Enumerable, for: Range do
  def reduce(%{first: first, last: last, step: 1}, {:cont, acc}, fun), do: upwards(first, last, acc, fun)
  def reduce(%{first: first, last: last, step: step}, acc, fun), do: reduce(first, last, acc, fun, step)

  def reduce(%{first: first, last: last}, acc, fun),
    do: reduce(first, last, acc, fun, if(first <= last, do: 1, else: -1))

  # The way of most ranges, in one function.
  defp upwards(first, last, acc, fun) when first <= last do
    case fun.(first, acc) do
      {:cont, acc} -> upwards(first + 1, last, acc, fun)
      other -> reduce(first + 1, last, other, fun, 1)
    end
  end

  defp upwards(_first, _last, acc, _fun), do: {:done, acc}

  defp reduce(_first, _last, {:halt, acc}, _fun, _step), do: {:halted, acc}

  defp reduce(first, last, {:suspend, acc}, fun, step), do: {:suspended, acc, &reduce(first, last, &1, fun, step)}

  defp reduce(first, last, {:cont, acc}, fun, step) when (step > 0 and first <= last) or (step < 0 and first >= last),
    do: reduce(first + step, last, fun.(first, acc), fun, step)

  defp reduce(_first, _last, {:cont, acc}, _fun, _step), do: {:done, acc}

  def member?(%{first: first, last: last, step: step} = range, value) when is_integer(value) do
    cond do
      Range.size(range) == 0 -> {:ok, false}
      first <= last -> {:ok, first <= value and value <= last and rem(value - first, step) == 0}
      true -> {:ok, last <= value and value <= first and rem(value - first, step) == 0}
    end
  end

  def member?(%{first: first, last: last}, value) when is_integer(value),
    do: {:ok, (first <= value and value <= last) or (last <= value and value <= first)}

  def member?(_range, _value), do: {:ok, false}

  def count(range), do: {:ok, Range.size(range)}

  # As in Elixir 1.14, a step other than 1 is added to the range's own step, less one.
  def slice(%{first: first, step: step} = range),
    do: {:ok, Range.size(range), fn start, count, by -> elements(first + start * step, step + by - 1, count) end}

  def slice(%{first: first, last: last} = range) do
    step = if first <= last, do: 1, else: -1
    {:ok, Range.size(range), fn start, count, by -> elements(first + start * step, step + by - 1, count) end}
  end

  defp elements(_current, _step, 0), do: []
  defp elements(current, step, count), do: [current | elements(current + step, step, count - 1)]
end

defimpl Inspect, for: Range do
  import Inspect.Algebra

  def inspect(%{first: first, last: last, step: 1}, opts) when first <= last,
    do: concat([to_doc(first, opts), "..", to_doc(last, opts)])

  def inspect(%{first: first, last: last, step: step}, opts),
    do: concat([to_doc(first, opts), "..", to_doc(last, opts), "//", to_doc(step, opts)])

  # A range of old, without a step.
  def inspect(%{first: first, last: last}, opts) when first > last, do: concat([to_doc(first, opts), "..", to_doc(last, opts), "//-1"])
  def inspect(%{first: first, last: last}, opts), do: concat([to_doc(first, opts), "..", to_doc(last, opts)])
end
