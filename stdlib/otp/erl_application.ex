# SPDX-License-Identifier: Apache-2.0
#
# :application: environments, specifications, starting and stopping. Invariants: the
# environment lives in the table :ac_tab, whose rows are {{:env, app, key}, value}; the
# controller process owns it, alone knows what is loaded and started, and is itself started by
# the first write or request. Reading the environment needs no process.

defmodule :application do
  @moduledoc "Applications as Erlang knows them."

  @table :ac_tab
  @server :application_controller

  # -- environment ------------------------------------------------------------------------

  def get_env(key), do: with({:ok, app} <- get_application(), do: get_env(app, key))

  def get_env(app, key) do
    case :ets.whereis(@table) do
      :undefined ->
        default_env(app, key)

      table ->
        case :ets.lookup(table, {:env, app, key}) do
          [{_, value}] -> {:ok, value}
          [] -> default_env(app, key)
        end
    end
  end

  def get_env(app, key, default) do
    case get_env(app, key) do
      {:ok, value} -> value
      :undefined -> default
    end
  end

  def get_all_env do
    case get_application() do
      {:ok, app} -> get_all_env(app)
      :undefined -> []
    end
  end

  def get_all_env(app) do
    set =
      case :ets.whereis(@table) do
        :undefined -> []
        table -> :ets.select(table, [{{{:env, app, :"$1"}, :"$2"}, [], [{{:"$1", :"$2"}}]}])
      end

    set ++ for {key, _} = pair <- defaults(app), not :lists.keymember(key, 1, set), do: pair
  end

  # What the logger application is configured with unless told otherwise.
  defp default_env(app, key) do
    case :lists.keyfind(key, 1, defaults(app)) do
      {_, value} -> {:ok, value}
      false -> :undefined
    end
  end

  defp defaults(:logger) do
    [
      compile_time_purge_matching: [],
      sync_threshold: 20,
      backends: [:console],
      discard_threshold_periodic_check: 30000,
      console: [],
      handle_otp_reports: true,
      translators: [{Logger.Translator, :translate}],
      discard_threshold: 500,
      start_options: [],
      handle_sasl_reports: false,
      translator_inspect_opts: [],
      truncate: 8096,
      compile_time_application: nil,
      utc_log: false,
      discard_threshold_for_error_logger: 500
    ]
  end

  defp defaults(_), do: []

  def set_env(config), do: set_env(config, [])

  def set_env(config, _opts) when is_list(config) do
    for {app, env} <- config, {key, value} <- env, do: set_env(app, key, value)
    :ok
  end

  def set_env(app, key, value), do: set_env(app, key, value, [])

  def set_env(app, key, value, _opts) do
    controller()
    :ets.insert(@table, {{:env, app, key}, value})
    :ok
  end

  def unset_env(app, key), do: unset_env(app, key, [])

  def unset_env(app, key, _opts) do
    if :ets.whereis(@table) != :undefined, do: :ets.delete(@table, {:env, app, key})
    :ok
  end

  # -- specifications ---------------------------------------------------------------------

  def load(app), do: load(app, [])
  def load({:application, name, props}, _), do: call({:load, name, props})
  def load(app, _) when is_atom(app), do: call({:load, app})
  def unload(app), do: call({:unload, app})
  def start(app), do: start(app, :temporary)
  def start(app, type), do: call({:start, app, type})
  def start_boot(app), do: start(app)
  def start_boot(app, type), do: start(app, type)
  def stop(app), do: call({:stop, app})
  def permit(_app, _flag), do: :ok
  def takeover(app, type), do: start(app, type)
  def start_type, do: :undefined
  def info, do: [loaded: loaded_applications(), running: which_applications()]

  def ensure_started(app), do: ensure_started(app, :temporary)

  def ensure_started(app, type) do
    case start(app, type) do
      {:error, {:already_started, ^app}} -> :ok
      other -> other
    end
  end

  def ensure_all_started(app), do: ensure_all_started(app, :temporary)

  def ensure_all_started(app, type) when is_atom(app) do
    case ensure_all_started([app], type, []) do
      {:ok, started} ->
        {:ok, :lists.reverse(started)}

      {:error, reason, started} ->
        Enum.each(started, &stop/1)
        {:error, reason}
    end
  end

  defp ensure_all_started([], _type, started), do: {:ok, started}

  defp ensure_all_started([app | apps], type, started) do
    case start(app, type) do
      :ok -> ensure_all_started(apps, type, [app | started])
      {:error, {:already_started, ^app}} -> ensure_all_started(apps, type, started)
      {:error, {:not_started, dep}} -> ensure_dependency(dep, app, apps, type, started)
      {:error, reason} -> {:error, {app, reason}, started}
    end
  end

  defp ensure_dependency(dep, app, apps, type, started) do
    case ensure_all_started([dep], type, started) do
      {:ok, started} -> ensure_all_started([app | apps], type, started)
      error -> error
    end
  end

  def which_applications, do: call(:which)
  def which_applications(_timeout), do: call(:which)
  def loaded_applications, do: call(:loaded)

  def get_key(key), do: with({:ok, app} <- get_application(), do: get_key(app, key))

  def get_key(app, key) do
    with {:ok, spec} <- get_all_key(app) do
      case :lists.keyfind(key, 1, spec) do
        {_, value} -> {:ok, value}
        false -> :undefined
      end
    end
  end

  def get_all_key, do: with({:ok, app} <- get_application(), do: get_all_key(app))
  def get_all_key(app), do: call({:spec, app})

  def get_application, do: get_application(self())

  def get_application(pid) when is_pid(pid), do: call({:app_of, :erlang.group_leader()})

  def get_application(module) when is_atom(module), do: call({:app_of_module, module})

  # -- controller -------------------------------------------------------------------------
  # State: %{loaded: %{app => spec}, running: [{app, type, master | nil}]}, latest first.

  defp call(request), do: :gen_server.call(controller(), request, :infinity)

  defp controller do
    case :erlang.whereis(@server) do
      :undefined ->
        case :gen_server.start({:local, @server}, :application, [], []) do
          {:ok, pid} -> pid
          {:error, {:already_started, pid}} -> pid
        end

      pid ->
        pid
    end
  end

  def init([]) do
    :erlang.process_flag(:trap_exit, true)
    :ets.new(@table, [:named_table, :public, read_concurrency: true])
    boot = [:kernel, :stdlib, :compiler, :elixir, :logger]
    loaded = Map.new(boot, fn app -> {app, elem(known(app), 1)} end)
    {:ok, %{loaded: loaded, running: Enum.map(Enum.reverse(boot), &{&1, :permanent, nil})}}
  end

  def handle_call({:load, app}, _from, state) do
    cond do
      is_map_key(state.loaded, app) -> {:reply, {:error, {:already_loaded, app}}, state}
      match?({:ok, _}, known(app)) -> {:reply, :ok, put_in(state.loaded[app], elem(known(app), 1))}
      true -> {:reply, no_file(app), state}
    end
  end

  def handle_call({:load, app, props}, _from, state) do
    if is_map_key(state.loaded, app) do
      {:reply, {:error, {:already_loaded, app}}, state}
    else
      for {key, value} <- Keyword.get(props, :env, []),
          :ets.lookup(@table, {:env, app, key}) == [],
          do: :ets.insert(@table, {{:env, app, key}, value})

      {:reply, :ok, put_in(state.loaded[app], specification(props))}
    end
  end

  def handle_call({:unload, app}, _from, state) do
    cond do
      :lists.keymember(app, 1, state.running) -> {:reply, {:error, {:running, app}}, state}
      is_map_key(state.loaded, app) -> {:reply, :ok, %{state | loaded: Map.delete(state.loaded, app)}}
      true -> {:reply, {:error, {:not_loaded, app}}, state}
    end
  end

  def handle_call({:start, app, type}, from, state) do
    cond do
      :lists.keymember(app, 1, state.running) ->
        {:reply, {:error, {:already_started, app}}, state}

      not is_map_key(state.loaded, app) ->
        case known(app) do
          {:ok, spec} -> start_loaded(app, type, from, put_in(state.loaded[app], spec))
          :error -> {:reply, no_file(app), state}
        end

      true ->
        start_loaded(app, type, from, state)
    end
  end

  def handle_call({:stop, app}, from, state) do
    case :lists.keyfind(app, 1, state.running) do
      false ->
        {:reply, {:error, {:not_started, app}}, state}

      {_, _, nil} ->
        {:reply, :ok, stopped(app, :stopped, state)}

      {_, _, master} ->
        # The callbacks run in the application's own process, which answers when it is done.
        send(master, {:stop, self(), from})
        {:noreply, state}
    end
  end

  def handle_call(:which, _from, state) do
    {:reply, for({app, _, _} <- state.running, do: described(app, state)), state}
  end

  def handle_call(:loaded, _from, state) do
    {:reply, for({app, _} <- state.loaded, do: described(app, state)), state}
  end

  def handle_call({:spec, app}, _from, state) do
    case state.loaded do
      %{^app => spec} -> {:reply, {:ok, spec}, state}
      _ -> {:reply, :undefined, state}
    end
  end

  def handle_call({:app_of, leader}, _from, state) do
    case :lists.keyfind(leader, 3, state.running) do
      {app, _, _} -> {:reply, {:ok, app}, state}
      false -> {:reply, :undefined, state}
    end
  end

  def handle_call({:app_of_module, module}, _from, state) do
    found =
      Enum.find(state.loaded, fn {_, spec} -> module in Keyword.get(spec, :modules, []) end)

    case found do
      {app, _} -> {:reply, {:ok, app}, state}
      nil -> {:reply, library_of(module), state}
    end
  end

  # What stands in the image belongs to Elixir itself.
  defp library_of(module) do
    case :code.which(module) do
      :preloaded -> {:ok, :elixir}
      _ -> :undefined
    end
  end

  def handle_cast(_msg, state), do: {:noreply, state}

  def handle_info({:stopped, master, from}, state) do
    {app, _, _} = :lists.keyfind(master, 3, state.running)
    :gen_server.reply(from, :ok)
    {:noreply, stopped(app, :stopped, state)}
  end

  def handle_info({:EXIT, master, reason}, state) do
    case :lists.keyfind(master, 3, state.running) do
      {app, _type, _} -> {:noreply, stopped(app, reason, state)}
      false -> {:noreply, state}
    end
  end

  def handle_info(_msg, state), do: {:noreply, state}

  def terminate(_reason, _state), do: :ok

  defp no_file(app), do: {:error, {~c"no such file or directory", :erlang.atom_to_list(app) ++ ~c".app"}}

  defp described(app, state) do
    spec = Map.get(state.loaded, app, [])
    {app, Keyword.get(spec, :description, []), Keyword.get(spec, :vsn, [])}
  end

  defp stopped(app, reason, state) do
    :logger.notice(
      %{label: {:application_controller, :exit}, report: [application: app, exited: reason, type: :temporary]},
      %{domain: [:otp], report_cb: &:logger.format_otp_report/1}
    )

    %{state | running: :lists.keydelete(app, 1, state.running)}
  end

  defp start_loaded(app, type, from, state) do
    spec = Map.fetch!(state.loaded, app)
    optional = Keyword.get(spec, :optional_applications, [])

    missing =
      Enum.find(Keyword.get(spec, :applications, []), fn dep ->
        not :lists.keymember(dep, 1, state.running) and dep not in optional
      end)

    cond do
      missing -> {:reply, {:error, {:not_started, missing}}, state}
      spec[:mod] in [nil, []] -> {:reply, :ok, running(app, type, nil, state)}
      true -> start_master(app, type, spec[:mod], from, state)
    end
  end

  defp running(app, type, master, state), do: %{state | running: [{app, type, master} | state.running]}

  # The application's process starts the tree, leads its group and stops it.
  defp start_master(app, type, {mod, args}, _from, state) do
    controller = self()
    leader = :erlang.group_leader()

    {pid, ref} =
      :erlang.spawn_opt(fn -> master(controller, leader, mod, args) end, [:link, :monitor])

    receive do
      {:started, ^pid} ->
        :erlang.demonitor(ref, [:flush])
        {:reply, :ok, running(app, type, pid, state)}

      {:failed, ^pid, reason} ->
        :erlang.demonitor(ref, [:flush])
        :erlang.unlink(pid)
        {:reply, {:error, reason}, stopped(app, reason, state)}

      {:DOWN, ^ref, _, _, reason} ->
        {:reply, {:error, {:bad_return, {{mod, :start, [:normal, args]}, {:EXIT, reason}}}}, state}
    end
  end

  defp master(controller, leader, mod, args) do
    :erlang.process_flag(:trap_exit, true)
    :erlang.group_leader(leader, self())

    case start_callback(mod, args) do
      {:ok, pid, app_state} ->
        send(controller, {:started, self()})
        master_loop(controller, mod, pid, app_state)

      {:error, reason} ->
        send(controller, {:failed, self(), reason})
    end
  end

  defp start_callback(mod, args) do
    case mod.start(:normal, args) do
      {:ok, pid} when is_pid(pid) -> {:ok, pid, []}
      {:ok, pid, state} when is_pid(pid) -> {:ok, pid, state}
      {:error, reason} -> {:error, {reason, {mod, :start, [:normal, args]}}}
      other -> {:error, {:bad_return, {{mod, :start, [:normal, args]}, other}}}
    end
  catch
    :exit, reason -> {:error, {:bad_return, {{mod, :start, [:normal, args]}, {:EXIT, reason}}}}
    _, reason -> {:error, {:bad_return, {{mod, :start, [:normal, args]}, {:EXIT, {reason, __STACKTRACE__}}}}}
  end

  defp master_loop(controller, mod, pid, app_state) do
    receive do
      {:stop, ^controller, from} ->
        app_state =
          if function_exported?(mod, :prep_stop, 1), do: mod.prep_stop(app_state), else: app_state

        stop_tree(pid)
        quietly(mod, app_state)
        send(controller, {:stopped, self(), from})

      {:EXIT, ^pid, reason} ->
        quietly(mod, app_state)
        exit(reason)

      {:EXIT, ^controller, reason} ->
        stop_tree(pid)
        exit(reason)

      {:io_request, _, _, _} = request ->
        send(:erlang.whereis(:user), request)
        master_loop(controller, mod, pid, app_state)

      _ ->
        master_loop(controller, mod, pid, app_state)
    end
  end

  defp stop_tree(pid) do
    ref = :erlang.monitor(:process, pid)
    :erlang.unlink(pid)
    :erlang.exit(pid, :shutdown)

    receive do
      {:DOWN, ^ref, _, _, _} -> :ok
    end
  end

  defp quietly(mod, app_state) do
    mod.stop(app_state)
  catch
    _, _ -> :ok
  end

  # -- what comes with the system -----------------------------------------------------------

  defp specification(props) do
    get = fn key, default -> Keyword.get(props, key, default) end

    [
      description: get.(:description, []),
      id: get.(:id, []),
      vsn: get.(:vsn, []),
      modules: get.(:modules, []),
      maxP: get.(:maxP, :infinity),
      maxT: get.(:maxT, :infinity),
      registered: get.(:registered, []),
      included_applications: get.(:included_applications, []),
      optional_applications: get.(:optional_applications, []),
      applications: get.(:applications, []),
      mod: get.(:mod, []),
      start_phases: get.(:start_phases, :undefined)
    ]
  end

  @elixir_vsn ~c"1.14.0"

  defp known(app) do
    case app do
      :kernel -> library(~c"ERTS  CXC 138 10", ~c"8.5.3", [])
      :stdlib -> library(~c"ERTS  CXC 138 10", ~c"4.2", [:kernel])
      :compiler -> library(~c"ERTS  CXC 138 10", ~c"8.2.3", [:kernel, :stdlib])
      :crypto -> library(~c"CRYPTO", ~c"5.1.3", [:kernel, :stdlib])
      :sasl -> library(~c"SASL  CXC 138 11", ~c"4.2", [:kernel, :stdlib])
      :runtime_tools -> library(~c"RUNTIME_TOOLS", ~c"1.19", [:kernel, :stdlib])
      :elixir -> library(~c"elixir", @elixir_vsn, [:kernel, :stdlib, :compiler])
      :logger -> library(~c"logger", @elixir_vsn, [:kernel, :stdlib, :elixir])
      :ex_unit -> library(~c"ex_unit", @elixir_vsn, [:kernel, :stdlib, :elixir])
      :eex -> library(~c"eex", @elixir_vsn, [:kernel, :stdlib, :elixir])
      :iex -> library(~c"iex", @elixir_vsn, [:kernel, :stdlib, :elixir])
      :mix -> library(~c"mix", @elixir_vsn, [:kernel, :stdlib, :elixir])
      _ -> :error
    end
  end

  defp library(description, vsn, applications),
    do: {:ok, specification(description: description, vsn: vsn, applications: applications)}
end
