# SPDX-License-Identifier: Apache-2.0
# Mix and Mix.Project: what a project's mix.exs, its code and its tests use of Mix. Building and running is :phial_project's.
# Invariant: the state (environment, target, shell, stack of projects) is one persistent term per part.
defmodule Mix do
  @moduledoc "The environment of a project and its shell."

  defmodule Error do
    @moduledoc "What `Mix.raise/1` raises: it is shown without a stack trace."
    @enforce_keys [:mix]
    defexception [:message, mix: 1]

    @impl true
    def exception(opts) when is_list(opts), do: struct!(__MODULE__, Keyword.put_new(opts, :mix, 1))
    def exception(message), do: %__MODULE__{message: message, mix: 1}
  end

  defmodule NoProjectError do
    @moduledoc "Raised where a project is needed and there is none."
    defexception message: "Could not find a Mix.Project, please ensure you are running Mix in a directory with a mix.exs file"
  end

  @doc "The environment: `:dev`, `:test`, `:prod` or what `MIX_ENV` says."
  @spec env() :: atom
  def env, do: :persistent_term.get({__MODULE__, :env}, nil) || from_system("MIX_ENV", :dev)

  @doc "Changes the environment."
  @spec env(atom) :: :ok
  def env(env) when is_atom(env), do: :persistent_term.put({__MODULE__, :env}, env)

  @doc "The target: `:host`, or what `MIX_TARGET` says."
  @spec target() :: atom
  def target, do: :persistent_term.get({__MODULE__, :target}, nil) || from_system("MIX_TARGET", :host)

  @doc "Changes the target."
  @spec target(atom) :: :ok
  def target(target) when is_atom(target), do: :persistent_term.put({__MODULE__, :target}, target)

  defp from_system(name, default) do
    case System.get_env(name) do
      text when text in [nil, ""] -> default
      text -> String.to_atom(text)
    end
  end

  @doc "The shell that talks to the user."
  @spec shell() :: module
  def shell, do: :persistent_term.get({__MODULE__, :shell}, Mix.Shell.IO)

  @doc "Changes the shell."
  @spec shell(module) :: :ok
  def shell(shell), do: :persistent_term.put({__MODULE__, :shell}, shell)

  @doc false
  def start, do: :ok

  @doc "The compilers of a project by default."
  @spec compilers() :: [atom]
  def compilers, do: [:yecc, :leex, :erlang, :elixir, :app]

  @doc "Is `MIX_DEBUG` set?"
  @spec debug?() :: boolean
  def debug?, do: System.get_env("MIX_DEBUG") in ["1", "true"]

  @doc """
  Makes dependencies available to a script, and starts them: folders (`path:`) and what is part of Phial. Others are not fetched: an error.

  Options: `config:` and `system_env:`, put into place first.
  """
  @spec install([atom | tuple], keyword) :: :ok
  def install(deps, opts \\ []) when is_list(deps) and is_list(opts), do: :phial_install.run(deps, opts)

  @doc "Has `install/2` been called?"
  @spec installed?() :: boolean
  def installed?, do: :phial_install.installed?()

  @doc "Raises an error that is shown without a stack trace."
  @spec raise(binary, keyword) :: no_return
  def raise(message, opts \\ []) when is_binary(message) do
    Kernel.raise(Mix.Error, mix: Keyword.get(opts, :exit_status, 1), message: message)
  end
end

