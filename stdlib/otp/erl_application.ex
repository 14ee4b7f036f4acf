# SPDX-License-Identifier: Apache-2.0
#
# :application: environments, specifications, starting and stopping. Invariants: what may be
# read lies in the table :ac_tab of the controller (application_controller.ex), which alone
# changes what is loaded and started, and is itself started by the first write or request.
# Reading asks no process.

defmodule :application do
  @moduledoc "Applications as Erlang knows them."

  @callback start(type :: term, args :: term) :: {:ok, pid} | {:ok, pid, state :: term} | {:error, reason :: term}
  @callback stop(state :: term) :: term

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

  def set_env(config, opts) when is_list(config) and is_list(opts) do
    with wrong when wrong != nil <- wrong_config(config, []), do: :erlang.error({:badarg, :lists.flatten(wrong)})
    for {app, env} <- config, {key, value} <- env, do: set_env(app, key, value, opts)
    :ok
  end

  # What is wrong with environments given together, as text; nil: nothing.
  defp wrong_config([], _seen), do: nil

  defp wrong_config([{app, env} | rest], seen) do
    cond do
      not is_atom(app) -> :io_lib.format(~c"application: ~tp; application name must be an atom", [app])
      not is_list(env) -> :io_lib.format(~c"application: ~tp; parameters must be a list", [app])
      app in seen -> :io_lib.format(~c"duplicate application config: ~tp", [app])
      wrong = wrong_env(env, []) -> :io_lib.format(~c"application: ~tp; ~ts", [app, wrong])
      true -> wrong_config(rest, [app | seen])
    end
  end

  defp wrong_config([other | _], _seen), do: :io_lib.format(~c"invalid application config: ~tp", [other])

  defp wrong_env([], _seen), do: nil
  defp wrong_env([{key, _} | _], _seen) when not is_atom(key), do: :io_lib.format(~c"invalid parameter name: ~tp", [key])

  defp wrong_env([{key, _} | rest], seen),
    do: if(key in seen, do: :io_lib.format(~c"duplicate parameter: ~tp", [key]), else: wrong_env(rest, [key | seen]))

  defp wrong_env([other | _], _seen), do: :io_lib.format(~c"invalid parameter: ~tp", [other])

  def set_env(app, key, value), do: set_env(app, key, value, [])

  def set_env(app, key, value, opts) do
    controller()
    :ets.insert(@table, {{:env, app, key}, value})
    if :lists.member({:persistent, true}, opts), do: :ets.insert(@table, {{:persistent, app, key}, value})
    :ok
  end

  def unset_env(app, key), do: unset_env(app, key, [])

  def unset_env(app, key, opts) do
    if :ets.whereis(@table) != :undefined do
      :ets.delete(@table, {:env, app, key})
      if :lists.member({:persistent, true}, opts), do: :ets.delete(@table, {:persistent, app, key})
    end

    :ok
  end

  # -- specifications ---------------------------------------------------------------------

  def load(app), do: load(app, [])
  def load({:application, name, props} = given, _) when is_atom(name) and is_list(props) do
    cond do
      not pairs?(Keyword.get(props, :env, [])) -> {:error, {:function_clause, []}}
      not startable?(Keyword.get(props, :mod, [])) -> {:error, {:badstartspec, Keyword.get(props, :mod)}}
      true -> with {:error, {:already_loaded, _}} <- call({:load, name, props}), do: {:error, {:already_loaded, given}}
    end
  end

  def load({:application, name, other}, _) when is_atom(name), do: {:error, {:invalid_options, other}}
  def load(app, _) when is_atom(app), do: call({:load, app})
  def load(bad, _), do: {:error, {:bad_application, bad}}

  defp pairs?(env), do: is_list(env) and Enum.all?(env, &match?({_, _}, &1))

  defp startable?({module, _args}) when is_atom(module), do: true
  defp startable?(mod), do: mod in [[], :undefined, nil]

  def unload(app), do: call({:unload, app})
  def start(app), do: start(app, :temporary)

  def start(app, type) do
    with :ok <- ensure_loaded(app),
         do: if(type in [:permanent, :transient, :temporary], do: call({:start, app, type}), else: {:error, {:invalid_restart_type, type}})
  end

  defp ensure_loaded(app) do
    with {:error, {:already_loaded, _}} <- load(app), do: :ok
  end

  def start_boot(app), do: start(app)
  def start_boot(app, type), do: start(app, type)
  def stop(app), do: call({:stop, app})
  def permit(_app, _flag), do: :ok

  # The system ends: all applications do, the last one started first.
  @doc false
  def stop_all do
    if :erlang.whereis(@server) != :undefined do
      call(:quiet)
      for {app, _, _} <- which_applications(), do: call({:stop, app})
    end

    :ok
  end

  def takeover(app, type), do: start(app, type)
  def start_type, do: :undefined
  def info, do: call(:info)

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

  def loaded_applications do
    controller()
    @server.loaded_apps()
  end

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

  def get_all_key(app) do
    case lookup({:loaded, app}) do
      [{_, spec}] -> {:ok, spec}
      [] -> :undefined
    end
  end

  def get_application, do: get_application(self())

  def get_application(pid) when is_pid(pid) do
    with {:group_leader, leader} <- :erlang.process_info(pid, :group_leader),
         [{_, app}] <- lookup({:master, leader}) do
      {:ok, app}
    else
      _ -> :undefined
    end
  end

  def get_application(module) when is_atom(module) do
    controller()
    found = for {{:loaded, app}, spec} <- :ets.match_object(@table, {{:loaded, :_}, :_}), module in Keyword.get(spec, :modules, []), do: app

    case found do
      [app | _] -> {:ok, app}
      [] -> library_of(module)
    end
  end

  # -- controller -------------------------------------------------------------------------

  defp call(request), do: :gen_server.call(controller(), request, :infinity)

  defp lookup(key) do
    controller()
    :ets.lookup(@table, key)
  end

  defp controller do
    case :erlang.whereis(@server) do
      :undefined ->
        case :gen_server.start({:local, @server}, @server, [], []) do
          {:ok, pid} -> pid
          {:error, {:already_started, pid}} -> pid
        end

      pid ->
        pid
    end
  end

  # What stands in the image belongs to Elixir itself.
  # The application that has a module of the library in the BEAM's world, if it is loaded.
  defp library_of(module) when module in [:erlang, :init], do: :undefined

  defp library_of(module) do
    with [?s, ?t, ?d, ?l, ?i, ?b, ?/ | _] <- :code.which(module),
         app = library(Atom.to_string(module)),
         true <- app in [:elixir, :stdlib, :kernel] or lookup({:loaded, app}) != [] do
      {:ok, app}
    else
      _ -> :undefined
    end
  end

  @parents %{"Logger" => :logger, "ExUnit" => :ex_unit, "IEx" => :iex, "EEx" => :eex, "Mix" => :mix}
  @kernel ~w(application application_controller application_master code erpc error_handler error_logger file file_io_server global group logger
             logger_filters logger_formatter net_kernel os pg rpc user)

  defp library("Elixir." <> name), do: Map.get(@parents, name |> String.split(".") |> hd(), :elixir)
  defp library(name) when name in @kernel, do: :kernel
  defp library(_name), do: :stdlib

  # -- what comes with the system -----------------------------------------------------------

  @doc false
  def specification(props) do
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

  # The applications Phial brings along; of ssl and those after it the name alone, since many projects list them without need.
  @doc false
  def known(app) do
    case app do
      :kernel -> library(~c"ERTS  CXC 138 10", ~c"8.5.3", [])
      :stdlib -> library(~c"ERTS  CXC 138 10", ~c"4.2", [:kernel])
      :compiler -> library(~c"ERTS  CXC 138 10", ~c"8.2.3", [:kernel, :stdlib])
      :crypto -> library(~c"CRYPTO", ~c"5.1.3", [:kernel, :stdlib])
      :sasl -> library(~c"SASL  CXC 138 11", ~c"4.2", [:kernel, :stdlib])
      :runtime_tools -> library(~c"RUNTIME_TOOLS", ~c"1.19", [:kernel, :stdlib])
      :elixir -> library(~c"elixir", @elixir_vsn, [:kernel, :stdlib, :compiler])
      :logger -> library(~c"logger", @elixir_vsn, [:kernel, :stdlib, :elixir])
      :ex_unit -> library(~c"ex_unit", @elixir_vsn, [:kernel, :stdlib, :elixir], mod: {ExUnit, []}, registered: ExUnit.registered())
      :eex -> library(~c"eex", @elixir_vsn, [:kernel, :stdlib, :elixir])
      :iex -> library(~c"iex", @elixir_vsn, [:kernel, :stdlib, :elixir])
      :mix -> library(~c"mix", @elixir_vsn, [:kernel, :stdlib, :elixir])
      :ssl -> library(~c"Erlang/OTP SSL application", ~c"10.8.7", [:crypto, :public_key, :kernel, :stdlib])
      :inets -> library(~c"INETS  CXC 138 49", ~c"8.2.2", [:kernel, :stdlib])
      :tools -> library(~c"DEVTOOLS  CXC 138 16", ~c"3.5.3", [:kernel, :stdlib])
      :public_key -> library(~c"Public key infrastructure", ~c"1.13.2", [:asn1, :crypto, :kernel, :stdlib])
      :asn1 -> library(~c"The Erlang ASN1 compiler version 5.0.21", ~c"5.0.21", [:kernel, :stdlib])
      :syntax_tools -> library(~c"Syntax tools", ~c"3.0", [:stdlib])
      :parsetools -> library(~c"XLATETOOLS  CXC 138 xx", ~c"2.4.1", [:kernel, :stdlib])
      :poolboy -> library(~c"poolboy", ~c"1.5.2", [:kernel, :stdlib])
      _ -> :error
    end
  end

  defp library(description, vsn, applications, more \\ []),
    do: {:ok, specification([description: description, vsn: vsn, applications: applications] ++ more)}
end
