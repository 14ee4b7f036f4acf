# SPDX-License-Identifier: Apache-2.0
#
# :application_controller: what is loaded, what runs, starting and stopping. Invariants: it never waits for an application, whose callbacks may ask it
# anything; what others read without asking stands in the table :ac_tab: {{:env, app, key}, value}, {{:loaded, app}, spec}, {{:master, pid}, app};
# {{:persistent, app, key}, value} is what a load does not replace.

defmodule :application_controller do
  @moduledoc false

  @table :ac_tab

  # State: running: [{app, type, master | nil}], latest first; starting: [{app, type, master, [from]}]; stopping: [{master, from}]; quiet: the
  # system ends, nothing is reported.
  def init([]) do
    :erlang.process_flag(:trap_exit, true)
    :ets.new(@table, [:named_table, :public, read_concurrency: true])
    boot = [:kernel, :stdlib, :compiler, :elixir, :logger]
    for app <- boot, {:ok, spec} = :application.known(app), do: :ets.insert(@table, {{:loaded, app}, spec})
    {:ok, %{running: Enum.map(Enum.reverse(boot), &{&1, :permanent, nil}), starting: [], stopping: [], quiet: false}}
  end

  def handle_call({:load, app}, _from, state), do: {:reply, load(app), state}
  def handle_call({:load, app, props}, _from, state), do: {:reply, load(app, props), state}

  def handle_call({:unload, app}, _from, state) do
    cond do
      :lists.keymember(app, 1, state.running) ->
        {:reply, {:error, {:running, app}}, state}

      loaded(app) ->
        :ets.delete(@table, {:loaded, app})
        :ets.match_delete(@table, {{:env, app, :_}, :_})
        {:reply, :ok, state}

      true ->
        {:reply, {:error, {:not_loaded, app}}, state}
    end
  end

  def handle_call({:start, app, type}, from, state) do
    cond do
      :lists.keymember(app, 1, state.running) -> {:reply, {:error, {:already_started, app}}, state}
      entry = List.keyfind(state.starting, app, 0) -> {:noreply, put_starting(state, put_elem(entry, 3, [from | elem(entry, 3)]))}
      (answer = load(app)) not in [:ok, {:error, {:already_loaded, app}}] -> {:reply, answer, state}
      dep = missing(app, state) -> {:reply, {:error, {:not_started, dep}}, state}
      true -> start(app, type, loaded(app), from, state)
    end
  end

  def handle_call({:stop, app}, from, state) do
    case :lists.keyfind(app, 1, state.running) do
      false ->
        {:reply, {:error, {:not_started, app}}, state}

      {_, type, nil} ->
        if app == :logger, do: Logger.App.stop()
        {:reply, :ok, stopped(app, :stopped, type, state)}

      {_, _, master} ->
        unless List.keymember?(state.stopping, master, 0), do: send(master, {:stop, self()})
        {:noreply, Map.update!(state, :stopping, &(&1 ++ [{master, from}]))}
    end
  end

  def handle_call(:quiet, _from, state), do: {:reply, :ok, %{state | quiet: true}}
  def handle_call(:which, _from, state), do: {:reply, for({app, _, _} <- state.running, do: described(app)), state}

  def handle_call(:info, _from, state) do
    starting = for {app, type, _, _} <- state.starting, do: {app, type}
    running = for {app, _, master} <- state.running, do: {app, master || :undefined}
    {:reply,
     [loaded: loaded_apps(), loading: [], started: for({app, type, _} <- state.running, do: {app, type}), running: running, starting: starting],
     state}
  end

  def handle_cast(_msg, state), do: {:noreply, state}

  def handle_info({:started, master}, state) do
    {app, type, _, froms} = List.keyfind(state.starting, master, 2)
    progress(app)
    Enum.each(froms, &:gen_server.reply(&1, :ok))
    {:noreply, %{state | starting: List.keydelete(state.starting, master, 2), running: [{app, type, master} | state.running]}}
  end

  def handle_info({:EXIT, master, reason}, state) do
    :ets.delete(@table, {:master, master})

    cond do
      entry = List.keyfind(state.starting, master, 2) -> start_failed(entry, reason, state)
      entry = List.keyfind(state.running, master, 2) -> exited(entry, reason, state)
      true -> {:noreply, state}
    end
  end

  def handle_info(_msg, state), do: {:noreply, state}

  def terminate(_reason, _state), do: :ok

  def code_change(_old, state, _extra), do: {:ok, state}

  # -- loading ----------------------------------------------------------------------------------

  defp loaded(app) do
    case :ets.lookup(@table, {:loaded, app}) do
      [{_, spec}] -> spec
      [] -> nil
    end
  end

  def loaded_apps, do: for([app] <- :ets.match(@table, {{:loaded, :"$1"}, :_}), do: described(app))

  defp load(app) do
    cond do
      loaded(app) -> {:error, {:already_loaded, app}}
      spec = known(app) -> put_loaded(app, spec)
      true -> {:error, {~c"no such file or directory", :erlang.atom_to_list(app) ++ ~c".app"}}
    end
  end

  defp known(app) do
    case :application.known(app) do
      {:ok, spec} -> spec
      :error -> nil
    end
  end

  defp load(app, props) do
    if loaded(app) do
      {:error, {:already_loaded, app}}
    else
      for {key, value} <- Keyword.get(props, :env, []), do: :ets.insert(@table, {{:env, app, key}, value})
      for [key, value] <- :ets.match(@table, {{:persistent, app, :"$1"}, :"$2"}), do: :ets.insert(@table, {{:env, app, key}, value})
      put_loaded(app, :application.specification(props))
    end
  end

  defp put_loaded(app, spec) do
    :ets.insert(@table, {{:loaded, app}, spec})
    :ok
  end

  defp described(app) do
    spec = loaded(app) || []
    {app, Keyword.get(spec, :description, []), Keyword.get(spec, :vsn, [])}
  end

  # -- starting ---------------------------------------------------------------------------------

  defp missing(app, state) do
    spec = loaded(app)
    optional = Keyword.get(spec, :optional_applications, [])

    Enum.find(Keyword.get(spec, :applications, []), fn dep ->
      not :lists.keymember(dep, 1, state.running) and not (dep in optional and known(dep) == nil and loaded(dep) == nil)
    end)
  end

  defp start(app, type, spec, from, state) do
    case Keyword.get(spec, :mod, []) do
      none when none in [[], nil, :undefined] ->
        if app == :logger, do: Logger.App.start()
        progress(app)
        {:reply, :ok, Map.update!(state, :running, &[{app, type, nil} | &1])}

      {mod, args} ->
        master = :application_master.start(app, mod, args, Keyword.get(spec, :start_phases, :undefined))
        {:noreply, put_starting(state, {app, type, master, [from]})}
    end
  end

  defp put_starting(state, entry), do: %{state | starting: List.keystore(state.starting, elem(entry, 0), 0, entry)}

  defp start_failed({app, type, master, froms}, reason, state) do
    Enum.each(froms, &:gen_server.reply(&1, {:error, reason}))
    report(app, reason, type)
    {:noreply, %{state | starting: List.keydelete(state.starting, master, 2)}}
  end

  # -- ending -----------------------------------------------------------------------------------

  defp exited({app, type, master}, reason, state) do
    case Enum.split_with(state.stopping, &(elem(&1, 0) == master)) do
      {[{_, first} | late], rest} ->
        state = stopped(app, :stopped, type, %{state | stopping: rest})
        :gen_server.reply(first, :ok)
        for {_, from} <- late, do: :gen_server.reply(from, {:error, {:not_started, app}})
        {:noreply, state}

      {[], _} ->
        state = stopped(app, reason, type, state)
        if type == :permanent or (type == :transient and reason != :normal), do: terminated(app, reason)
        {:noreply, state}
    end
  end

  defp stopped(app, reason, type, state) do
    unless state.quiet, do: report(app, reason, type)
    %{state | running: :lists.keydelete(app, 1, state.running)}
  end

  defp progress(app) do
    if :phial_report.sasl?() do
      :logger.info(
        %{label: {:application_controller, :progress}, report: [application: app, started_at: node()]},
        %{
          domain: [:otp, :sasl],
          report_cb: &:application_controller.format_log/2,
          logger_formatter: %{title: ~c"PROGRESS REPORT"},
          error_logger: %{tag: :info_report, type: :progress},
          mfa: {:application_controller, :info_started, 2}
        }
      )
    end
  end

  defp report(app, reason, type) do
    :logger.notice(
      %{label: {:application_controller, :exit}, report: [application: app, exited: reason, type: type]},
      %{domain: [:otp], report_cb: &:application_controller.format_log/2, mfa: {:application_controller, :info_exited, 3}}
    )
  end

  def format_log(report), do: {~c"~ts", [:phial_report_text.format(report, %{single_line: false})]}
  def format_log(report, config), do: :phial_report_text.format(report, config)

  # An application that must not end takes the system with it.
  defp terminated(app, reason) do
    what = :io_lib.format(~c"{application_terminated,~w,~w}", [app, reason])
    :phial_io.put_chars(:stdio, [~c"{\"Kernel pid terminated\",application_controller,\"", what, ~c"\"}\n"])
    :phial_io.put_chars(:stderr, [~c"Kernel pid terminated (application_controller) (", what, ~c")\n"])
    :erlang.halt(1)
  end
end