defmodule Mix.Shell.Process do
  @moduledoc "The shell of tests: what would be printed is sent to the caller, and its answers are taken from messages."

  @doc "Drops the messages of the shell, each given to the function first."
  def flush(fun \\ fn message -> message end) do
    receive do
      {:mix_shell, _, _} = message ->
        fun.(message)
        flush(fun)
    after
      0 -> :done
    end
  end

  @doc "Sends `{:mix_shell, :info, [text]}`."
  def info(message), do: tell(:info, message)

  @doc "Sends `{:mix_shell, :error, [text]}`."
  def error(message), do: tell(:error, message)

  @doc "Sends the question and answers with `{:mix_shell_input, :prompt, answer}`."
  def prompt(message), do: ask(:prompt, message, "no shell process input given for prompt/1")

  @doc "Sends the question and answers with `{:mix_shell_input, :yes?, answer}`."
  def yes?(message, _options \\ []), do: ask(:yes?, message, "no shell process input given for yes?/2")

  @doc false
  def print_app(), do: :ok

  defp tell(kind, message) do
    send(self(), {:mix_shell, kind, [message |> IO.ANSI.format() |> IO.iodata_to_binary()]})
    :ok
  end

  defp ask(kind, message, missing) do
    tell(kind, message)

    receive do
      {:mix_shell_input, ^kind, answer} -> answer
    after
      0 -> raise missing
    end
  end
end

defmodule Mix.Shell.Quiet do
  @moduledoc "The shell that keeps quiet, but for errors and questions."
  def info(_message), do: :ok
  defdelegate error(message), to: Mix.Shell.IO
  defdelegate prompt(message), to: Mix.Shell.IO
  defdelegate yes?(message, options \\ []), to: Mix.Shell.IO
  def print_app(), do: :ok
end

defmodule Mix.Shell.IO do
  @moduledoc "The shell on standard output and standard error."

  @doc "Prints a line."
  def info(message), do: IO.puts(IO.ANSI.format(message))

  @doc "Prints a line on standard error."
  def error(message), do: IO.puts(:stderr, IO.ANSI.format([:red, :bright, message]))

  @doc "Asks for a line."
  def prompt(message), do: IO.gets(message <> " ")

  @doc "Asks for yes or no."
  def yes?(message, options \\ []) do
    default = Keyword.get(options, :default, :yes)
    answer = IO.gets(message <> if(default == :yes, do: " [Yn] ", else: " [yN] "))
    is_binary(answer) and (String.trim(answer) in ["y", "Y", "yes", "YES", "Yes"] or (String.trim(answer) == "" and default == :yes))
  end

  @doc false
  def print_app(), do: :ok
end

defmodule Mix.Project do
  @moduledoc "What `use Mix.Project` makes of a module, and the configuration of the current project."

  @defaults [
    aliases: [],
    build_embedded: false,
    build_per_environment: true,
    build_scm: Mix.SCM.Path,
    config_path: "config/config.exs",
    consolidate_protocols: true,
    default_task: "run",
    deps: [],
    deps_path: "deps",
    elixirc_paths: ["lib"],
    erlc_paths: ["src"],
    erlc_include_path: "include",
    erlc_options: [],
    lockfile: "mix.lock",
    preferred_cli_env: [],
    start_permanent: false
  ]

  @doc false
  defmacro __using__(_) do
    quote do
      @after_compile Mix.Project
    end
  end

  @doc false
  def __after_compile__(env, _binary), do: push(env.module, env.file)

  @doc false
  @spec push(module, binary, atom) :: :ok
  def push(module, file \\ "nofile", app \\ nil) do
    given = module.project()
    config = @defaults |> Keyword.merge(given) |> Keyword.put_new(:app, app)
    put_stack([%{module: module, file: file, config: config} | stack()])
  end

  @doc false
  @spec pop() :: map | nil
  def pop do
    case stack() do
      [] ->
        nil

      [top | rest] ->
        put_stack(rest)
        top
    end
  end

  defp stack, do: :persistent_term.get({__MODULE__, :stack}, [])
  defp put_stack(stack), do: :persistent_term.put({__MODULE__, :stack}, stack)

  @doc "The module of the current project, or nil."
  @spec get() :: module | nil
  def get do
    case stack() do
      [%{module: module} | _] -> module
      [] -> nil
    end
  end

  @doc "The module of the current project; raises if there is none."
  @spec get!() :: module
  def get!, do: get() || raise(Mix.NoProjectError)

  @doc "The configuration of the current project; the defaults alone where there is none."
  @spec config() :: keyword
  def config do
    case stack() do
      [%{config: config} | _] -> config
      [] -> @defaults
    end
  end

  @doc "The file of the current project, or nil."
  @spec project_file() :: binary | nil
  def project_file do
    case stack() do
      [%{file: file} | _] -> file
      [] -> nil
    end
  end

  @doc "Does the project hold others under `apps_path`?"
  @spec umbrella?(keyword) :: boolean
  def umbrella?(config \\ config()), do: config[:apps_path] != nil

  @doc "The folder of everything that was built in this environment."
  @spec build_path(keyword) :: Path.t()
  def build_path(config \\ config()) do
    root = System.get_env("MIX_BUILD_ROOT") || config[:build_path] || "_build"
    folder = if config[:build_per_environment], do: to_string(Mix.env()), else: "shared"
    config[:phial_build] || Path.expand(Path.join([root, "phial", folder]))
  end

  @doc "The folder of the applications' files inside `build_path/1`."
  @spec app_path(keyword) :: Path.t()
  def app_path(config \\ config()) do
    Path.join([build_path(config), "lib", to_string(config[:app] || Mix.raise("Cannot access build without an application name, please ensure you are in a directory with a mix.exs file and it defines an :app name under the project configuration"))])
  end

  @doc "The folder of the compiled modules."
  @spec compile_path(keyword) :: Path.t()
  def compile_path(config \\ config()), do: Path.join(app_path(config), "ebin")

  @doc "The folder of dependencies."
  @spec deps_path(keyword) :: Path.t()
  def deps_path(config \\ config()), do: Path.expand(config[:deps_path])
