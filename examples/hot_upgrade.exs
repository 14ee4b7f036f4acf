# SPDX-License-Identifier: Apache-2.0
# flags: --virtual-time
# A running server gets new code: it keeps its process, its name and its customers, and its state is carried over to
# the new form by code_change/3. While it is suspended its callers wait; none of them sees an error.

defmodule Versions do
  # The source of both versions, as a program would find it in a file.
  def source(1) do
    quote do
      defmodule Till do
        use GenServer
        @vsn 1

        def start_link(_), do: GenServer.start_link(__MODULE__, [], name: __MODULE__)
        def sell(price), do: GenServer.call(__MODULE__, {:sell, price})
        def total, do: GenServer.call(__MODULE__, :total)

        # The state is the sum of what was sold.
        @impl true
        def init(_), do: {:ok, 0}

        @impl true
        def handle_call({:sell, price}, _from, sum), do: {:reply, :sold, sum + price}
        def handle_call(:total, _from, sum), do: {:reply, sum, sum}
      end
    end
  end

  def source(2) do
    quote do
      defmodule Till do
        use GenServer
        @vsn 2

        def start_link(_), do: GenServer.start_link(__MODULE__, [], name: __MODULE__)
        def sell(price), do: GenServer.call(__MODULE__, {:sell, price})
        def total, do: GenServer.call(__MODULE__, :total)

        # The state also counts the sales.
        @impl true
        def init(_), do: {:ok, %{sum: 0, sales: 0}}

        @impl true
        def handle_call({:sell, price}, _from, state) do
          {:reply, {:sold, state.sales + 1}, %{state | sum: state.sum + price, sales: state.sales + 1}}
        end

        def handle_call(:total, _from, state), do: {:reply, state, state}

        @impl true
        def code_change(1, sum, sales_so_far), do: {:ok, %{sum: sum, sales: sales_so_far}}
        def code_change({:down, 1}, state, _extra), do: {:ok, state.sum}
      end
    end
  end

  # Loads a version; the processes that run the old one go on with it until their next call into the module.
  def load(version) do
    Code.compile_quoted(source(version))
    :ok
  end
end

defmodule Upgrade do
  def run(name, module, from, version, extra) do
    :ok = :sys.suspend(name)
    :ok = Versions.load(version)
    :ok = :sys.change_code(name, module, from, extra)
    :ok = :sys.resume(name)
  end
end

Code.compiler_options(ignore_module_conflict: true)
Versions.load(1)
{:ok, supervisor} = Supervisor.start_link([Till], strategy: :one_for_one)
till = Process.whereis(Till)

IO.inspect(for price <- [10, 20, 12], do: apply(Till, :sell, [price]))
IO.inspect(apply(Till, :total, []), label: "version 1")

# A customer who comes in the middle of it is served when it is over.
:sys.suspend(Till)
customer = Task.async(fn -> apply(Till, :sell, [8]) end)
Upgrade.run(Till, Till, 1, 2, 3)
IO.inspect(Task.await(customer), label: "the customer who waited")

IO.inspect(apply(Till, :total, []), label: "version 2")
IO.inspect(Till.module_info(:attributes)[:vsn], label: "running version")
IO.inspect(Process.whereis(Till) == till, label: "the same process")

# Nobody runs the old code any more, so it can be removed without killing anyone.
IO.inspect(:code.soft_purge(Till), label: "purged")

# And back again: the version before sees its own form of the state.
:sys.suspend(Till)
:ok = :sys.change_code(Till, Till, {:down, 1}, [])
Versions.load(1)
:sys.resume(Till)
IO.inspect(apply(Till, :total, []), label: "version 1 again")

# A crash after an upgrade starts the code that is loaded now.
Process.exit(till, :kill)
Process.sleep(50)
children = Supervisor.count_children(supervisor)
IO.inspect({apply(Till, :total, []), children.active}, label: "restarted")
