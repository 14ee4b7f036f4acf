# Code that was evaluated or replaced is freed: memory does not grow with the number of evaluations.
Code.compiler_options(ignore_module_conflict: true)

defmodule Freed do
  def grown(rounds, work) do
    Enum.each(1..rounds, work)
    first = :erlang.memory(:code)
    Enum.each(1..rounds, work)
    :erlang.memory(:code) - first < 12_000_000
  end
end

IO.inspect(Freed.grown(2_000, fn i -> Code.eval_string("f = fn x -> {x, #{rem(i, 9)}, \"text\", [1, 2]} end; f.(1)") end))
IO.inspect(Freed.grown(300, fn i -> Code.compile_string("defmodule Again do def a, do: {#{rem(i, 9)}, [1, 2]} end") end))

# what is still held stays: funs, literals, messages on their way, tables
{fun, _} = Code.eval_string("fn x -> {x, [:a, \"literal\"]} end")
{literal, _} = Code.eval_string("{:deep, [1, %{a: \"literal\"}]}")
:ets.new(:kept, [:named_table])
:ets.insert(:kept, {1, elem(Code.eval_string("fn -> {:table, [1]} end"), 0)})
send(self(), elem(Code.eval_string("fn -> {:message, [2]} end"), 0))
:persistent_term.put(:kept, elem(Code.eval_string("fn -> {:persistent, [3]} end"), 0))
_timer = Process.send_after(self(), {:timer, elem(Code.eval_string("fn -> {:timer, [4]} end"), 0)}, 60_000)
for i <- 1..3_000, do: :persistent_term.put(:changing, {i, List.duplicate(i, 200)}) && Code.eval_string("{:x, [#{rem(i, 7)}]}") && nil
:erlang.garbage_collect()
IO.inspect({fun.(1), literal, :persistent_term.get(:kept).()})
[{1, table}] = :ets.lookup(:kept, 1)
receive do: (message -> IO.inspect({table.(), message.()}))
