# SPDX-License-Identifier: Apache-2.0
#
# Task.Supervisor and Task.Supervised, the process side of tasks. Invariants: a task that
# crashes says so once and dies of its reason; a stream has at most max_concurrency tasks
# running and leaves none behind, however it ends.

defmodule Task.Supervisor do
  @moduledoc "A supervisor for tasks started on demand."

  @typep options :: [option]
  @type option ::
          DynamicSupervisor.option() | {:restart, atom} | {:shutdown, timeout | :brutal_kill}

  @doc "The specification to start a task supervisor under a supervisor."
  def child_spec(opts) when is_list(opts) do
    id =
      case Keyword.get(opts, :name, Task.Supervisor) do
        name when is_atom(name) -> name
        {:global, name} -> name
        {:via, _module, name} -> name
      end

    %{id: id, start: {Task.Supervisor, :start_link, [opts]}, type: :supervisor}
  end

  @doc "Starts a task supervisor."
  @spec start_link(options) :: Supervisor.on_start()
  def start_link(options \\ []) do
    {restart, options} = Keyword.pop(options, :restart)
    {shutdown, options} = Keyword.pop(options, :shutdown)

    if restart || shutdown do
      IO.warn(
        ":restart and :shutdown options in Task.Supervisor.start_link/1 are deprecated. " <>
          "Please pass those options on start_child/3 instead"
      )
    end

    keys = [:max_children, :max_seconds, :max_restarts]
    {sup_opts, start_opts} = Keyword.split(options, keys)

    restart_and_shutdown = {restart || :temporary, shutdown || 5000}
    DynamicSupervisor.start_link(__MODULE__, {restart_and_shutdown, sup_opts}, start_opts)
  end

  @doc false
  def init({{_restart, _shutdown} = defaults, options}) do
    Process.put(__MODULE__, defaults)
    DynamicSupervisor.init([strategy: :one_for_one] ++ options)
  end

  # -- tasks that answer --------------------------------------------------------------------

  @doc "Starts a task under the supervisor, linked to the caller, that must be awaited."
  @spec async(Supervisor.supervisor(), (() -> any), keyword) :: Task.t()
  def async(supervisor, fun, options \\ []),
    do: start_async(supervisor, :link, :erlang, :apply, [fun, []], options)

  @doc "Starts `apply(module, fun, args)` as a linked task under the supervisor."
  @spec async(Supervisor.supervisor(), module, atom, [term], keyword) :: Task.t()
  def async(supervisor, module, fun, args, options \\ []),
    do: start_async(supervisor, :link, module, fun, args, options)

  @doc "As async/3, but without a link to the caller."
  @spec async_nolink(Supervisor.supervisor(), (() -> any), keyword) :: Task.t()
  def async_nolink(supervisor, fun, options \\ []),
    do: start_async(supervisor, :nolink, :erlang, :apply, [fun, []], options)

  @doc "As async/5, but without a link to the caller."
  @spec async_nolink(Supervisor.supervisor(), module, atom, [term], keyword) :: Task.t()
  def async_nolink(supervisor, module, fun, args, options \\ []),
    do: start_async(supervisor, :nolink, module, fun, args, options)

  defp start_async(supervisor, link, module, fun, args, options) do
    owner = self()
    shutdown = options[:shutdown]

    case start_task(supervisor, [Task.get_owner(owner), :monitor], :temporary, shutdown) do
      {:ok, pid} ->
        if link == :link, do: Process.link(pid)
        Task.hand_over(pid, owner, {module, fun, args})

      {:error, :max_children} ->
        raise """
        reached the maximum number of tasks for this task supervisor. The maximum number \
        of tasks that are allowed to run at the same time under this supervisor can be \
        configured with the :max_children option passed to Task.Supervisor.start_link/1\
        """
    end
  end

  # -- streams ----------------------------------------------------------------------------

  @doc "As Task.async_stream/3, with the tasks under the supervisor."
  @spec async_stream(Supervisor.supervisor(), Enumerable.t(), (term -> term), keyword) ::
          Enumerable.t()
  def async_stream(supervisor, enumerable, fun, options \\ []) when is_function(fun, 1),
    do: build_stream(supervisor, :link, enumerable, fun, options)

  @doc "As Task.async_stream/5, with the tasks under the supervisor."
  @spec async_stream(Supervisor.supervisor(), Enumerable.t(), module, atom, [term], keyword) ::
          Enumerable.t()
  def async_stream(supervisor, enumerable, module, function, args, options \\ [])
      when is_atom(module) and is_atom(function) and is_list(args),
      do: build_stream(supervisor, :link, enumerable, {module, function, args}, options)

  @doc "As async_stream/4, but a crash of a task does not reach the caller."
  @spec async_stream_nolink(Supervisor.supervisor(), Enumerable.t(), (term -> term), keyword) ::
          Enumerable.t()
  def async_stream_nolink(supervisor, enumerable, fun, options \\ []) when is_function(fun, 1),
    do: build_stream(supervisor, :nolink, enumerable, fun, options)

  @doc "As async_stream/6, but a crash of a task does not reach the caller."
  @spec async_stream_nolink(Supervisor.supervisor(), Enumerable.t(), module, atom, [term], keyword) ::
          Enumerable.t()
  def async_stream_nolink(supervisor, enumerable, module, function, args, options \\ [])
      when is_atom(module) and is_atom(function) and is_list(args),
      do: build_stream(supervisor, :nolink, enumerable, {module, function, args}, options)

  defp build_stream(supervisor, link, enumerable, fun, options) do
    shutdown = options[:shutdown]
    options = Task.Supervised.validate_stream_options(options)

    fn acc, acc_fun ->
      owner = Task.get_owner(self())

      Task.Supervised.stream(enumerable, acc, acc_fun, Task.get_callers(self()), fun, options, fn ->
        case start_task(supervisor, [owner, :monitor], :temporary, shutdown) do
          {:ok, pid} ->
            if link == :link, do: Process.link(pid)
            {:ok, link, pid}

          {:error, :max_children} ->
            {:error, :max_children}
        end
      end)
    end
  end

  # -- tasks on their own -------------------------------------------------------------------

  @doc "Starts a task under the supervisor whose result nobody awaits."
  @spec start_child(Supervisor.supervisor(), (() -> any), keyword) :: DynamicSupervisor.on_start_child()
  def start_child(supervisor, fun, options \\ []),
    do: start_child(supervisor, :erlang, :apply, [fun, []], options)

  @doc "Starts `apply(module, fun, args)` under the supervisor."
  @spec start_child(Supervisor.supervisor(), module, atom, [term], keyword) ::
          DynamicSupervisor.on_start_child()
  def start_child(supervisor, module, fun, args, options \\ [])
      when is_atom(fun) and is_list(args) do
    owner = self()
    args = [Task.get_owner(owner), Task.get_callers(owner), {module, fun, args}]
    start_task(supervisor, args, options[:restart], options[:shutdown])
  end

  defp start_task(supervisor, args, restart, shutdown) do
    GenServer.call(supervisor, {:start_task, args, restart, shutdown}, :infinity)
  end

  @doc "Stops the task with this pid."
  @spec terminate_child(Supervisor.supervisor(), pid) :: :ok | {:error, :not_found}
  def terminate_child(supervisor, pid) when is_pid(pid),
    do: DynamicSupervisor.terminate_child(supervisor, pid)

  @doc "The pids of the tasks that run."
  @spec children(Supervisor.supervisor()) :: [pid]
  def children(supervisor) do
    for {_, pid, _, _} <- DynamicSupervisor.which_children(supervisor), is_pid(pid), do: pid
  end
