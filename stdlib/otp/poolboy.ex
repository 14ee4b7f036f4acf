# SPDX-License-Identifier: Apache-2.0
#
# :poolboy, a pool of worker processes with the interface of the library of that name. Invariants: every worker is linked to the pool and a temporary
# child of the pool's supervisor; it is either free or lent to exactly one monitored client; nobody waits while a worker is free or one more may be
# made.

defmodule :poolboy_worker do
  @moduledoc "What a worker of a pool must define."
  @callback start_link(worker_args :: term) :: {:ok, pid} | {:error, reason :: term}
end

defmodule :poolboy_sup do
  @moduledoc false
  use Supervisor

  def start_link(module, args), do: :supervisor.start_link(__MODULE__, {module, args})

  @impl true
  def init({module, args}) do
    {:ok, {{:simple_one_for_one, 0, 1}, [{module, {module, :start_link, [args]}, :temporary, 5000, :worker, [module]}]}}
  end
end

defmodule :poolboy do
  @moduledoc "A pool of workers that clients borrow and give back."
  use GenServer

  @timeout 5000

  # -- clients ------------------------------------------------------------------------------

  @doc "A worker, after waiting for one if need be; exits after the timeout."
  @spec checkout(GenServer.server()) :: pid
  def checkout(pool), do: checkout(pool, true)

  @doc "A worker, or `:full` when none is free and `block` is false."
  @spec checkout(GenServer.server(), boolean) :: pid | :full
  def checkout(pool, block), do: checkout(pool, block, @timeout)

  @doc "As `checkout/2` with a timeout."
  @spec checkout(GenServer.server(), boolean, timeout) :: pid | :full
  def checkout(pool, block, timeout) do
    ref = make_ref()

    try do
      :gen_server.call(pool, {:checkout, ref, block}, timeout)
    catch
      kind, reason ->
        :gen_server.cast(pool, {:cancel_waiting, ref})
        :erlang.raise(kind, reason, __STACKTRACE__)
    end
  end

  @doc "Gives a worker back."
  @spec checkin(GenServer.server(), pid) :: :ok
  def checkin(pool, worker) when is_pid(worker), do: :gen_server.cast(pool, {:checkin, worker})

  @doc "Calls the function with a worker, which is given back whatever happens."
  @spec transaction(GenServer.server(), (pid -> result), timeout) :: result when result: term
  def transaction(pool, fun, timeout \\ @timeout) do
    worker = checkout(pool, true, timeout)

    try do
      fun.(worker)
    after
      :ok = checkin(pool, worker)
    end
  end

  @doc "A child specification of a pool for a supervisor."
  @spec child_spec(term, keyword) :: tuple
  def child_spec(id, pool_args), do: child_spec(id, pool_args, [])

  @doc "As `child_spec/2`, with the argument of each worker's `start_link/1`."
  @spec child_spec(term, keyword, term) :: tuple
  def child_spec(id, pool_args, worker_args), do: child_spec(id, pool_args, worker_args, :tuple)

  @doc "As `child_spec/3`, as a `:tuple` or a `:map`."
  @spec child_spec(term, keyword, term, :tuple | :map) :: tuple | map
  def child_spec(id, pool_args, worker_args, :tuple),
    do: {id, {:poolboy, :start_link, [pool_args, worker_args]}, :permanent, 5000, :worker, [:poolboy]}

  def child_spec(id, pool_args, worker_args, :map) do
    start = {:poolboy, :start_link, [pool_args, worker_args]}
    %{id: id, start: start, restart: :permanent, shutdown: 5000, type: :worker, modules: [:poolboy]}
  end

  @doc "Starts a pool: `:name`, `:worker_module`, `:size` (5), `:max_overflow` (10), `:strategy` (`:lifo` or `:fifo`)."
  @spec start(keyword) :: GenServer.on_start()
  @spec start(keyword, term) :: GenServer.on_start()
  def start(pool_args), do: start_pool(:start, pool_args, pool_args)
  def start(pool_args, worker_args), do: start_pool(:start, pool_args, worker_args)

  @doc "As `start/2`, linked to the caller."
  @spec start_link(keyword) :: GenServer.on_start()
  @spec start_link(keyword, term) :: GenServer.on_start()
  def start_link(pool_args), do: start_pool(:start_link, pool_args, pool_args)
  def start_link(pool_args, worker_args), do: start_pool(:start_link, pool_args, worker_args)

  defp start_pool(how, pool_args, worker_args) do
    case Keyword.get(pool_args, :name) do
      nil -> apply(:gen_server, how, [__MODULE__, {pool_args, worker_args}, []])
      name -> apply(:gen_server, how, [name, __MODULE__, {pool_args, worker_args}, []])
    end
  end

  @doc "Stops the pool and its workers."
  @spec stop(GenServer.server()) :: :ok
  def stop(pool), do: :gen_server.call(pool, :stop)

  @doc "`{:ready | :overflow | :full, free workers, workers made beyond the size, workers lent}`."
  @spec status(GenServer.server()) :: {atom, integer, integer, integer}
  def status(pool), do: :gen_server.call(pool, :status)

  # -- the pool -----------------------------------------------------------------------------
  # State: free: [worker], the next one first; lent: %{worker => {ref of the checkout, monitor of the client}}; waiting: queue of {from, ref,
  # monitor}.

  @impl true
  def init({pool_args, worker_args}) do
    Process.flag(:trap_exit, true)
    {:ok, supervisor} = :poolboy_sup.start_link(Keyword.fetch!(pool_args, :worker_module), worker_args)

    state = %{
      supervisor: supervisor,
      size: size(pool_args, :size, 5),
      max_overflow: size(pool_args, :max_overflow, 10),
      overflow: 0,
      strategy: Keyword.get(pool_args, :strategy, :lifo),
      free: [],
      lent: %{},
      waiting: :queue.new()
    }

    {:ok, %{state | free: for(_ <- 1..state.size//1, do: new_worker(state))}}
  end

  defp size(args, key, default) do
    case Keyword.get(args, key, default) do
      n when is_integer(n) -> n
    end
  end

  @impl true
  def handle_call({:checkout, ref, block}, {client, _} = from, state) do
    case state do
      %{free: [worker | free]} ->
        {:reply, worker, lend(worker, ref, Process.monitor(client), %{state | free: free})}

      %{overflow: overflow, max_overflow: max} when overflow < max ->
        worker = new_worker(state)
        {:reply, worker, lend(worker, ref, Process.monitor(client), %{state | overflow: overflow + 1})}

      _ when not block ->
        {:reply, :full, state}

      _ ->
        {:noreply, %{state | waiting: :queue.in({from, ref, Process.monitor(client)}, state.waiting)}}
    end
  end

  def handle_call(:status, _from, state), do: {:reply, {state_name(state), length(state.free), state.overflow, map_size(state.lent)}, state}
  def handle_call(:get_avail_workers, _from, state), do: {:reply, state.free, state}
  def handle_call(:get_all_workers, _from, state), do: {:reply, :supervisor.which_children(state.supervisor), state}

  def handle_call(:get_all_monitors, _from, state),
    do: {:reply, for({worker, {ref, monitor}} <- state.lent, do: {worker, ref, monitor}), state}

  def handle_call(:stop, _from, state), do: {:stop, :normal, :ok, state}
  def handle_call(_message, _from, state), do: {:reply, {:error, :invalid_message}, state}

  @impl true
  def handle_cast({:checkin, worker}, state), do: {:noreply, taken_back(worker, state)}

  def handle_cast({:cancel_waiting, ref}, state) do
    case Enum.find(state.lent, fn {_, {lent_ref, _}} -> lent_ref == ref end) do
      {worker, _} -> {:noreply, taken_back(worker, state)}
      nil -> {:noreply, forget(state, fn {_, waiting_ref, _} -> waiting_ref == ref end)}
    end
  end

  def handle_cast(_message, state), do: {:noreply, state}

  # A client that dies gives back what it borrowed; one that waits is forgotten.
  @impl true
  def handle_info({:DOWN, monitor, :process, _client, _reason}, state) do
    case Enum.find(state.lent, fn {_, {_, lent_monitor}} -> lent_monitor == monitor end) do
      {worker, _} -> {:noreply, taken_back(worker, state)}
      nil -> {:noreply, forget(state, fn {_, _, waiting_monitor} -> waiting_monitor == monitor end)}
    end
  end

  def handle_info({:EXIT, supervisor, reason}, %{supervisor: supervisor} = state), do: {:stop, reason, state}

  def handle_info({:EXIT, worker, _reason}, state) do
    case Map.pop(state.lent, worker) do
      {{_, monitor}, lent} ->
        Process.demonitor(monitor, [:flush])
        {:noreply, replaced(%{state | lent: lent})}

      {nil, _} ->
        if worker in state.free,
          do: {:noreply, %{state | free: put_free(new_worker(state), %{state | free: List.delete(state.free, worker)})}},
          else: {:noreply, state}
    end
  end

  def handle_info(_message, state), do: {:noreply, state}

  @impl true
  def terminate(_reason, state) do
    for worker <- state.free, do: Process.unlink(worker)
    Process.exit(state.supervisor, :shutdown)
    :ok
  end

  # -- workers ------------------------------------------------------------------------------

  defp new_worker(state) do
    {:ok, worker} = :supervisor.start_child(state.supervisor, [])
    Process.link(worker)
    worker
  end

  defp lend(worker, ref, monitor, state), do: %{state | lent: Map.put(state.lent, worker, {ref, monitor})}

  defp taken_back(worker, state) do
    case Map.pop(state.lent, worker) do
      {{_, monitor}, lent} ->
        Process.demonitor(monitor, [:flush])
        given_back(worker, %{state | lent: lent})

      {nil, _} ->
        state
    end
  end

  # The one who waits longest gets it; a worker too many goes; else it is free.
  defp given_back(worker, state) do
    case :queue.out(state.waiting) do
      {{:value, {from, ref, monitor}}, waiting} ->
        :gen_server.reply(from, worker)
        lend(worker, ref, monitor, %{state | waiting: waiting})

      {:empty, _} when state.overflow > 0 ->
        Process.unlink(worker)
        :supervisor.terminate_child(state.supervisor, worker)
        flush_exit(worker)
        %{state | overflow: state.overflow - 1}

      {:empty, _} ->
        %{state | free: put_free(worker, state)}
    end
  end

  defp flush_exit(worker) do
    receive do
      {:EXIT, ^worker, _} -> :ok
    after
      0 -> :ok
    end
  end

  # A lent worker died.
  defp replaced(state) do
    if :queue.is_empty(state.waiting) and state.overflow > 0,
      do: %{state | overflow: state.overflow - 1},
      else: given_back(new_worker(state), state)
  end

  defp put_free(worker, %{strategy: :fifo, free: free}), do: free ++ [worker]
  defp put_free(worker, %{free: free}), do: [worker | free]

  defp forget(state, chosen?) do
    waiting =
      :queue.filter(
        fn {_, _, monitor} = entry ->
          gone = chosen?.(entry)
          if gone, do: Process.demonitor(monitor, [:flush])
          not gone
        end,
        state.waiting
      )

    %{state | waiting: waiting}
  end

  defp state_name(%{overflow: overflow, max_overflow: max}) when overflow > 0, do: if(overflow == max, do: :full, else: :overflow)
  defp state_name(%{free: [_ | _]}), do: :ready
  defp state_name(%{max_overflow: max}), do: if(max < 1, do: :full, else: :overflow)
end
