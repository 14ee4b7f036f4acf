# SPDX-License-Identifier: Apache-2.0
# Stresses: decision trees: a little interpreter over tagged tuples, atoms and literals.
defmodule Vm do
  def run(0, _, acc), do: acc
  def run(n, prog, acc), do: run(n - 1, prog, step(prog, [], acc))
  defp step([], [x | _], acc), do: acc + x
  defp step([op | rest], stack, acc), do: step(rest, exec(op, stack), acc)
  defp exec({:push, n}, s), do: [n | s]
  defp exec(:dup, [x | s]), do: [x, x | s]
  defp exec(:swap, [x, y | s]), do: [y, x | s]
  defp exec(:drop, [_ | s]), do: s
  defp exec({:op, :+}, [x, y | s]), do: [x + y | s]
  defp exec({:op, :-}, [x, y | s]), do: [y - x | s]
  defp exec({:op, :*}, [x, y | s]), do: [x * y | s]
  defp exec({:if, 0, a, _}, s), do: [a | s]
  defp exec({:if, 1, _, b}, s), do: [b | s]
  defp exec({:if, _, _, _}, s), do: s
  defp exec(:nop, s), do: s
end
prog = [{:push, 3}, :dup, {:op, :+}, {:push, 4}, :swap, {:op, :-}, {:if, 1, 8, 9}, {:op, :*}, :nop, {:push, 1}, :drop, {:if, 0, 2, 3}, {:op, :+}]
IO.inspect(Vm.run(500_000, prog, 0))
