# SPDX-License-Identifier: Apache-2.0
# A stack behind a GenServer: push is a cast (nobody waits), pop is a call (the caller waits for the answer).

defmodule Stack do
  use GenServer

  def start_link(items) do
    GenServer.start_link(__MODULE__, items, name: __MODULE__)
  end

  def push(item), do: GenServer.cast(__MODULE__, {:push, item})
  def pop, do: GenServer.call(__MODULE__, :pop)
  def size, do: GenServer.call(__MODULE__, :size)

  @impl true
  def init(items), do: {:ok, items}

  @impl true
  def handle_cast({:push, item}, items), do: {:noreply, [item | items]}

  @impl true
  def handle_call(:pop, _from, [top | rest]), do: {:reply, top, rest}
  def handle_call(:pop, _from, []), do: {:reply, nil, []}
  def handle_call(:size, _from, items), do: {:reply, length(items), items}

  @impl true
  def terminate(reason, items) do
    IO.puts("stopping (#{inspect(reason)}) with #{inspect(items)} left")
  end
end

{:ok, pid} = Stack.start_link([:hello])
IO.inspect(Process.whereis(Stack) == pid, label: "registered")

Stack.push(:brave)
Stack.push("new")
Stack.push({:world, 1})
IO.inspect(Stack.size(), label: "size")

for _ <- 1..3, do: IO.inspect(Stack.pop())
IO.inspect(Stack.pop(), label: "last")
IO.inspect(Stack.pop(), label: "empty")

Stack.push(:forgotten)
GenServer.stop(Stack)
IO.inspect(Process.whereis(Stack), label: "after stop")