end

defmodule Task.Supervised do
  @moduledoc false

  # -- the process ------------------------------------------------------------------------

  def start(owner, callers, mfa),
    do: {:ok, :proc_lib.spawn(__MODULE__, :noreply, [owner, callers, mfa])}

  def start_link(owner, callers, mfa),
    do: {:ok, :proc_lib.spawn_link(__MODULE__, :noreply, [owner, callers, mfa])}

  def start_link(owner, monitor),
    do: {:ok, :proc_lib.spawn_link(__MODULE__, :reply, [owner, monitor])}

  def noreply(owner, callers, mfa) do
    initial_call(mfa)
    :erlang.put(:"$callers", callers)
    invoke_mfa(owner, mfa)
  end

  # A task under a supervisor must notice that its owner died before handing it its work.
  def reply({_, pid, _} = owner, :monitor), do: reply(owner, pid, Process.monitor(pid))
  def reply({_, pid, _} = owner, :nomonitor), do: reply(owner, pid, nil)

  defp reply(owner, pid, mref) do
    receive do
      {^pid, ref, reply_to, callers, mfa} ->
        mref && :erlang.demonitor(mref, [:flush])
        initial_call(mfa)
        :erlang.put(:"$callers", callers)
        send(reply_to, {ref, invoke_mfa(owner, mfa)})

      {:DOWN, ^mref, _, _, reason} when is_reference(mref) ->
        exit({:shutdown, reason})
    after
      # Nobody starts a task and forgets it, unless it died in between.
      5000 -> exit(:timeout)
    end
  end

  defp initial_call(mfa), do: :erlang.put(:"$initial_call", initial_of(mfa))

  defp initial_of({:erlang, :apply, [fun, args]}) when is_function(fun, length(args)) do
    {:module, module} = :erlang.fun_info(fun, :module)
    {:name, name} = :erlang.fun_info(fun, :name)
    {module, name, length(args)}
  end

  defp initial_of({mod, fun, args}), do: {mod, fun, length(args)}

  defp invoke_mfa(owner, {module, fun, args} = mfa) do
    apply(module, fun, args)
  catch
    :exit, value when value == :normal or value == :shutdown or elem(value, 0) == :shutdown ->
      :erlang.raise(:exit, value, __STACKTRACE__)

    kind, value ->
      stacktrace = __STACKTRACE__
      log(owner, mfa, log_reason(kind, value, stacktrace))
      :erlang.raise(kind, value, stacktrace)
  end

  defp exit_reason(:error, reason, stacktrace), do: {reason, stacktrace}
  defp exit_reason(:exit, reason, _), do: reason
  defp exit_reason(:throw, value, stacktrace), do: {{:nocatch, value}, stacktrace}

  defp log_reason(:exit, reason, stacktrace), do: {reason, stacktrace}
  defp log_reason(kind, value, stacktrace), do: exit_reason(kind, value, stacktrace)

  defp log({_node, _pid, starter}, mfa, reason) do
    {fun, args} = fun_args(mfa)

    :logger.error(
      %{
        label: {Task.Supervisor, :terminating},
        report: %{
          name: self(),
          starter: starter,
          function: fun,
          args: args,
          reason: reason
        }
      },
      %{
        domain: [:otp, :elixir],
        error_logger: %{tag: :error_msg},
        report_cb: &__MODULE__.format_report/1,
        callers: Process.get(:"$callers")
      }
    )
  end

  defp fun_args({:erlang, :apply, [fun, []]}) when is_function(fun, 0), do: {fun, []}

  defp fun_args({mod, fun, args}) when is_atom(mod) and is_atom(fun),
    do: {Function.capture(mod, fun, length(args)), args}

  def format_report(%{label: {Task.Supervisor, :terminating}, report: r}) do
    {~c"** Task ~p terminating~n** Started from ~p~n** When function  == ~p~n**      arguments == ~p~n** Reason for termination == ~n** ~p~n",
     [r.name, r.starter, r.function, r.args, r.reason]}
  end

  # -- streams ----------------------------------------------------------------------------

  def validate_stream_options(options) do
    max = Keyword.get_lazy(options, :max_concurrency, &System.schedulers_online/0)

    unless is_integer(max) and max > 0 do
      raise ArgumentError, ":max_concurrency must be an integer greater than zero"
    end

    %{
      max: max,
      ordered: Keyword.get(options, :ordered, true),
      timeout: Keyword.get(options, :timeout, 5000),
      on_timeout: Keyword.get(options, :on_timeout, :exit),
      zip: Keyword.get(options, :zip_input_on_exit, false)
    }
  end

  # State: `next` pulls the input, `running` maps the ref of a task to
  # {position, pid, link, input, deadline}, `ready` holds results not yet delivered: by position
  # when ordered, else as a list; `check` is when deadlines have to be looked at.
  def stream(enumerable, acc, reducer, callers, fun, options, spawn) do
    next = Stream.puller(enumerable)

    stream_reduce(acc, reducer, %{
      next: next,
      spawn: spawn,
      callers: callers,
      fun: fun,
      options: options,
      running: %{},
      ready: %{},
      spawned: 0,
      delivered: 0,
      check: :infinity
    })
  end

  defp stream_reduce({:halt, acc}, _reducer, state) do
    close(state)
    {:halted, acc}
  end

  defp stream_reduce({:suspend, acc}, reducer, state),
    do: {:suspended, acc, &stream_reduce(&1, reducer, state)}

  defp stream_reduce({:cont, acc}, reducer, state) do
    case take_ready(state) do
      {result, state} ->
        deliver(result, acc, reducer, state)

      nil ->
        cond do
          state.next != :done and map_size(state.running) < state.options.max ->
            stream_reduce({:cont, acc}, reducer, start_next(state))

          map_size(state.running) > 0 ->
            stream_reduce({:cont, acc}, reducer, wait(state))

          true ->
            {:done, acc}
        end
    end
  end

  defp take_ready(%{ready: ready}) when map_size(ready) == 0, do: nil

  defp take_ready(%{options: %{ordered: ordered}, ready: ready, delivered: position} = state) do
    cond do
      is_map_key(ready, position) ->
        {result, ready} = Map.pop(ready, position)
        {result, %{state | ready: ready, delivered: position + 1}}

      not ordered ->
        # At most one is waiting: each is delivered before the next is received.
        [{key, result}] = Map.to_list(ready)
        {result, %{state | ready: Map.delete(ready, key)}}

      true ->
        nil
    end
  end

  defp deliver(result, acc, reducer, state) do
    try do
      reducer.(result, acc)
    catch
      kind, reason ->
        stacktrace = __STACKTRACE__
        close(state)
        :erlang.raise(kind, reason, stacktrace)
    else
      command -> stream_reduce(command, reducer, state)
    end
  end

  defp start_next(%{next: next} = state) do
    try do
      Stream.pulled(next.({:cont, []}))
    catch
      kind, reason ->
        stacktrace = __STACKTRACE__
        close(%{state | next: :done})
        :erlang.raise(kind, reason, stacktrace)
    else
      {:suspended, [input], next} -> start_task(input, %{state | next: next})
      {_, [input]} -> start_task(input, %{state | next: :done})
      {_, []} -> %{state | next: :done}
    end
  end

  defp start_task(input, %{options: options, running: running, spawned: position} = state) do
    case spawned(state) do
      {:ok, link, pid} ->
        ref = :erlang.monitor(:process, pid, alias: :demonitor)
        send(pid, {self(), ref, ref, state.callers, call_of(state.fun, input)})
        deadline = deadline(options.timeout)
        task = {position, pid, link, input, deadline}
        check = if state.check == :infinity, do: deadline, else: state.check
        %{state | running: Map.put(running, ref, task), spawned: position + 1, check: check}

      {:error, :max_children} ->
        close(state)

        raise """
        reached the maximum number of tasks for this task supervisor. The maximum number \
        of tasks that are allowed to run at the same time under this supervisor can be \
        configured with the :max_children option passed to Task.Supervisor.start_link/1. When \
        using async_stream or async_stream_nolink, make sure to configure :max_concurrency to \
        be lower or equal to :max_children and pay attention to whether other tasks are also \
        spawned under the same task supervisor.\
        """
    end
  end

  defp spawned(state) do
    state.spawn.()
  catch
    :exit, reason ->
      close(state)
      exit({reason, {__MODULE__, :stream, [state.options.timeout]}})
  end

  defp call_of({mod, fun, args}, input), do: {mod, fun, [input | args]}
  defp call_of(fun, input), do: {:erlang, :apply, [fun, [input]]}

  defp deadline(:infinity), do: :infinity
  defp deadline(timeout), do: :erlang.monotonic_time(:millisecond) + timeout

  defp wait(%{running: running} = state) do
    receive do
      {ref, reply} when is_map_key(running, ref) ->
        :erlang.demonitor(ref, [:flush])
        finished(ref, {:ok, reply}, state)

      {:DOWN, ref, _, _, reason} when is_map_key(running, ref) ->
        {_, _, link, input, _} = Map.get(running, ref)
        if link == :link and reason != :normal, do: die_with_it(reason, state)
        finished(ref, exit_result(reason, input, state.options), state)
    after
      time_left(state.check) -> expire(state)
    end
  end

  # The exit signal of a linked task may come after its :DOWN.
  defp die_with_it(reason, state) do
    if Process.info(self(), :trap_exit) == {:trap_exit, false} do
      close(state)
      exit(reason)
    end
  end

  defp exit_result(reason, input, %{zip: true}), do: {:exit, {input, reason}}
  defp exit_result(reason, _input, _), do: {:exit, reason}

  defp time_left(:infinity), do: :infinity
  defp time_left(at), do: max(at - :erlang.monotonic_time(:millisecond), 0)

  defp finished(ref, result, %{running: running, ready: ready} = state) do
    {{position, pid, link, _, _}, running} = Map.pop(running, ref)
    release(link, pid)
    %{state | running: running, ready: Map.put(ready, position, result)}
  end

  # An owner that traps exits should not find those of its stream in the mailbox.
  defp release(:nolink, _pid), do: :ok

  defp release(:link, pid) do
    Process.unlink(pid)

    receive do
      {:EXIT, ^pid, _} -> :ok
    after
      0 -> :ok
    end
  end

  # Some deadline may be over: one task at most is ended, the others keep their place.
  defp expire(%{running: running, options: options} = state) do
    now = :erlang.monotonic_time(:millisecond)
    {ref, {_, pid, link, input, at}} = Enum.min_by(running, fn {_, t} -> elem(t, 4) end)

    cond do
      at > now ->
        %{state | check: at}

      options.on_timeout == :kill_task ->
        kill(ref, pid, link)
        finished(ref, exit_result(:timeout, input, options), state)

      true ->
        close(state)
        exit({:timeout, {__MODULE__, :stream, [options.timeout]}})
    end
  end

  defp kill(ref, pid, link) do
    release(link, pid)
    Process.exit(pid, :kill)

    receive do
      {:DOWN, ^ref, _, _, _} -> :ok
    end

    receive do
      {^ref, _late} -> :ok
    after
      0 -> :ok
    end
  end

  defp close(%{running: running, next: next}) do
    Enum.each(running, fn {ref, {_, pid, link, _, _}} -> kill(ref, pid, link) end)
    if next != :done, do: next.({:halt, []})
    :ok
  end
end
