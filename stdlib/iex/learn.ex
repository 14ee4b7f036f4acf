# SPDX-License-Identifier: Apache-2.0
# `phial learn`: lessons in the shell. The engine: it shows a lesson, runs what is typed, checks it, and remembers how far one has come.
#
# Invariants: a lesson is data (IEx.Learn.Lesson; the files in learn/); what is typed runs in a process of its own, so that nothing typed ends
# the lessons; progress is written after every step, and a file that cannot be written or read costs only the memory.
defmodule IEx.Learn.Lesson do
  @moduledoc """
  One lesson.

  `check` is called with what was done, `%{value: value, binding: binding, code: text}`, in the process that did it, and returns true, false,
  or what is wrong, as text. `setup` is code that runs before; `answer` is what solves the lesson, shown after the last hint.
  """
  defstruct [:id, :title, :text, :task, :check, :answer, hints: [], setup: nil]

  @type t :: %__MODULE__{
          id: atom,
          title: String.t(),
          text: String.t(),
          task: String.t(),
          check: (map -> boolean | String.t()),
          answer: String.t(),
          hints: [String.t()],
          setup: String.t() | nil
        }
end

defmodule IEx.Learn do
  @moduledoc "Lessons from pattern matching to supervision trees: `phial learn`."

  alias IEx.Learn.Progress
  alias IEx.Learn.Runner
  alias IEx.Terminal

  @commands "hint, skip, back, list, again, go N, quit"

  @doc """
  All lessons, in order.

      iex> IEx.Learn.lessons() |> length() > 25
      true
  """
  @spec lessons() :: [IEx.Learn.Lesson.t()]
  def lessons do
    Enum.flat_map([IEx.Learn.Values, IEx.Learn.Functions, IEx.Learn.Processes, IEx.Learn.Servers], & &1.lessons())
  end

  @doc """
  What `phial learn` does: `--fresh` forgets the progress, a number is the lesson to begin with.
  """
  @spec run([String.t()]) :: 0 | {:error, String.t()}
  def run([]), do: run_with([])
  def run(["--fresh"]), do: run_with(fresh: true)
  def run([help]) when help in ["--help", "-h"], do: {:error, usage()}

  def run([number]) do
    case Integer.parse(number) do
      {n, ""} when n > 0 -> run_with(from: n)
      _ -> {:error, "phial learn: #{number} is no lesson's number. #{usage()}"}
    end
  end

  def run(_), do: {:error, usage()}

  defp usage, do: "Usage: phial learn [--fresh | N]"

  defp run_with(opts) do
    start(opts)
    0
  end

  @doc """
  Teaches until the input ends, `quit` is typed or nothing is left. Option `path:` names the file of progress; `fresh: true` begins anew,
  `from: n` with a certain lesson.
  """
  @spec start(keyword) :: :ok
  def start(opts \\ []) do
    lessons = lessons()
    path = Keyword.get_lazy(opts, :path, &Progress.path/0)
    done = if opts[:fresh], do: [], else: Progress.load(path)
    conflicts = Code.get_compiler_option(:ignore_module_conflict)
    Code.put_compiler_option(:ignore_module_conflict, true)
    if Process.whereis(:phial_learn) == nil, do: Process.register(self(), :phial_learn)
    {leader, face} = Terminal.group_leader(Terminal.start())

    state = %{
      face: face,
      lessons: List.to_tuple(lessons),
      at: if(from = opts[:from], do: min(from, length(lessons)) - 1, else: first_open(lessons, done)),
      done: done,
      path: path,
      runner: Runner.start(leader),
      hints: 0,
      line: 1,
      last: ""
    }

    welcome(state)
    state |> enter() |> loop()
    Terminal.stop(face)
    Code.put_compiler_option(:ignore_module_conflict, conflicts)
    :ok
  end

  defp first_open(lessons, done), do: Enum.find_index(lessons, &(&1.id not in done)) || length(lessons)

  defp welcome(state) do
    total = tuple_size(state.lessons)

    if state.done == [] do
      IO.puts("Welcome to Phial. #{total} short lessons lead from values to supervision trees.")
      IO.puts("Read, type, and see what happens; every statement is run as in the shell.")
    else
      IO.puts("Welcome back: #{length(state.done)} of #{total} lessons are done.")
    end

    IO.puts("Besides code you can type: #{@commands}.")
  end

  # -- a lesson ------------------------------------------------------------------------------------------------------------------

  defp lesson(state), do: elem(state.lessons, state.at)

  defp enter(%{at: at, lessons: lessons} = state) when at >= tuple_size(lessons) do
    IO.puts("\nThat was the last lesson. " <> farewell(for({lesson, i} <- numbered(state), lesson.id not in state.done, do: i)))
    state
  end

  defp enter(state) do
    show(state)
    setup(%{state | hints: 0, last: "", runner: Runner.renew(state.runner)}, lesson(state).setup)
  end

  defp farewell([]) do
    "You have seen what Elixir is made of; now build something.\n(phial learn 12 shows lesson 12 again, phial learn --fresh begins anew.)"
  end

  defp farewell(open) do
    "These are not done yet: #{open |> ranges() |> Enum.join(", ")}.\n(phial learn #{hd(open)} begins with lesson #{hd(open)}.)"
  end

  defp ranges([first | rest]) do
    {last, before} =
      Enum.reduce(rest, {{first, first}, []}, fn
        n, {{from, to}, before} when n == to + 1 -> {{from, n}, before}
        n, {range, before} -> {{n, n}, [range | before]}
      end)

    for {from, to} <- Enum.reverse([last | before]), do: if(from == to, do: "#{from}", else: "#{from} to #{to}")
  end

  defp numbered(state), do: state.lessons |> Tuple.to_list() |> Enum.with_index(1)

  defp show(state) do
    lesson = lesson(state)
    IO.puts("\n#{state.at + 1}/#{tuple_size(state.lessons)}  #{lesson.title}\n")
    IO.puts(filled(lesson.text, state.face))
    if lesson.setup, do: IO.puts("This has been typed for you:\n\n#{indent(lesson.setup)}")
    IO.puts(filled("▸ " <> lesson.task, state.face))
  end

  # Lines of sentences are broken where the terminal ends, but not in code; what is indented stays as it is.
  defp filled(text, face) do
    width = min(Terminal.columns(face), 90) - 1

    text
    |> String.split("\n")
    |> Enum.chunk_by(&(&1 == "" or String.starts_with?(&1, " ")))
    |> Enum.map_join("\n", fn
      [first | _] = lines when first == "" or binary_part(first, 0, 1) == " " -> Enum.join(lines, "\n")
      lines -> ~r/[^\s`]*`[^`]*`\S*|\S+/ |> Regex.scan(Enum.join(lines, " ")) |> Enum.map(&hd/1) |> broken(width)
    end)
  end

  defp broken([first | words], width) do
    {text, _} =
      Enum.reduce(words, {first, String.length(first)}, fn word, {text, column} ->
        length = String.length(word)
        if column + 1 + length > width, do: {[text, ?\n, word], length}, else: {[text, ?\s, word], column + 1 + length}
      end)

    IO.iodata_to_binary(text)
  end

  defp indent(code), do: code |> String.trim_trailing() |> String.split("\n") |> Enum.map_join("\n", &("    " <> &1)) |> Kernel.<>("\n")

  defp setup(state, nil), do: state

  defp setup(state, code) do
    {runner, face, _result} = Runner.run(state.runner, state.face, code, fn _ -> true end)
    %{state | runner: runner, face: face}
  end

  defp loop(%{at: at, lessons: lessons}) when at >= tuple_size(lessons), do: :ok

  defp loop(%{face: %{kind: :edit}} = state) do
    state.face |> Terminal.prompt("learn(#{state.line})> ", "...> ") |> edited(state)
  end

  defp loop(state), do: done(read(state, ""), state)

  # In a terminal the shell's editor reads the statement.
  defp edited(face, state) do
    receive do
      message ->
        case Terminal.input(face, message) do
          {:line, text, face} -> done({:code, if(String.trim(text) == "", do: "", else: text)}, %{state | face: face})
          {:break, text, face} -> done({:code, text}, %{state | face: face})
          {:more, face} -> edited(face, state)
          {:again, face} -> loop(%{state | face: face})
          {:complete, before, face} -> completed(before, face, state)
          {:eof, face} -> done(:eof, %{state | face: face})
        end
    end
  end

  defp completed(before, face, state) do
    Terminal.completed(face, IEx.Autocomplete.complete(before, state.runner.pid))
    edited(face, state)
  end

  defp done(:eof, _state), do: IO.puts("")
  defp done({:code, ""}, state), do: loop(state)
  defp done({:code, code}, state), do: act(String.trim(code), code, %{state | line: state.line + 1})

  # Of plain input a statement may take several lines; two empty ones in a row give it up.
  defp read(state, before) do
    prompt = if before == "", do: "learn(#{state.line})> ", else: "...> "

    case IO.gets(prompt) do
      line when is_binary(line) ->
        code = before <> line

        cond do
          String.ends_with?(code, "\n\n\n") -> give_up()
          String.trim(code) == "" -> {:code, ""}
          complete?(code) -> {:code, code}
          true -> read(state, code)
        end

      _end_or_error ->
        :eof
    end
  end

  defp give_up do
    IO.puts("(what you began was given up)")
    {:code, ""}
  end

  defp complete?(code), do: not String.valid?(code) or not match?({:error, {_, _, ""}}, Code.string_to_quoted(code, emit_warnings: false))

  # -- commands --------------------------------------------------------------------------------------------------------------------

  # A variable of the same name is meant.
  defp act(text, code, state) do
    if Enum.any?(state.runner.context.binding, fn {name, _} -> is_atom(name) and Atom.to_string(name) == text end),
      do: evaluate(code, state),
      else: command(text, code, state)
  end

  defp command(quit, _, _state) when quit in ["quit", "exit"], do: IO.puts("Until next time: your progress is kept.")
  defp command("hint", _, state), do: loop(hint(state))
  defp command("skip", _, state), do: loop(move(state, state.at + 1))
  defp command("back", _, state), do: loop(move(state, max(state.at - 1, 0)))
  defp command("again", _, state), do: loop(move(state, state.at))
  defp command("help", _, state), do: loop(tap(state, fn _ -> IO.puts("Besides code you can type: #{@commands}.") end))
  defp command("list", _, state), do: loop(tap(state, &list/1))

  defp command("go " <> number, code, state) do
    case Integer.parse(number) do
      {n, ""} when n in 1..tuple_size(state.lessons)//1 -> loop(move(state, n - 1))
      {_, ""} -> loop(tap(state, fn _ -> IO.puts("There are #{tuple_size(state.lessons)} lessons.") end))
      _ -> evaluate(code, state)
    end
  end

  # A line that begins with a pipe goes on from the statement before.
  defp command("|>" <> _, code, state), do: evaluate(state.last <> code, state)
  defp command(_, code, state), do: evaluate(code, state)

  defp move(state, at), do: enter(%{state | at: at})

  defp hint(state) do
    lesson = lesson(state)

    case Enum.at(lesson.hints, state.hints) do
      nil -> IO.puts("This would do it:\n\n#{indent(lesson.answer)}")
      text -> IO.puts(text)
    end

    %{state | hints: state.hints + 1}
  end

  defp list(state) do
    for {lesson, i} <- numbered(state) do
      mark = if lesson.id in state.done, do: "✓", else: " "
      here = if i == state.at + 1, do: "▸", else: " "
      IO.puts("#{here}#{mark} #{String.pad_leading("#{i}", 2)}  #{lesson.title}")
    end
  end

  # -- what is typed -----------------------------------------------------------------------------------------------------------------

  defp evaluate(code, state) do
    {runner, face, result} = Runner.run(state.runner, state.face, code, lesson(state).check)
    state = %{state | runner: runner, face: face, last: code}
    print(result, face)

    case result do
      {:ok, _value, true} -> loop(passed(state))
      {:ok, _value, why} when is_binary(why) -> loop(tap(state, fn _ -> IO.puts("Not yet: #{why}") end))
      {:died, _reason} -> loop(again(state, lesson(state).setup))
      _ -> loop(state)
    end
  end

  # What the lesson rests on ended with the process.
  defp again(state, nil), do: state

  defp again(state, code) do
    IO.puts("   What had been typed for you has been typed again.")
    setup(state, code)
  end

  defp print({:ok, :"do not show this result in output", _}, _face), do: :ok
  defp print({:ok, value, _}, %{kind: :edit}), do: IO.puts(IEx.color(:eval_result, inspect(value, IEx.inspect_opts())))
  defp print({:ok, value, _}, _face), do: IO.puts(inspect(value, pretty: true, limit: 50))
  defp print({:raised, text}, _face), do: IO.puts(IEx.color(:eval_error, text))
  defp print({:died, :interrupted}, _face), do: IO.puts("(interrupted; a new process goes on with your variables)")

  defp print({:died, reason}, _face) do
    IO.puts("** the process that ran your code has ended: #{Exception.format_exit(reason)}")
    IO.puts("   A new one goes on with your variables.")
  end

  defp passed(state) do
    done = Enum.uniq(state.done ++ [lesson(state).id])
    Progress.save(state.path, done)
    IO.puts("✓ #{praise(state.at)}")
    move(%{state | done: done}, state.at + 1)
  end

  defp praise(at), do: elem({"Right.", "Well done.", "That is it.", "Exactly.", "Yes."}, rem(at, 5))
end

defmodule IEx.Learn.Progress do
  @moduledoc false
  # The lessons that are done, one identifier a line.

  @doc "Where progress is kept: under `$XDG_STATE_HOME`, or `~/.local/state`; nil where there is no home."
  @spec path() :: Path.t() | nil
  def path do
    case {System.get_env("XDG_STATE_HOME"), System.get_env("HOME")} do
      {folder, _} when folder not in [nil, ""] -> Path.join([folder, "phial", "learn"])
      {_, home} when home not in [nil, ""] -> Path.join([home, ".local", "state", "phial", "learn"])
      _ -> nil
    end
  end

  def load(nil), do: []

  def load(path) do
    known = for lesson <- IEx.Learn.lessons(), into: %{}, do: {Atom.to_string(lesson.id), lesson.id}

    case File.read(path) do
      {:ok, text} -> text |> String.split() |> Enum.map(&known[&1]) |> Enum.reject(&is_nil/1) |> Enum.uniq()
      {:error, _} -> []
    end
  end

  def save(nil, _done), do: :ok

  def save(path, done) do
    File.mkdir_p(Path.dirname(path))
    File.write(path, Enum.map(done, &[Atom.to_string(&1), "\n"]))
  end
end

defmodule IEx.Learn.Runner do
  @moduledoc false
  # The process that runs what is typed. It keeps the variables; when it dies of what was typed, another takes over with those of before.

  def start(leader), do: spawned(%{binding: [], env: IEx.Evaluator.with_helpers(Code.env_for_eval(file: "learn"))}, leader)

  # A lesson begins in a new process: nothing is in its mailbox, and what was linked to the old one has ended. The variables stay.
  def renew(%{pid: pid, ref: ref} = runner) do
    with {:links, links} <- Process.info(pid, :links) do
      monitors = [ref | for(other <- links, is_pid(other), do: Process.monitor(other))]
      send(pid, {:end, self()})
      Enum.each(monitors, &gone/1)
    end

    spawned(runner.context, runner.leader)
  end

  defp gone(monitor) do
    receive do
      {:DOWN, ^monitor, :process, _, _} -> :ok
    after
      200 -> Process.demonitor(monitor, [:flush])
    end
  end

  defp spawned(context, leader) do
    owner = self()

    {pid, ref} =
      spawn_monitor(fn ->
        Process.group_leader(self(), leader)
        serve(owner, context)
      end)

    %{pid: pid, ref: ref, context: context, leader: leader}
  end

  # {runner, face, {:ok, value, verdict} | {:raised, text} | {:died, reason}}
  def run(runner, face, code, check) do
    send(runner.pid, {:run, self(), code, check})
    {runner, face, result} = wait(runner, face)
    {runner, result} = restarted({runner, result})
    {runner, face, result}
  end

  # Meanwhile there may be keys: Ctrl-C interrupts.
  defp wait(%{pid: pid, ref: ref} = runner, face) do
    receive do
      {^pid, context, result} -> {%{runner | context: context}, face, settled(pid, ref, result)}
      {:DOWN, ^ref, :process, ^pid, reason} -> {spawned(runner.context, runner.leader), face, {:died, reason}}
      message when message == :hung_up or elem(message, 0) in [:phial_ready, :shell_events, :read_line, :read_dropped] ->
        keys(runner, IEx.Terminal.busy(face, message))
    end
  end

  defp keys(runner, {:ok, face}), do: wait(runner, face)

  defp keys(runner, {:eof, face}) do
    send(self(), :hung_up)
    keys(runner, {:interrupt, face})
  end

  defp keys(%{pid: pid, ref: ref} = runner, {:interrupt, face}) do
    Process.demonitor(ref, [:flush])
    Process.exit(pid, :kill)
    {spawned(runner.context, runner.leader), face, {:died, :interrupted}}
  end

  # A link may kill the process just after its answer; asking whether it lives waits for what is on its way to it.
  defp settled(pid, ref, result) do
    if Process.alive?(pid) do
      result
    else
      receive do
        {:DOWN, ^ref, :process, ^pid, reason} -> {:died, reason}
      end
    end
  end

  defp restarted({runner, {:died, _} = result}),
    do: {if(Process.alive?(runner.pid), do: runner, else: spawned(runner.context, runner.leader)), result}
  defp restarted(other), do: other

  defp serve(owner, context) do
    receive do
      {:run, ^owner, code, check} ->
        {context, result} = run_here(code, context, check)
        send(owner, {self(), context, result})
        serve(owner, context)

      {:peek, from, ref, fun} ->
        send(from, {ref, fun.(context)})
        serve(owner, context)

      {:end, ^owner} ->
        exit(:shutdown)
    end
  end

  defp run_here(code, context, check) do
    quoted = Code.string_to_quoted!(code, file: "learn")
    {value, binding, env} = IEx.Evaluator.eval(quoted, context.binding, context.env)
    verdict = verdict(check, %{value: value, binding: binding, code: code})
    {%{binding: binding, env: env}, {:ok, value, verdict}}
  catch
    kind, reason -> {context, {:raised, banner(kind, reason, __STACKTRACE__)}}
  end

  # A check may stumble over what it did not expect; then it does not hold.
  defp verdict(check, done) do
    check.(done)
  catch
    _, _ -> false
  end

  defp banner(kind, reason, stack) do
    {blamed, stack} = Exception.blame(kind, reason, stack)
    Exception.format_banner(kind, blamed, stack)
  end
end
