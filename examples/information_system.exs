# SPDX-License-Identifier: Apache-2.0
# flags: --virtual-time
# One question, several sources, a limit of time. Each source is a module that keeps to a behaviour and knows nothing of
# processes; the system asks them all at once in tasks that are not linked to it, takes what has come when the time is
# up, and kills the rest. What a source answered once comes from a cache the next time.

Logger.configure(level: :none)

defmodule Info.Result do
  defstruct [:text, :backend, score: 0]
end

defmodule Info.Backend do
  @moduledoc "What a source of answers must be able to do."

  @callback name() :: String.t()
  @callback compute(question :: String.t(), opts :: keyword) :: [%Info.Result{}]
end

defmodule Info.Calculator do
  @behaviour Info.Backend

  @impl true
  def name, do: "calculator"

  @impl true
  def compute(question, _opts) do
    case Regex.run(~r/(\d+) (plus|times) (\d+)/, question) do
      [_, a, "plus", b] -> [answer(String.to_integer(a) + String.to_integer(b))]
      [_, a, "times", b] -> [answer(String.to_integer(a) * String.to_integer(b))]
      nil -> []
    end
  end

  defp answer(n), do: %Info.Result{text: "#{n}", backend: name(), score: 95}
end

defmodule Info.Encyclopedia do
  @behaviour Info.Backend

  @facts %{"elixir" => "a language on the BEAM", "phial" => "a small bottle", "times" => "more than one time"}

  @impl true
  def name, do: "encyclopedia"

  # The further a source, the longer it takes.
  @impl true
  def compute(question, _opts) do
    Process.sleep(60)
    words = question |> String.downcase() |> String.split(~r/\W+/, trim: true)
    for word <- words, fact = @facts[word], do: %Info.Result{text: "#{word}: #{fact}", backend: name(), score: 50}
  end
end

defmodule Info.Oracle do
  @behaviour Info.Backend

  @impl true
  def name, do: "oracle"

  # Thinks for hours about what matters.
  @impl true
  def compute(question, _opts) do
    if question =~ "meaning", do: Process.sleep(:timer.hours(1))
    [%Info.Result{text: "perhaps", backend: name(), score: 1}]
  end
end

defmodule Info.Broken do
  @behaviour Info.Backend

  @impl true
  def name, do: "broken"

  @impl true
  def compute(_question, _opts), do: raise("no route to host")
end

defmodule Info.Cache do
  use Agent

  def start_link(_), do: Agent.start_link(fn -> %{} end, name: __MODULE__)
  def fetch(key), do: Agent.get(__MODULE__, &Map.fetch(&1, key))
  def put(key, value), do: Agent.update(__MODULE__, &Map.put(&1, key, value))
end

defmodule Info do
  @backends [Info.Calculator, Info.Encyclopedia, Info.Oracle, Info.Broken]

  def compute(question, opts \\ []) do
    {backends, opts} = Keyword.pop(opts, :backends, @backends)
    {timeout, opts} = Keyword.pop(opts, :timeout, 500)
    {cached, missing} = look_up(backends, question)

    answered =
      missing
      |> Enum.map(&{&1, async(&1, question, opts)})
      |> collect(timeout)

    for {backend, {:ok, results}} <- answered, do: Info.Cache.put({backend, question}, results)

    outcomes = for backend <- backends, do: {backend.name(), Map.get(cached, backend) || answered[backend]}
    %{results: best(outcomes), outcomes: outcomes}
  end

  defp look_up(backends, question) do
    found = for backend <- backends, {:ok, results} <- [Info.Cache.fetch({backend, question})], do: {backend, {:cached, results}}
    {Map.new(found), backends -- Keyword.keys(found)}
  end

  # Not linked: a source that crashes does not take the caller with it.
  defp async(backend, question, opts) do
    Task.Supervisor.async_nolink(Info.TaskSupervisor, backend, :compute, [question, opts], shutdown: :brutal_kill)
  end

  # A task may answer between the end of the time and its death: shutdown/2 returns that answer.
  defp collect(tasks, timeout) do
    yielded = tasks |> Enum.map(fn {_backend, task} -> task end) |> Task.yield_many(timeout)

    for {{backend, _}, {task, result}} <- Enum.zip(tasks, yielded), into: %{} do
      case result || Task.shutdown(task, :brutal_kill) do
        {:ok, results} -> {backend, {:ok, results}}
        {:exit, {error, _stack}} -> {backend, {:failed, Exception.message(error)}}
        nil -> {backend, :timeout}
      end
    end
  end

  defp best(outcomes) do
    for {_name, {kind, results}} <- outcomes, kind in [:ok, :cached], result <- results do
      result
    end
    |> Enum.sort_by(& &1.score, :desc)
  end
end

children = [Info.Cache, {Task.Supervisor, name: Info.TaskSupervisor}]
{:ok, _} = Supervisor.start_link(children, strategy: :one_for_one)

ask = fn question ->
  {time, %{results: results, outcomes: outcomes}} = :timer.tc(fn -> Info.compute(question) end)
  IO.puts("#{question} (#{if time < 400_000, do: "soon", else: "when the time was up"})")
  for {name, outcome} <- outcomes, do: IO.puts("  #{name}: #{inspect(if is_tuple(outcome), do: elem(outcome, 0), else: outcome)}")
  for result <- results, do: IO.puts("  -> #{result.text} (#{result.backend}, #{result.score})")
end

ask.("What is 6 times 7?")
ask.("What is 6 times 7?")
ask.("What is the meaning of Elixir?")

Process.sleep(20)
IO.inspect(Task.Supervisor.children(Info.TaskSupervisor), label: "tasks left behind")

receive do
  message -> IO.inspect(message, label: "unexpected")
after
  0 -> IO.puts("and no message left in the mailbox")
end
