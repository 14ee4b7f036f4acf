# SPDX-License-Identifier: Apache-2.0
# The part of comprehensions that runs enumerables: one suspended reduction per generator, resumed element by element.
# `next/1`, which the compiled loops call, is in compiler/comprehension.c and comes here for all but lists, maps and ranges.
defmodule :phial_for do
  @moduledoc false

  @doc false
  def start(enumerable) do
    {:suspended, nil, continuation} = Enumerable.reduce(enumerable, {:suspend, nil}, fn item, _ -> {:suspend, item} end)
    resume(continuation)
  end

  @doc false
  def resume(continuation) do
    case continuation.({:cont, nil}) do
      {:suspended, item, next} -> [item | next]
      {:done, _} -> []
      {:halted, _} -> []
    end
  end
end
