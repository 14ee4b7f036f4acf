# SPDX-License-Identifier: Apache-2.0
#
# Application: the behaviour of applications and Elixir's view of :application. Invariant:
# nothing is kept here.

defmodule Application do
  @moduledoc "A behaviour for applications and functions for their environments."

  @type app :: atom
  @type key :: atom
  @type value :: term
  @type state :: term
  @type start_type :: :normal | {:takeover, node} | {:failover, node}
  @type restart_type :: :permanent | :transient | :temporary

  @doc "Starts the application: answers `{:ok, pid}` of its uppermost supervisor, perhaps with a state for `c:stop/1`."
  @callback start(start_type, start_args :: term) ::
              {:ok, pid} | {:ok, pid, state} | {:error, reason :: term}
  @doc "Does a phase of the start that the key `:start_phases` of the application names."
  @callback start_phase(phase :: term, start_type, phase_args :: term) ::
              :ok | {:error, reason :: term}
  @doc "Prepares the end while the supervision tree still runs; its value is what `c:stop/1` gets."
  @callback prep_stop(state) :: state
  @doc "Cleans up when the supervision tree has ended."
  @callback stop(state) :: term
  @doc "Is told of changes of the environment after a release was upgraded."
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

  def get_env(app, key, default) when is_atom(app), do: :application.get_env(app, named(key), default)

  # The key; one that is no atom is warned about.
  defp named(key) when is_atom(key), do: key

  defp named(key) do
    IO.warn("passing non-atom as application env key is deprecated, got: #{inspect(key)}")
    key
  end

  @doc "The value of `key` as `{:ok, value}`, or `:error`."
  @spec fetch_env(app, key) :: {:ok, value} | :error
  def fetch_env(app, key) when is_atom(app) do
    case :application.get_env(app, named(key)) do
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
    do: :application.set_env(app, named(key), value, opts)

  @doc "Sets the environments of several applications."
  @spec put_all_env([{app, [{key, value}]}], keyword) :: :ok
  def put_all_env(config, opts \\ []) when is_list(config) and is_list(opts) do
    :application.set_env(config, opts)
  end

  @doc "Deletes `key` from the environment of `app`."
  @spec delete_env(app, key, keyword) :: :ok
  def delete_env(app, key, opts \\ []) when is_atom(app),
    do: :application.unset_env(app, named(key), opts)

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
  def format_error({:invalid_options, options}), do: "invalid application options: #{inspect(options)}"
  def format_error({:badstartspec, spec}), do: "bad application start specs: #{inspect(spec)}"

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

  defp exited(_text, mod, args, {:EXIT, reason}), do: Exception.format_exit({reason, {mod, :start, args}})
  defp exited(text, _mod, _args, _return), do: text
end
