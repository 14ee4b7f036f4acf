# SPDX-License-Identifier: Apache-2.0
# ExUnit: the configuration of the test framework, the structs that describe tests, and the runs. Invariant: the
# options in force are the application environment of :ex_unit; a run takes what was registered and leaves nothing.
defmodule ExUnit do
  @moduledoc "A unit-testing framework."

  @type state :: nil | {:excluded, binary} | {:failed, failed} | {:invalid, module} | {:skipped, binary}
  @type failed :: [{Exception.kind(), reason :: term, Exception.stacktrace()}]
  @type suite_result :: %{
          excluded: non_neg_integer,
          failures: non_neg_integer,
          skipped: non_neg_integer,
          total: non_neg_integer
        }

  defmodule Test do
    @moduledoc "One test: its name, its module, its tags, and how it went."
    defstruct [:name, :case, :module, :state, time: 0, tags: %{}, logs: ""]
    @type t :: %__MODULE__{name: atom, module: module, state: ExUnit.state(), time: non_neg_integer, tags: map, logs: binary}
  end

  defmodule TestModule do
    @moduledoc "The tests of a module."
    defstruct [:file, :name, :state, tests: []]
    @type t :: %__MODULE__{file: binary, name: module, state: ExUnit.state(), tests: [ExUnit.Test.t()]}
  end

  defmodule TimeoutError do
    @moduledoc "Raised for a test that takes too long."
    defexception [:timeout, :type]

    @impl true
    def message(%{timeout: timeout, type: type}) do
      """
      #{type} timed out after #{timeout}ms. You can change the timeout:

        1. per test by setting "@tag timeout: x" (accepts :infinity)
        2. per test module by setting "@moduletag timeout: x" (accepts :infinity)
        3. globally via "ExUnit.start(timeout: x)" configuration
        4. by running "mix test --timeout x" which sets timeout
        5. or by running "mix test --trace" which sets timeout to infinity
           (useful when using IEx.pry/0)

      where "x" is the timeout given as integer in milliseconds (defaults to 60_000).
      """
    end
  end

  defmodule DuplicateTestError do
    @moduledoc "Raised when a module defines a test twice."
    defexception [:message]
  end

  defmodule DuplicateDescribeError do
    @moduledoc "Raised when a module has two `describe` blocks of one name."
    defexception [:message]
  end

  defmodule MultiError do
    @moduledoc "Several errors in one test."
    defexception errors: []

    @impl true
    def message(%{errors: errors}) do
      "got the following errors:\n\n" <>
        Enum.map_join(errors, "\n\n", fn {kind, error, stack} -> Exception.format_banner(kind, error, stack) end)
    end
  end

  @defaults [
    assert_receive_timeout: 100,
    after_suite: [],
    autorun: true,
    capture_log: false,
    colors: [],
    exclude: [],
    exit_status: 2,
    formatters: [ExUnit.CLIFormatter],
    include: [],
    max_failures: :infinity,
    refute_receive_timeout: 100,
    slowest: 0,
    stacktrace_depth: 20,
    timeout: 60_000,
    trace: false
  ]

  @doc """
  Starts ExUnit: modules that `use ExUnit.Case` may be defined, and run when the program ends unless `autorun: false`.
  """
  @spec start(keyword) :: :ok
  def start(options \\ []) do
    {:ok, _} = Application.ensure_all_started(:ex_unit)
    configure(options)
    started = System.monotonic_time(:microsecond)

    if Application.fetch_env!(:ex_unit, :autorun) and not Application.get_env(:ex_unit, :phial_at_exit, false) do
      Application.put_env(:ex_unit, :phial_at_exit, true)
      Application.put_env(:ex_unit, :autorun, false)
      System.at_exit(&run_at_exit(&1, started))
    end

    :ok
  end

  # The application: its settings, and the servers that the processes of a run share.
  @doc false
  def start(_type, []) do
    for {key, value} <- @defaults, Application.fetch_env(:ex_unit, key) == :error, do: Application.put_env(:ex_unit, key, value)
    children = [ExUnit.Server, ExUnit.CaptureServer, ExUnit.OnExitHandler]
    Supervisor.start_link(children, name: ExUnit.Supervisor, strategy: :one_for_one, max_restarts: 1_000_000)
  end

  @doc false
  def registered(), do: [ExUnit.CaptureServer, ExUnit.OnExitHandler, ExUnit.Server, ExUnit.Supervisor]

  defp run_at_exit(0, started) do
    load = System.monotonic_time(:microsecond) - started
    options = configuration()

    case ExUnit.Runner.run(options, load) do
      %{failures: 0} -> :ok
      _ -> System.at_exit(fn _ -> exit({:shutdown, options[:exit_status]}) end)
    end
  end

  defp run_at_exit(_status, _started), do: :ok

  @doc "Sets options; those that are not ExUnit's are kept for formatters."
  @spec configure(keyword) :: :ok
  def configure(options), do: Enum.each(options, fn {key, value} -> Application.put_env(:ex_unit, key, value) end)

  @doc "Returns the options in force."
  @spec configuration() :: keyword
  def configuration() do
    :ex_unit |> Application.get_all_env() |> Keyword.delete(:phial_at_exit) |> put_seed() |> put_slowest() |> put_max_cases()
  end

  defp put_seed(options) do
    {own, options} = Keyword.pop(options, :phial_seed)
    Keyword.put_new_lazy(options, :seed, fn -> own || elem(:os.timestamp(), 2) end)
  end

  defp put_slowest(options) do
    if (options[:slowest] || 0) > 0, do: Keyword.put(options, :trace, true), else: options
  end

  defp put_max_cases(options) do
    default = System.schedulers_online() * 2
    Keyword.put(options, :max_cases, if(options[:trace], do: 1, else: options[:max_cases] || default))
  end

  @doc "The plural of a word in summaries: what `plural_rule/2` set, else the word with an `s`."
  @spec plural_rule(binary) :: binary
  def plural_rule(word) when is_binary(word) do
    :ex_unit |> Application.get_env(:plural_rules, %{}) |> Map.get(word, "#{word}s")
  end

  @doc "Sets the plural of a word."
  @spec plural_rule(binary, binary) :: :ok
  def plural_rule(word, plural) when is_binary(word) and is_binary(plural) do
    rules = Application.get_env(:ex_unit, :plural_rules, %{})
    configure(plural_rules: Map.put(rules, word, plural))
  end

  @doc "Runs the registered tests, and those of the modules given; returns the counts."
  @spec run([module]) :: suite_result
  def run(additional_modules \\ []) do
    Enum.each(additional_modules, &ExUnit.Server.add_module(&1, async?(&1)))
    ExUnit.Runner.run(configuration(), nil)
  end

  defp async?(module), do: :lists.keyfind(:ex_unit_async, 1, module.module_info(:attributes)) == {:ex_unit_async, [true]}

  @doc "Starts a run and returns a task for `await_run/1`."
  @spec async_run() :: Task.t()
  def async_run(), do: Task.async(fn -> ExUnit.Runner.run(configuration(), nil) end)

  @doc "Waits for the run that `async_run/0` started."
  @spec await_run(Task.t()) :: suite_result
  def await_run(task), do: Task.await(task, :infinity)

  @doc "Registers a function that is given the result of the suite."
  @spec after_suite((suite_result -> any)) :: :ok
  def after_suite(function) when is_function(function, 1) do
    Application.put_env(:ex_unit, :after_suite, [function | Application.get_env(:ex_unit, :after_suite, [])])
  end

  @doc "The supervisor of the calling test."
  @spec fetch_test_supervisor() :: {:ok, pid} | :error
  def fetch_test_supervisor() do
    case ExUnit.OnExitHandler.get_supervisor(self()) do
      {:ok, nil} ->
        options = [strategy: :one_for_one, max_restarts: 1_000_000, max_seconds: 1]
        {:ok, supervisor} = Supervisor.start_link([], options)
        ExUnit.OnExitHandler.put_supervisor(self(), supervisor)
        {:ok, supervisor}

      {:ok, _} = found ->
        found

      :error ->
        :error
    end
  end
end
