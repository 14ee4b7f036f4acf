# SPDX-License-Identifier: Apache-2.0
# The part of comprehensions that runs enumerables other than lists, maps and ranges: each generator is a reduction of its own, in which
# the loop runs. `next/1`, which the compiled loops call, is in compiler/comprehension.c and comes here for all others.
# Invariant: what is no enumerable raises in start/1, before the loop.
defmodule :phial_for do
  @moduledoc false

  @doc false
  def start(%{__struct__: MapSet} = set), do: MapSet.to_list(set)

  def start(enumerable) do
    Enumerable.impl_for!(enumerable)
    {:phial_reduce, enumerable}
  end

  @doc false
  # `fun` is the loop as a reducer.
  def over(enumerable, acc, fun), do: :erlang.element(2, Enumerable.reduce(enumerable, {:cont, acc}, fun))
end
