# SPDX-License-Identifier: Apache-2.0
#
# DynamicSupervisor: children that come and go. Invariant: `children` maps each running child's
# pid to `{start, restart, shutdown, type, modules}`, or the ref of a pending restart to
# `{:restarting, child}`; the counts never exceed max_children.

defmodule DynamicSupervisor do
  @moduledoc "A supervisor for children that are started on demand, all of one strategy."

  @behaviour GenServer

  @type on_start_child :: {:ok, pid} | {:ok, pid, term} | :ignore | {:error, term}

  @doc "Gives the flags, as `DynamicSupervisor.init/1` makes them."
  @callback init(init_arg :: term) :: {:ok, map} | :ignore

  defstruct [
    :args,
    :extra_arguments,
    :mod,
    :name,
    :strategy,
    :max_children,
    :max_restarts,
    :max_seconds,
    children: %{},
    restarts: []
  ]

  @doc false
  defmacro __using__(opts) do
    quote location: :keep, bind_quoted: [opts: opts] do
      @behaviour DynamicSupervisor

      unless Module.has_attribute?(__MODULE__, :doc) do
        @doc """
        Returns a specification to start this module under a supervisor.

        See `Supervisor`.
        """
      end

      def child_spec(arg) do
        default = %{id: __MODULE__, start: {__MODULE__, :start_link, [arg]}, type: :supervisor}
        Supervisor.child_spec(default, unquote(Macro.escape(opts)))
      end

      defoverridable child_spec: 1
    end
  end

  @doc "The specification to start a dynamic supervisor under a supervisor."
  def child_spec(options) when is_list(options) do
    id =
      case Keyword.get(options, :name, DynamicSupervisor) do
        name when is_atom(name) -> name
        {:global, name} -> name
        {:via, _module, name} -> name
      end

    %{id: id, start: {DynamicSupervisor, :start_link, [options]}, type: :supervisor}
  end

  # -- client -----------------------------------------------------------------------------

  @doc "Starts a dynamic supervisor with options."
  @spec start_link(keyword) :: Supervisor.on_start()
  def start_link(options) when is_list(options) do
    keys = [:extra_arguments, :max_children, :max_seconds, :max_restarts, :strategy]
    {sup_opts, start_opts} = Keyword.split(options, keys)
    start_link(Supervisor.Default, init(sup_opts), start_opts)
  end

  @doc "Starts a dynamic supervisor from a callback module."
  @spec start_link(module, term, keyword) :: Supervisor.on_start()
  def start_link(mod, init_arg, opts \\ []) do
    GenServer.start_link(__MODULE__, {mod, init_arg, opts[:name]}, opts)
  end

  @doc "Starts a child and supervises it."
  @spec start_child(Supervisor.supervisor(), term) :: on_start_child
  def start_child(supervisor, {_, _, _, _, _, _} = child_spec),
    do: validate_and_start(supervisor, child_spec)

  def start_child(supervisor, child_spec),
    do: validate_and_start(supervisor, Supervisor.child_spec(child_spec, []))

  defp validate_and_start(supervisor, child_spec) do
    case validate_child(child_spec) do
      {:ok, child} -> call(supervisor, {:start_child, child})
      error -> {:error, error}
    end
  end

  defp validate_child(%{id: _, start: {mod, _, _} = start} = child) do
    type = Map.get(child, :type, :worker)

    shutdown =
      case type do
        :worker -> Map.get(child, :shutdown, 5_000)
        :supervisor -> Map.get(child, :shutdown, :infinity)
      end

    restart = Map.get(child, :restart, :permanent)
    validate_child(start, restart, shutdown, type, Map.get(child, :modules, [mod]))
  end

  defp validate_child({_, start, restart, shutdown, type, modules}),
    do: validate_child(start, restart, shutdown, type, modules)

  defp validate_child(other), do: {:invalid_child_spec, other}

  defp validate_child(start, restart, shutdown, type, modules) do
    cond do
      not match?({m, f, a} when is_atom(m) and is_atom(f) and is_list(a), start) ->
        {:invalid_mfa, start}

      type not in [:supervisor, :worker] ->
        {:invalid_child_type, type}

      restart not in [:permanent, :temporary, :transient] ->
        {:invalid_restart_type, restart}

      not ((is_integer(shutdown) and shutdown > 0) or shutdown in [:infinity, :brutal_kill]) ->
        {:invalid_shutdown, shutdown}

      not (modules == :dynamic or (is_list(modules) and Enum.all?(modules, &is_atom/1))) ->
        {:invalid_modules, modules}

      true ->
        {:ok, {start, restart, shutdown, type, modules}}
    end
  end

  @doc "Stops the child with this pid."
  @spec terminate_child(Supervisor.supervisor(), pid) :: :ok | {:error, :not_found}
  def terminate_child(supervisor, pid) when is_pid(pid),
    do: call(supervisor, {:terminate_child, pid})

  @doc "Lists the children as `{:undefined, pid, type, modules}`."
  @spec which_children(Supervisor.supervisor()) :: [tuple]
  def which_children(supervisor), do: call(supervisor, :which_children)

  @doc "Counts the children by specification, activity and type."
  @spec count_children(Supervisor.supervisor()) :: map
  def count_children(supervisor), do: call(supervisor, :count_children) |> :maps.from_list()

  @doc "Stops the supervisor with `reason`."
  @spec stop(Supervisor.supervisor(), term, timeout) :: :ok
  def stop(supervisor, reason \\ :normal, timeout \\ :infinity),
    do: GenServer.stop(supervisor, reason, timeout)

  @doc "Turns options into what an init/1 callback returns."
  @spec init(keyword) :: {:ok, map}
  @impl true
  def init(options) when is_list(options) do
    {:ok,
     %{
       strategy: Keyword.get(options, :strategy, :one_for_one),
       intensity: Keyword.get(options, :max_restarts, 3),
       period: Keyword.get(options, :max_seconds, 5),
       max_children: Keyword.get(options, :max_children, :infinity),
       extra_arguments: Keyword.get(options, :extra_arguments, [])
     }}
  end

  def init({mod, init_arg, name}) do
    Process.put(:"$initial_call", {:supervisor, mod, 1})
    Process.flag(:trap_exit, true)

    case mod.init(init_arg) do
      {:ok, flags} when is_map(flags) ->
        name = if name == nil, do: {self(), mod}, else: display_name(name)

        case configure(%DynamicSupervisor{mod: mod, args: init_arg, name: name}, flags) do
          {:ok, state} -> {:ok, state}
          {:error, reason} -> {:stop, {:supervisor_data, reason}}
        end

      :ignore ->
        :ignore

      other ->
        {:stop, {:bad_return, {mod, :init, other}}}
    end
  end

  defp call(supervisor, request), do: GenServer.call(supervisor, request, :infinity)

  defp display_name(name) when is_atom(name), do: {:local, name}
  defp display_name(name), do: name

  defp configure(state, flags) do
    extra = Map.get(flags, :extra_arguments, [])
    max_children = Map.get(flags, :max_children, :infinity)
    max_restarts = Map.get(flags, :intensity, 1)
    max_seconds = Map.get(flags, :period, 5)
    strategy = Map.get(flags, :strategy, :one_for_one)

    cond do
      strategy != :one_for_one ->
        {:error, {:invalid_strategy, strategy}}

      not (is_integer(max_restarts) and max_restarts >= 0) ->
        {:error, {:invalid_intensity, max_restarts}}

      not (is_integer(max_seconds) and max_seconds > 0) ->
        {:error, {:invalid_period, max_seconds}}

      not (max_children == :infinity or (is_integer(max_children) and max_children >= 0)) ->
        {:error, {:invalid_max_children, max_children}}

      not is_list(extra) ->
        {:error, {:invalid_extra_arguments, extra}}

      true ->
        {:ok,
         %{
           state
           | extra_arguments: extra,
             max_children: max_children,
             max_restarts: max_restarts,
             max_seconds: max_seconds,
             strategy: strategy
         }}
    end
  end

  # -- server -----------------------------------------------------------------------------

  @impl true
  def handle_call(:which_children, _from, state) do
    children =
      for {key, child} <- state.children do
        case child do
          {:restarting, {_, _, _, type, modules}} -> {:undefined, :restarting, type, modules}
          {_, _, _, type, modules} -> {:undefined, key, type, modules}
        end
      end

    {:reply, children, state}
  end

  def handle_call(:count_children, _from, state) do
    {active, workers, supervisors} =
      Enum.reduce(state.children, {0, 0, 0}, fn
        {_, {:restarting, {_, _, _, :worker, _}}}, {a, w, s} -> {a, w + 1, s}
        {_, {:restarting, {_, _, _, :supervisor, _}}}, {a, w, s} -> {a, w, s + 1}
        {_, {_, _, _, :worker, _}}, {a, w, s} -> {a + 1, w + 1, s}
        {_, {_, _, _, :supervisor, _}}, {a, w, s} -> {a + 1, w, s + 1}
      end)

    reply = [
      specs: map_size(state.children),
      active: active,
      supervisors: supervisors,
      workers: workers
    ]

    {:reply, reply, state}
  end

  def handle_call({:terminate_child, pid}, _from, %{children: children} = state) do
    case children do
      %{^pid => child} ->
        :ok = stop_children(%{pid => child}, state)
        {:reply, :ok, delete(state, pid)}

      _ ->
        {:reply, {:error, :not_found}, state}
    end
  end

  def handle_call({:start_child, _child}, _from, %{children: children, max_children: max} = state)
      when map_size(children) >= max,
      do: {:reply, {:error, :max_children}, state}

  # What Task.Supervisor sends: most of the specification is the supervisor's own.
  def handle_call({:start_task, args, restart, shutdown}, from, state) do
    {init_restart, init_shutdown} = Process.get(Task.Supervisor)
    start = {Task.Supervised, :start_link, args}
    child = {start, restart || init_restart, shutdown || init_shutdown, :worker, [Task.Supervised]}
    handle_call({:start_child, child}, from, state)
  end

  def handle_call({:start_child, {{m, f, args} = start, restart, shutdown, type, modules}}, _, state) do
    # The arguments are kept only when a restart may need them.
    kept = if restart == :temporary, do: {m, f, :undefined}, else: start
    child = {kept, restart, shutdown, type, modules}

    case start_process(m, f, state.extra_arguments ++ args) do
      {:ok, pid, _} = reply -> {:reply, reply, save(state, pid, child)}
      {:ok, pid} = reply -> {:reply, reply, save(state, pid, child)}
      other -> {:reply, other, state}
    end
  end

  @impl true
  def handle_info({:EXIT, pid, reason}, %{children: children} = state) do
    case children do
      %{^pid => child} -> child_exit(child, reason, pid, state)
      _ -> {:noreply, state}
    end
  end

  def handle_info({:"$gen_restart", ref}, %{children: children} = state) do
    case children do
      %{^ref => {:restarting, child}} -> restart(ref, child, state)
      _ -> {:noreply, state}
    end
  end

  def handle_info(msg, state) do
    :logger.error(
      %{label: {DynamicSupervisor, :unexpected_msg}, report: %{msg: msg}},
      %{
        domain: [:otp, :elixir],
        error_logger: %{tag: :error_msg},
        report_cb: &__MODULE__.format_report/1
      }
    )

    {:noreply, state}
  end

  @impl true
  def handle_cast(_msg, state), do: {:noreply, state}

  @impl true
  def code_change(_, %{mod: mod, args: init_arg} = state, _) do
    case mod.init(init_arg) do
      {:ok, flags} when is_map(flags) ->
        case configure(state, flags) do
          {:ok, state} -> {:ok, state}
          {:error, reason} -> {:error, {:supervisor_data, reason}}
        end

      :ignore ->
        {:ok, state}

      error ->
        error
    end
  end

  @impl true
  def terminate(_reason, %{children: children} = state), do: stop_children(children, state)

  @doc false
  def format_report(%{label: {__MODULE__, :unexpected_msg}, report: %{msg: msg}}),
    do: {~c"DynamicSupervisor received unexpected message: ~p~n", [msg]}

  @doc false
  @impl true
  def format_status(:terminate, [_pdict, state]), do: state
  def format_status(_, [_pdict, %{mod: mod} = state]),
    do: [data: [{~c"State", state}], supervisor: [{~c"Callback", mod}]]

  defp start_process(m, f, a) do
    case apply(m, f, a) do
      {:ok, pid, extra} when is_pid(pid) -> {:ok, pid, extra}
      {:ok, pid} when is_pid(pid) -> {:ok, pid}
      :ignore -> :ignore
      {:error, _} = error -> error
      other -> {:error, other}
    end
  catch
    :exit, reason -> {:error, reason}
    :error, reason -> {:error, {reason, __STACKTRACE__}}
    :throw, value -> {:error, {{:nocatch, value}, __STACKTRACE__}}
  end

  defp save(state, pid, child), do: %{state | children: Map.put(state.children, pid, child)}

  defp delete(state, pid) do
    :phial_restarts.forget(pid)
    %{state | children: Map.delete(state.children, pid)}
  end

  # The child under `old` goes on under `new`, started `times` more.
  defp move(state, old, new, child, times) do
    :phial_restarts.moved(old, new, times)
    save(delete(state, old), new, child)
  end

  # -- exits and restarts -----------------------------------------------------------------

  defp child_exit({_, :permanent, _, _, _} = child, reason, pid, state) do
    report(:child_terminated, reason, pid, child, state)
    restart(pid, child, state)
  end

  defp child_exit(_child, reason, pid, state) when reason in [:normal, :shutdown],
    do: {:noreply, delete(state, pid)}

  defp child_exit(_child, {:shutdown, _}, pid, state), do: {:noreply, delete(state, pid)}

  defp child_exit({_, :transient, _, _, _} = child, reason, pid, state) do
    report(:child_terminated, reason, pid, child, state)
    restart(pid, child, state)
  end

  defp child_exit({_, :temporary, _, _, _} = child, reason, pid, state) do
    report(:child_terminated, reason, pid, child, state)
    {:noreply, delete(state, pid)}
  end

  defp restart(key, child, state) do
    case count_restart(state) do
      {:ok, state} ->
        attempt(key, child, state)

      {:shutdown, state} ->
        report(:shutdown, :reached_max_restart_intensity, key, child, state)
        {:stop, :shutdown, delete(state, key)}
    end
  end

  defp count_restart(%{max_seconds: seconds, restarts: restarts} = state) do
    {restarts, count} = :phial_restarts.add(restarts, :erlang.monotonic_time(:second), seconds)
    state = %{state | restarts: restarts}

    if count <= state.max_restarts do
      {:ok, state}
    else
      :phial_restarts.gave_up(count, state.max_restarts, seconds)
      {:shutdown, state}
    end
  end

  defp attempt(key, {{m, f, args}, _, _, _, _} = child, state) do
    case start_process(m, f, state.extra_arguments ++ args) do
      {:ok, pid, _} -> restarted(state, key, pid, child)
      {:ok, pid} -> restarted(state, key, pid, child)
      :ignore -> {:noreply, delete(state, key)}
      {:error, reason} -> again(key, reason, child, state)
    end
  end

  defp restarted(state, key, pid, {{m, _, _}, _, _, _, _} = child) do
    :phial_restarts.restarted([{m, pid}], {state.restarts, state.max_restarts, state.max_seconds})
    {:noreply, move(state, key, pid, child, 1)}
  end

  defp again(key, reason, child, state) do
    report(:start_error, reason, {:restarting, key}, child, state)
    ref = make_ref()
    send(self(), {:"$gen_restart", ref})
    {:noreply, move(state, key, ref, {:restarting, child}, 0)}
  end

  # -- stopping ---------------------------------------------------------------------------

  # All are asked to stop at once; the longest shutdown decides how long that may take.
  defp stop_children(children, state) do
    watched =
      for {pid, {_, _, shutdown, _, _} = child} <- children, is_pid(pid), into: %{} do
        ref = Process.monitor(pid)
        Process.unlink(pid)
        early = early_exit(pid)
        unless early, do: Process.exit(pid, if(shutdown == :brutal_kill, do: :kill, else: :shutdown))
        unless early, do: arm(ref, pid, shutdown)
        {ref, {pid, child, early}}
      end

    await_stopped(watched, state)
  end

  defp early_exit(pid) do
    receive do
      {:EXIT, ^pid, reason} -> {:exit, reason}
    after
      0 -> nil
    end
  end

  defp arm(ref, pid, timeout) when is_integer(timeout),
    do: Process.send_after(self(), {:"$kill", ref, pid}, timeout)

  defp arm(_ref, _pid, _), do: :ok

  defp await_stopped(watched, _state) when map_size(watched) == 0, do: :ok

  defp await_stopped(watched, state) do
    receive do
      {:DOWN, ref, :process, _pid, reason} when is_map_key(watched, ref) ->
        {{pid, child, early}, watched} = Map.pop(watched, ref)
        reason = if early, do: elem(early, 1), else: reason
        unless stopped?(child, reason), do: report(:shutdown_error, reason, pid, child, state)
        await_stopped(watched, state)

      {:"$kill", _ref, pid} ->
        Process.exit(pid, :kill)
        await_stopped(watched, state)
    end
  end

  defp stopped?({_, _, :brutal_kill, _, _}, :killed), do: true
  defp stopped?({_, _, :brutal_kill, _, _}, _), do: false
  defp stopped?(_, :shutdown), do: true
  defp stopped?({_, restart, _, _, _}, {:shutdown, _}), do: restart != :permanent
  defp stopped?({_, restart, _, _, _}, :normal), do: restart != :permanent
  defp stopped?(_, _), do: false

  # -- reports ----------------------------------------------------------------------------

  defp report(error, reason, pid, {{m, f, args}, restart, shutdown, type, _}, state) do
    :phial_restarts.due(error, m, reason)

    if :phial_report.sasl?() do
      :logger.error(
        %{
          label: {:supervisor, error},
          report: [
            supervisor: state.name,
            errorContext: error,
            reason: reason,
            offender: [
              pid: pid,
              id: :undefined,
              mfargs: {m, f, args},
              restart_type: restart,
              shutdown: shutdown,
              child_type: type
            ]
          ]
        },
        %{
          domain: [:otp, :sasl],
          report_cb: &:logger.format_otp_report/1,
          logger_formatter: %{title: "SUPERVISOR REPORT"},
          error_logger: %{tag: :error_report, type: :supervisor_report}
        }
      )
    end
  end
end
