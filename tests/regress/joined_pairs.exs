# Pairs of instructions that run as one: each way out of the first and of the second, jumps to the second, and errors in either.
defmodule Pairs do
  def add_call(n) when n < 2, do: n
  def add_call(n), do: add_call(n - 1) + add_call(n - 2)
  def big(x), do: id(x + 1)
  def id(x), do: x
  def sum(a, b), do: a + b
  def below(a, b) when a <= b, do: a
  def below(_, b), do: b
  def small(a) when a < 2, do: a
  def small(a), do: {:large, a}
  def pairs([{a, b} | t], acc), do: pairs(t, [{b, a} | acc])
  def pairs([x | t], acc), do: pairs(t, [x | acc])
  def pairs([], acc), do: acc
  def tagged({:a, {x, y}}), do: x + y
  def tagged({:b, x}), do: x
  def tagged(other), do: other
  def swap(a, b, 0), do: {a, b}
  def swap(a, b, n), do: swap(b, a, n - 1)
  def apply2(f, a, b), do: f.(b, a)
  def take(0), do: []

  def take(n) do
    receive do
      {:wanted, x} -> [x | take(n - 1)]
    after
      0 -> [:none]
    end
  end

  def cycle(n, f) do
    x = f.(n)
    if x > 3, do: x, else: cycle(x + 1, f)
  end
end

IO.inspect({Pairs.add_call(15), Pairs.big(0xFFFFFFFFFFFFFFF), Pairs.big(1.5), Pairs.sum(0xFFFFFFFFFFFFFFF, 1), Pairs.sum(1, 2.5)})
IO.inspect({Pairs.below(1, 2), Pairs.below(3, 2), Pairs.below(1.5, 2), Pairs.below(:a, 2), Pairs.below(2 ** 70, 2 ** 71)})
IO.inspect({Pairs.small(1), Pairs.small(2), Pairs.small(1.5), Pairs.small(:a), Pairs.small(-(2 ** 70))})
IO.inspect(Pairs.pairs([{1, 2}, :x, {3, 4, 5}, {6, 7}], []))
IO.inspect(for x <- [{:a, {1, 2}}, {:a, 1}, {:b, 3}, {:c, 4}, 5], do: Pairs.tagged(x))
IO.inspect({Pairs.swap(1, 2, 5), Pairs.apply2(&-/2, 1, 10), Pairs.cycle(0, &(&1 * 2))})

for f <- [fn -> Pairs.big(:a) end, fn -> Pairs.sum(:a, 1) end, fn -> Pairs.tagged({:a, {1, :b}}) end, fn -> Pairs.apply2(:f, 1, 2) end, fn -> Pairs.apply2(fn x -> x end, 1, 2) end] do
  try do
    f.()
  rescue
    e -> IO.puts([inspect(e.__struct__), " ", Exception.message(e) |> String.split("\n") |> hd()])
  end
end

for x <- [:noise, {:wanted, 1}, {:other, 2}, {:wanted, 3}, {:wanted, 4, 5}, {:wanted, 6}], do: send(self(), x)
IO.inspect(Pairs.take(4))
IO.inspect(for _ <- 1..3, do: (receive do x -> x end))
# => {610, 1152921504606846976, 2.5, 1152921504606846976, 3.5}
# => {1, 2, 1.5, 2, 1180591620717411303424}
# => {1, {:large, 2}, 1.5, {:large, :a}, -1180591620717411303424}
# => [{7, 6}, {3, 4, 5}, :x, {2, 1}]
# => [3, {:a, 1}, 3, {:c, 4}, 5]
# => {{2, 1}, 9, 6}
# => ArithmeticError bad argument in arithmetic expression
# => ArithmeticError bad argument in arithmetic expression
# => ArithmeticError bad argument in arithmetic expression
# => BadFunctionError expected a function, got: :f
# => BadArityError #Function<10.58997638 in file:tests/regress/joined_pairs.exs> with arity 1 called with 2 arguments (2, 1)
# => [1, 3, 6, :none]
# => [:noise, {:other, 2}, {:wanted, 4, 5}]
