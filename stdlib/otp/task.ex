# SPDX-License-Identifier: Apache-2.0
#
# Task: one function in a process of its own whose result is awaited. Invariant: `ref` is both
# the monitor of the task and the alias it answers to, so a result that nobody awaits any more
# is dropped by the VM, and either `{ref, result}` or a `:DOWN` comes, never neither.

defmodule Task do
  @moduledoc "Conveniences for spawning and awaiting tasks."

  @enforce_keys [:mfa, :owner, :pid, :ref]
  defstruct @enforce_keys

  @type t :: %__MODULE__{mfa: mfa, owner: pid, pid: pid | nil, ref: reference}
  @type async_stream_option ::
          {:max_concurrency, pos_integer}
          | {:ordered, boolean}
          | {:timeout, timeout}
          | {:on_timeout, :exit | :kill_task}
          | {:zip_input_on_exit, boolean}

  @doc "The specification to start a task under a supervisor."
  def child_spec(arg), do: %{id: Task, start: {Task, :start_link, [arg]}, restart: :temporary}

  @doc false
  defmacro __using__(opts) do
    quote location: :keep, bind_quoted: [opts: opts] do
      unless Module.has_attribute?(__MODULE__, :doc) do
        @doc """
        Returns a specification to start this module under a supervisor.

        See `Supervisor`.
        """
      end

      def child_spec(arg) do
        default = %{
          id: __MODULE__,
          start: {__MODULE__, :start_link, [arg]},
          restart: :temporary
        }

        Supervisor.child_spec(default, unquote(Macro.escape(opts)))
      end

      defoverridable child_spec: 1
    end
  end

  # -- starting ---------------------------------------------------------------------------

  @doc "Starts a task linked to the caller whose result nobody awaits."
  @spec start_link((() -> any)) :: {:ok, pid}
  def start_link(fun) when is_function(fun, 0), do: start_link(:erlang, :apply, [fun, []])

  @doc "Starts `apply(module, function, args)` linked to the caller."
  @spec start_link(module, atom, [term]) :: {:ok, pid}
  def start_link(module, function, args)
      when is_atom(module) and is_atom(function) and is_list(args) do
    mfa = {module, function, args}
    Task.Supervised.start_link(get_owner(self()), get_callers(self()), mfa)
  end

  @doc "Starts a task without a link."
  @spec start((() -> any)) :: {:ok, pid}
  def start(fun) when is_function(fun, 0), do: start(:erlang, :apply, [fun, []])

  @doc "Starts `apply(module, function, args)` without a link."
  @spec start(module, atom, [term]) :: {:ok, pid}
  def start(module, function_name, args)
      when is_atom(module) and is_atom(function_name) and is_list(args) do
    mfa = {module, function_name, args}
    Task.Supervised.start(get_owner(self()), get_callers(self()), mfa)
  end

  @doc "Starts a task that must be awaited."
  @spec async((() -> any)) :: t
  def async(fun) when is_function(fun, 0), do: async(:erlang, :apply, [fun, []])

  @doc "Starts `apply(module, function, args)` as a task that must be awaited."
  @spec async(module, atom, [term]) :: t
  def async(module, function_name, args)
      when is_atom(module) and is_atom(function_name) and is_list(args) do
    owner = self()
    {:ok, pid} = Task.Supervised.start_link(get_owner(owner), :nomonitor)
    hand_over(pid, owner, {module, function_name, args})
  end

  @doc false
  # Tells a task that waits in Task.Supervised.reply/2 what to do and where to answer.
  def hand_over(pid, owner, {module, function_name, args} = mfa) do
    ref = :erlang.monitor(:process, pid, alias: :demonitor)
    send(pid, {owner, ref, ref, get_callers(owner), mfa})
    %Task{mfa: {module, function_name, length(args)}, owner: owner, pid: pid, ref: ref}
  end

  @doc "A task that has its result already."
  @spec completed(any) :: t
  def completed(result) do
    ref = make_ref()
    owner = self()
    send(owner, {ref, result})
    %Task{mfa: {Task, :completed, 1}, owner: owner, pid: nil, ref: ref}
  end

  @doc false
  def get_owner(pid) do
    name =
      case :erlang.process_info(pid, :registered_name) do
        {:registered_name, name} when is_atom(name) -> name
        _ -> pid
      end

    {node(), pid, name}
  end

  @doc false
  def get_callers(owner) do
    case :erlang.get(:"$callers") do
      [_ | _] = list -> [owner | list]
      _ -> [owner]
    end
  end

  # -- streams ----------------------------------------------------------------------------

  @doc "Runs `module.function(element, ...args)` for every element, lazily and concurrently."
  @spec async_stream(Enumerable.t(), module, atom, [term], [async_stream_option]) :: Enumerable.t()
  def async_stream(enumerable, module, function_name, args, options \\ [])
      when is_atom(module) and is_atom(function_name) and is_list(args) do
    build_stream(enumerable, {module, function_name, args}, options)
  end

  @doc "Runs `fun` for every element, lazily and concurrently."
  @spec async_stream(Enumerable.t(), (term -> term), [async_stream_option]) :: Enumerable.t()
  def async_stream(enumerable, fun, options \\ [])
      when is_function(fun, 1) and is_list(options) do
    build_stream(enumerable, fun, options)
  end

  defp build_stream(enumerable, fun, options) do
    options = Task.Supervised.validate_stream_options(options)

    fn acc, acc_fun ->
      owner = get_owner(self())

      Task.Supervised.stream(enumerable, acc, acc_fun, get_callers(self()), fun, options, fn ->
        {:ok, pid} = Task.Supervised.start_link(owner, :nomonitor)
        {:ok, :link, pid}
      end)
    end
  end

  # -- awaiting ---------------------------------------------------------------------------

  @doc "Waits for the result of a task; its crash, or the timeout, is the caller's exit."
  @spec await(t, timeout) :: term
  def await(%Task{ref: ref, owner: owner} = task, timeout \\ 5000)
      when timeout == :infinity or (is_integer(timeout) and timeout >= 0) do
    if owner != self(), do: raise(ArgumentError, invalid_owner_error(task))

    receive do
      {^ref, reply} ->
        :erlang.demonitor(ref, [:flush])
        reply

      {:DOWN, ^ref, _, proc, reason} ->
        exit({reason(reason, proc), {__MODULE__, :await, [task, timeout]}})
    after
      timeout ->
        :erlang.demonitor(ref, [:flush])
        :phial_explain.timeout(task.pid, nil, timeout)
        exit({:timeout, {__MODULE__, :await, [task, timeout]}})
    end
  end

  @doc "Waits for the results of several tasks, in their order."
  @spec await_many([t], timeout) :: [term]
  def await_many(tasks, timeout \\ 5000)
      when timeout == :infinity or (is_integer(timeout) and timeout >= 0) do
    waiting =
      for task <- tasks, into: %{} do
        if task.owner != self(), do: raise(ArgumentError, invalid_owner_error(task))
        {task.ref, true}
      end

    timer = start_timer(timeout)

    try do
      await_many(tasks, timeout, waiting, %{}, timer)
    after
      stop_timer(timer)
    end
  end

  defp await_many(tasks, _timeout, waiting, replies, _timer) when map_size(waiting) == 0 do
    for %{ref: ref} <- tasks, do: Map.fetch!(replies, ref)
  end

  defp await_many(tasks, timeout, waiting, replies, timer) do
    receive do
      {:timeout, ^timer, :task} ->
        demonitor_pending(waiting)
        exit({:timeout, {__MODULE__, :await_many, [tasks, timeout]}})

      {:DOWN, ref, _, proc, reason} when is_map_key(waiting, ref) ->
        demonitor_pending(waiting)
        exit({reason(reason, proc), {__MODULE__, :await_many, [tasks, timeout]}})

      {ref, reply} when is_map_key(waiting, ref) ->
        :erlang.demonitor(ref, [:flush])
        waiting = Map.delete(waiting, ref)
        await_many(tasks, timeout, waiting, Map.put(replies, ref, reply), timer)
    end
  end

  defp demonitor_pending(waiting) do
    Enum.each(waiting, fn {ref, _} -> :erlang.demonitor(ref, [:flush]) end)
  end

  @doc "Stops caring about a task, which goes on; answers a result that is there already."
  @spec ignore(t) :: {:ok, term} | {:exit, term} | nil
  def ignore(%Task{ref: ref, pid: pid, owner: owner} = task) do
    if owner != self(), do: raise(ArgumentError, invalid_owner_error(task))

    receive do
      {^ref, reply} ->
        Process.unlink(pid)
        :erlang.demonitor(ref, [:flush])
        {:ok, reply}

      {:DOWN, ^ref, _, proc, :noconnection} ->
        exit({reason(:noconnection, proc), {__MODULE__, :ignore, [task]}})

      {:DOWN, ^ref, _, _, reason} ->
        {:exit, reason}
    after
      0 ->
        Process.unlink(pid)
        :erlang.demonitor(ref, [:flush])
        nil
    end
  end

  @doc false
  @deprecated "Pattern match directly on the message instead"
  def find(tasks, {ref, reply}) when is_reference(ref) do
    Enum.find_value(tasks, fn
      %Task{ref: ^ref} = task ->
        :erlang.demonitor(ref, [:flush])
        {reply, task}

      %Task{} ->
        nil
    end)
  end

  def find(tasks, {:DOWN, ref, _, proc, reason} = msg) when is_reference(ref) do
    find = fn %Task{ref: task_ref} -> task_ref == ref end

    if Enum.find(tasks, find) do
      exit({reason(reason, proc), {__MODULE__, :find, [tasks, msg]}})
    end
  end

  def find(_tasks, _msg), do: nil

  @doc "Waits for a result without giving the task up when the time is over."
  @spec yield(t, timeout) :: {:ok, term} | {:exit, term} | nil
  def yield(%Task{ref: ref, owner: owner} = task, timeout \\ 5000)
      when timeout == :infinity or (is_integer(timeout) and timeout >= 0) do
    if owner != self(), do: raise(ArgumentError, invalid_owner_error(task))

    receive do
      {^ref, reply} ->
        :erlang.demonitor(ref, [:flush])
        {:ok, reply}

      {:DOWN, ^ref, _, proc, :noconnection} ->
        exit({reason(:noconnection, proc), {__MODULE__, :yield, [task, timeout]}})

      {:DOWN, ^ref, _, _, reason} ->
        {:exit, reason}
    after
      timeout -> nil
    end
  end

  @doc "Yields to several tasks at once; those without a result by then come with nil."
  @spec yield_many([t], timeout) :: [{t, {:ok, term} | {:exit, term} | nil}]
  def yield_many(tasks, timeout \\ 5000)
      when timeout == :infinity or (is_integer(timeout) and timeout >= 0) do
    timer = start_timer(timeout)

    try do
      yield_many(tasks, timer, timeout)
    catch
      {:noconnection, reason} -> exit({reason, {__MODULE__, :yield_many, [tasks, timeout]}})
    after
      stop_timer(timer)
    end
  end

  defp yield_many([%Task{ref: ref, owner: owner} = task | rest], timer, timeout) do
    if owner != self(), do: raise(ArgumentError, invalid_owner_error(task))

    receive do
      {^ref, reply} ->
        :erlang.demonitor(ref, [:flush])
        [{task, {:ok, reply}} | yield_many(rest, timer, timeout)]

      {:DOWN, ^ref, _, proc, :noconnection} ->
        throw({:noconnection, reason(:noconnection, proc)})

      {:DOWN, ^ref, _, _, reason} ->
        [{task, {:exit, reason}} | yield_many(rest, timer, timeout)]

      {:timeout, ^timer, :task} ->
        [{task, nil} | yield_ready(rest)]
    end
  end

  defp yield_many([], _timer, _timeout), do: []

  # The time is over: only what has come already counts.
  defp yield_ready(tasks), do: Enum.map(tasks, fn task -> {task, yield(task, 0)} end)

  defp start_timer(:infinity), do: make_ref()
  defp start_timer(timeout), do: :erlang.start_timer(timeout, self(), :task)

  defp stop_timer(timer) do
    :erlang.cancel_timer(timer)

    receive do
      {:timeout, ^timer, :task} -> :ok
    after
      0 -> :ok
    end
  end

  # -- ending -----------------------------------------------------------------------------

  @doc "Ends a task and answers its result if it came in time."
  @spec shutdown(t, timeout | :brutal_kill) :: {:ok, term} | {:exit, term} | nil
  def shutdown(task, shutdown \\ 5000)

  def shutdown(%Task{pid: nil} = task, _) do
    raise ArgumentError, "task #{inspect(task)} does not have an associated task process"
  end

  def shutdown(%Task{owner: owner} = task, _) when owner != self() do
    raise ArgumentError, invalid_owner_error(task)
  end

  def shutdown(%Task{pid: pid} = task, :brutal_kill) do
    mon = Process.monitor(pid)
    shutdown_send(pid, :kill)
    shutdown_result(shutdown_receive(task, mon, :brutal_kill, :infinity), task, :brutal_kill)
  end

  def shutdown(%Task{pid: pid} = task, timeout) do
    mon = Process.monitor(pid)
    shutdown_send(pid, :shutdown)
    shutdown_result(shutdown_receive(task, mon, :shutdown, timeout), task, timeout)
  end

  # The owner of a linked task must survive the exit it asked for.
  defp shutdown_send(pid, reason) do
    Process.unlink(pid)
    Process.exit(pid, reason)
  end

  defp shutdown_result({:down, proc, :noconnection}, task, how),
    do: exit({reason(:noconnection, proc), {__MODULE__, :shutdown, [task, how]}})

  defp shutdown_result({:down, _, reason}, _task, _how), do: {:exit, reason}
  defp shutdown_result(result, _task, _how), do: result

  defp shutdown_receive(%{ref: ref} = task, mon, type, timeout) do
    receive do
      {:DOWN, ^mon, _, _, :shutdown} when type in [:shutdown, :timeout_kill] ->
        :erlang.demonitor(ref, [:flush])
        flush_reply(ref)

      {:DOWN, ^mon, _, _, :killed} when type == :brutal_kill ->
        :erlang.demonitor(ref, [:flush])
        flush_reply(ref)

      {:DOWN, ^mon, _, proc, :noproc} ->
        ended_before(ref, proc, type)

      {:DOWN, ^mon, _, proc, reason} ->
        :erlang.demonitor(ref, [:flush])
        flush_reply(ref) || {:down, proc, reason}
    after
      timeout ->
        Process.exit(task.pid, :kill)
        shutdown_receive(task, mon, :timeout_kill, :infinity)
    end
  end

  # The task was gone when we asked; what it left tells how.
  defp ended_before(ref, proc, type) do
    receive do
      {^ref, reply} ->
        :erlang.demonitor(ref, [:flush])
        {:ok, reply}

      {:DOWN, ^ref, _, _, :normal} ->
        flush_reply(ref) || {:down, proc, :normal}

      {:DOWN, ^ref, _, _, :shutdown} when type in [:shutdown, :timeout_kill] ->
        nil

      {:DOWN, ^ref, _, _, :killed} when type == :brutal_kill ->
        nil

      {:DOWN, ^ref, _, _, reason} ->
        {:down, proc, reason}
    after
      0 ->
        :erlang.demonitor(ref, [:flush])
        {:down, proc, :noproc}
    end
  end

  defp flush_reply(ref) do
    receive do
      {^ref, reply} -> {:ok, reply}
    after
      0 -> nil
    end
  end

  # -- errors -----------------------------------------------------------------------------

  defp reason(:noconnection, proc), do: {:nodedown, monitor_node(proc)}
  defp reason(reason, _), do: reason

  defp monitor_node(pid) when is_pid(pid), do: node(pid)
  defp monitor_node({_, node}), do: node

  defp invalid_owner_error(task) do
    "task #{inspect(task)} must be queried from the owner but was queried from #{inspect(self())}"
  end
end
