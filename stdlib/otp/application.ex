# SPDX-License-Identifier: Apache-2.0
#
# Application and :application. Invariants: the environment lives in the table :ac_tab, whose
# rows are {{:env, app, key}, value}; the controller process owns it, alone knows what is
# loaded and started, and is itself started by the first write. Reading needs no process.

defmodule Application do
  @moduledoc "A behaviour for applications and functions for their environments."

  @type app :: atom
  @type key :: atom
  @type value :: term
  @type state :: term
  @type start_type :: :normal | {:takeover, node} | {:failover, node}
  @type restart_type :: :permanent | :transient | :temporary

  @callback start(start_type, start_args :: term) ::
              {:ok, pid} | {:ok, pid, state} | {:error, reason :: term}
  @callback start_phase(phase :: term, start_type, phase_args :: term) ::
              :ok | {:error, reason :: term}
  @callback prep_stop(state) :: state
  @callback stop(state) :: term
  @callback config_change(changed, new, removed) :: :ok
            when changed: keyword, new: keyword, removed: [atom]

  @optional_callbacks start_phase: 3, prep_stop: 1, config_change: 3

  @application_keys [
    :description,
    :id,
    :vsn,
    :modules,
    :maxP,
    :maxT,
    :registered,
    :included_applications,
    :optional_applications,
    :applications,
    :mod,
    :start_phases
  ]

  @doc false
  defmacro __using__(_) do
    quote location: :keep do
      @behaviour Application

      @doc false
      def stop(_state), do: :ok

      defoverridable Application
    end
  end

  # -- environment ------------------------------------------------------------------------

  @doc "All of an application's environment."
  @spec get_all_env(app) :: [{key, value}]
  def get_all_env(app) when is_atom(app), do: :application.get_all_env(app)

  @doc "Reads the environment when the module is compiled."
  defmacro compile_env(app, key_or_path, default \\ nil) when is_atom(app) do
    if __CALLER__.function do
      raise "Application.compile_env/3 cannot be called inside functions, only in the module body"
    end

    quote do
      Application.compile_env(__ENV__, unquote(app), unquote(key_or_path), unquote(default))
    end
  end

  @doc "Reads the environment when the module is compiled; raises if there is none."
  defmacro compile_env!(app, key_or_path) when is_atom(app) do
    if __CALLER__.function do
      raise "Application.compile_env!/2 cannot be called inside functions, only in the module body"
    end

    quote do
      Application.compile_env!(__ENV__, unquote(app), unquote(key_or_path))
    end
  end

  @doc "Reads the environment for a macro."
  @spec compile_env(Macro.Env.t(), app, key | list, value) :: value
  def compile_env(%Macro.Env{} = _env, app, key_or_path, default) do
    case fetch_path(app, key_or_path) do
      {:ok, value} -> value
      :error -> default
    end
  end

  @doc "Reads the environment for a macro; raises if there is none."
  @spec compile_env!(Macro.Env.t(), app, key | list) :: value
  def compile_env!(%Macro.Env{} = _env, app, key_or_path) do
    case fetch_path(app, key_or_path) do
      {:ok, value} -> value
      :error -> raise ArgumentError, missing_env(app, key_or_path)
    end
  end

  defp fetch_path(app, key) when is_atom(key), do: fetch_env(app, key)

  defp fetch_path(app, [key | paths]) when is_atom(key),
    do: Enum.reduce(paths, fetch_env(app, key), &fetch_step/2)

  defp fetch_step(_key, :error), do: :error
  defp fetch_step(key, {:ok, value}), do: Access.fetch(value, key)

  @doc "The value of `key` in the environment of `app`, or `default`."
  @spec get_env(app, key, value) :: value
  def get_env(app, key, default \\ nil)

  def get_env(app, key, default) when is_atom(app) and is_atom(key) do
    case :application.get_env(app, key) do
      {:ok, value} -> value
      :undefined -> default
    end
  end

  def get_env(app, key, default) when is_atom(app), do: :application.get_env(app, key, default)

  @doc "The value of `key` as `{:ok, value}`, or `:error`."
  @spec fetch_env(app, key) :: {:ok, value} | :error
  def fetch_env(app, key) when is_atom(app) do
    case :application.get_env(app, key) do
      {:ok, value} -> {:ok, value}
      :undefined -> :error
    end
  end

  @doc "The value of `key`; raises if there is none."
  @spec fetch_env!(app, key) :: value
  def fetch_env!(app, key) when is_atom(app) do
    case fetch_env(app, key) do
      {:ok, value} -> value
      :error -> raise ArgumentError, missing_env(app, key)
    end
  end

  defp missing_env(app, key) do
    message = "could not fetch application environment #{inspect(key)} for application #{inspect(app)} "

    message <>
      if vsn(app),
        do: "because configuration at #{inspect(key)} was not set",
        else: "because the application was not loaded nor configured"
  end

  defp vsn(app), do: spec(app) && spec(app, :vsn)

  @doc "Sets `key` in the environment of `app`."
  @spec put_env(app, key, value, timeout: timeout, persistent: boolean) :: :ok
  def put_env(app, key, value, opts \\ []) when is_atom(app),
    do: :application.set_env(app, key, value, opts)

  @doc "Sets the environments of several applications."
  @spec put_all_env([{app, [{key, value}]}], keyword) :: :ok
  def put_all_env(config, opts \\ []) when is_list(config) and is_list(opts) do
    :application.set_env(config, opts)
  end

  @doc "Deletes `key` from the environment of `app`."
  @spec delete_env(app, key, keyword) :: :ok
  def delete_env(app, key, opts \\ []) when is_atom(app),
    do: :application.unset_env(app, key, opts)

  # -- applications -----------------------------------------------------------------------

  @doc "Makes sure an application is started."
  @spec ensure_started(app, restart_type) :: :ok | {:error, term}
  def ensure_started(app, type \\ :temporary) when is_atom(app),
    do: :application.ensure_started(app, type)

  @doc "Makes sure an application is loaded."
  @spec ensure_loaded(app) :: :ok | {:error, term}
  def ensure_loaded(app) when is_atom(app) do
    case :application.load(app) do
      :ok -> :ok
      {:error, {:already_loaded, ^app}} -> :ok
      {:error, _} = error -> error
    end
  end

  @doc "Starts an application and what it depends on; answers what was started."
  @spec ensure_all_started(app, restart_type) :: {:ok, [app]} | {:error, {app, term}}
  def ensure_all_started(app, type \\ :temporary) when is_atom(app),
    do: :application.ensure_all_started(app, type)

  @doc "Starts an application whose dependencies are started."
  @spec start(app, restart_type) :: :ok | {:error, term}
  def start(app, type \\ :temporary) when is_atom(app), do: :application.start(app, type)

  @doc "Stops an application."
  @spec stop(app) :: :ok | {:error, term}
  def stop(app), do: :application.stop(app)

  @doc "Loads the specification of an application."
  @spec load(app) :: :ok | {:error, term}
  def load(app) when is_atom(app), do: :application.load(app)

  @doc "Forgets the specification of an application."
  @spec unload(app) :: :ok | {:error, term}
  def unload(app) when is_atom(app), do: :application.unload(app)

  @doc "The directory of an application."
  @spec app_dir(app) :: String.t()
  def app_dir(app) when is_atom(app) do
    case :code.lib_dir(app) do
      lib when is_list(lib) -> IO.chardata_to_string(lib)
      {:error, :bad_name} -> raise ArgumentError, "unknown application: #{inspect(app)}"
    end
  end

  @doc "A path inside the directory of an application."
  @spec app_dir(app, String.t() | [String.t()]) :: String.t()
  def app_dir(app, path) when is_atom(app) and is_binary(path), do: Path.join(app_dir(app), path)
  def app_dir(app, path) when is_atom(app) and is_list(path), do: Path.join([app_dir(app) | path])

  @doc "The applications that are started."
  @spec started_applications(timeout) :: [{app, description :: charlist, vsn :: charlist}]
  def started_applications(timeout \\ 5000), do: :application.which_applications(timeout)

  @doc "The applications that are loaded."
  @spec loaded_applications() :: [{app, description :: charlist, vsn :: charlist}]
  def loaded_applications, do: :application.loaded_applications()

  @doc "The specification of an application, or nil."
  @spec spec(app) :: [{key, value}] | nil
  def spec(app) when is_atom(app) do
    case :application.get_all_key(app) do
      {:ok, info} -> :lists.keydelete(:env, 1, info)
      :undefined -> nil
    end
  end

  @doc "One value of the specification of an application, or nil."
  @spec spec(app, key) :: value | nil
  def spec(app, key) when key in @application_keys do
    case :application.get_key(app, key) do
      {:ok, value} -> value
      :undefined -> nil
    end
  end

  @doc "The application a module belongs to, or nil."
  @spec get_application(atom) :: atom | nil
  def get_application(module) when is_atom(module) do
    case :application.get_application(module) do
      {:ok, app} -> app
      :undefined -> nil
    end
  end

  @doc "Words for the errors of this module."
  @spec format_error(any) :: String.t()
  def format_error({:already_started, app}) when is_atom(app),
    do: "already started application " <> Atom.to_string(app)

  def format_error({:not_started, app}) when is_atom(app),
    do: "not started application " <> Atom.to_string(app)

  def format_error({:bad_application, app}),
    do: "bad application: #{inspect(app)}"

  def format_error({:already_loaded, app}) when is_atom(app),
    do: "already loaded application " <> Atom.to_string(app)

  def format_error({:not_loaded, app}) when is_atom(app),
    do: "not loaded application " <> Atom.to_string(app)

  def format_error({:invalid_restart_type, restart}),
    do: "invalid application restart type: #{inspect(restart)}"

  def format_error({:invalid_name, name}), do: "invalid application name: #{inspect(name)}"

  def format_error({:bad_return, {{mod, :start, args}, return}}),
    do: Exception.format_mfa(mod, :start, args) <> " returned a bad value: " <> inspect(return) |> exited(mod, args, return)

  def format_error({reason, {mod, :start, args}}),
    do: Exception.format_mfa(mod, :start, args) <> " returned an error: " <> Exception.format_exit(reason)

  def format_error({[_ | _] = what, file}) when is_list(file) do
    case List.to_string(what) do
      "no such file or directory" -> "could not find application file: " <> List.to_string(file)
      _ -> inspect({what, file})
    end
  end

  def format_error(reason), do: Exception.format_exit(reason)

  defp exited(_text, mod, args, {:EXIT, reason}) do
    "exited in: " <> Exception.format_mfa(mod, :start, args) <> "\n    ** (EXIT) " <> Exception.format_exit(reason)
  end

  defp exited(text, _mod, _args, _return), do: text
end

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