end

defmodule Mix.Task do
  @moduledoc "The behaviour of tasks."
  @callback run(command_line_args :: [binary]) :: any

  @doc false
  defmacro __using__(_opts) do
    quote do
      Enum.each([:shortdoc, :recursive, :preferred_cli_env, :requirements], &Module.register_attribute(__MODULE__, &1, persist: true))
      @behaviour Mix.Task
    end
  end

  @doc "Runs the task of that name, `Mix.Tasks.NAME`, with arguments; `:noop` if it has run."
  @spec run(binary, [binary]) :: any
  def run(name, args \\ []) do
    name = to_string(name)
    module = get!(name)
    ran = ran()

    if name in ran do
      :noop
    else
      :persistent_term.put({__MODULE__, :ran}, [name | ran])
      module.run(args)
    end
  end

  defp ran, do: :persistent_term.get({__MODULE__, :ran}, [])

  @doc "Lets the task run once more."
  @spec reenable(binary) :: :ok
  def reenable(name), do: :persistent_term.put({__MODULE__, :ran}, List.delete(ran(), to_string(name)))

  @doc "Runs the task even if it has run."
  @spec rerun(binary, [binary]) :: any
  def rerun(name, args \\ []) do
    reenable(name)
    run(name, args)
  end

  @doc "The module of a task, or nil."
  @spec get(binary) :: module | nil
  def get(name) do
    module = Module.concat(Mix.Tasks, name |> to_string() |> String.split(".") |> Enum.map_join(".", &Macro.camelize/1))
    if Code.ensure_loaded?(module) and function_exported?(module, :run, 1), do: module
  end

  @doc "The module of a task."
  @spec get!(binary) :: module
  def get!(name), do: get(name) || Mix.raise("The task #{inspect(name)} could not be found")

  @doc "The name of a task's module."
  @spec task_name(module) :: binary
  def task_name(module), do: module |> Module.split() |> Enum.drop(2) |> Enum.map_join(".", &Macro.underscore/1)

  @doc "The short documentation of a task, or nil."
  @spec shortdoc(module) :: binary | nil
  def shortdoc(module) do
    case List.keyfind(module.__info__(:attributes), :shortdoc, 0) do
      {:shortdoc, [text]} -> text
      _ -> nil
    end
  end
end
