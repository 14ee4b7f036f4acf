# Conditions nested in conditions, as values, tests and tails: what each gives or raises, and which operands it asked for in which order.
defmodule Tree do
  def pick(list), do: Enum.at(list, :rand.uniform(length(list)) - 1)

  def tree(0), do: pick([{:v, 0}, {:v, 1}, {:v, 2}, {:v, 3}, {:c, true}, {:c, false}, {:c, nil}, :test, :test])

  def tree(depth) do
    case :rand.uniform(9) do
      n when n <= 4 -> {pick([:and, :or, :&&, :||]), tree(depth - 1), tree(depth - 1)}
      5 -> {pick([:not, :!]), tree(depth - 1)}
      6 -> {:if, tree(depth - 1), tree(depth - 1), tree(depth - 1)}
      7 -> {:case, tree(depth - 1), tree(depth - 1), tree(depth - 1)}
      8 -> {:cond, tree(depth - 1), tree(depth - 1), tree(depth - 1)}
      9 -> tree(0)
    end
  end

  def code({:v, i}), do: quote(do: Operand.get(unquote(i), var!(values)))
  def code({:c, value}), do: value
  def code(:test), do: quote(do: elem(var!(values), unquote(:rand.uniform(4) - 1)) == unquote(pick([true, 1])))
  def code({op, a, b}), do: quote(do: unquote({op, [], [code(a), code(b)]}))
  def code({op, a}), do: quote(do: unquote({op, [], [code(a)]}))
  def code({:if, a, b, c}), do: quote(do: if(unquote(code(a)), do: unquote(code(b)), else: unquote(code(c))))
  def code({:cond, a, b, c}), do: quote(do: cond(do: (unquote(code(a)) -> unquote(code(b)); unquote(code(c)) -> :last)))
  def code({:case, a, b, c}),
    do: quote(do: case(unquote(code(a)), do: (true -> unquote(code(b)); false -> unquote(code(c)); x -> x)))
end

defmodule Operand do
  def get(i, values) do
    Process.put(:asked, [i | Process.get(:asked, [])])
    elem(values, i)
  end
end

defmodule Run do
  def result(fun, values) do
    Process.put(:asked, [])

    value =
      try do
        fun.(values)
      rescue
        e -> e.__struct__
      end

    {value, Process.get(:asked)}
  end
end

:rand.seed(:exsss, 7)
forms = for depth <- [1, 2, 2, 3, 3, 3, 4, 4, 4, 4], do: for(_ <- 1..30, do: Tree.code(Tree.tree(depth)))
{:ok, _} = Application.ensure_all_started(:ex_unit)
all = for a <- [true, false, nil, 1], b <- [true, false, nil, 1], c <- [true, false, 1], d <- [true, nil], do: {a, b, c, d}
values = Macro.var(:values, nil)

uses = [
  tail: & &1,
  value: &quote(do: {unquote(&1), unquote(values)}),
  test: &quote(do: {if(unquote(&1), do: 1, else: 2), unquote(values)}),
  effect: &quote(do: (unquote(&1); unquote(values)))
]

for {kind, use} <- uses do
  results =
    for {chunk, n} <- Enum.with_index(forms) do
      defs = for {form, i} <- Enum.with_index(chunk), do: quote(do: def(unquote(:"f#{i}")(unquote(values)), do: unquote(use.(form))))
      module = Module.concat(kind, "Forms#{n}")
      ExUnit.CaptureIO.capture_io(:stderr, fn -> Module.create(module, defs, Macro.Env.location(__ENV__)) end)
      for i <- 0..29, given <- all, do: Run.result(&apply(module, :"f#{i}", [&1]), given)
    end
  raised = Enum.count(List.flatten(results), &match?({e, _} when e in [BadBooleanError, CondClauseError, ArgumentError], &1))
  IO.puts("#{kind} #{:erlang.phash2(results)} #{raised}")
end
# => tail 26873962 11491
# => value 93342837 11491
# => test 47893559 11491
# => effect 115104443 11491
