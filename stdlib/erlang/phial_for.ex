# SPDX-License-Identifier: Apache-2.0
# The part of comprehensions that runs enumerables: one suspended reduction per generator, resumed element by element.
# `next/1`, which the compiled loops call, is in compiler/comprehension.c and comes here for all but lists, maps and ranges.
# The accumulator of each resumption is :none or {:item, item}: a stream may stop with its last item instead of suspending.
defmodule :phial_for do
  @moduledoc false

  @doc false
  def start(%{__struct__: MapSet} = set), do: MapSet.to_list(set)

  def start(enumerable) do
    {:suspended, :none, continuation} =
      Enumerable.reduce(enumerable, {:suspend, :none}, fn item, _ -> {:suspend, {:item, item}} end)

    resume(continuation)
  end

  @doc false
  def resume(continuation) do
    case continuation.({:cont, :none}) do
      {:suspended, {:item, item}, next} -> [item | next]
      {_, {:item, item}} -> [item]
      {_, :none} -> []
    end
  end
end
