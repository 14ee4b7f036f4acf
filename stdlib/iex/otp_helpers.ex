# SPDX-License-Identifier: Apache-2.0
# The shell's commands for OTP. Each prints, and returns what the shell does not show; the data behind it comes from a module of its own.
defmodule IEx.OTP do
  @moduledoc """
  Commands for looking at processes: `tree`, `ps`, `mailbox`, `links`, `trace`, `msc`, `pause`, `step`, `resume`, `clock`.

  Wherever a process is meant, its pid or its name will do.
  """

  alias IEx.OTP.{Msc, Processes, Trace, Tree}

  @silent :"do not show this result in output"

  @doc """
  Draws the supervision tree: of everything, of a supervisor, or of an application.

  Each line has the name, the status, the messages that wait and how often the child was restarted; with `state: true` the state of each
  server too.
  """
  @spec tree(Processes.target(), keyword) :: atom
  def tree(what \\ :all, opts \\ [])
  def tree([{_, _} | _] = opts, []), do: tree(:all, opts)

  def tree(what, opts) do
    case Tree.build(what, Keyword.validate!(opts, [:state])) do
      [] -> say("no supervisor runs, and no process but the shell's own")
      tree -> say(Tree.text(tree))
    end
  end

  @doc """
  Lists processes, the largest first, by `:memory`, `:reductions` or `:queue`; at most `limit:` (20) of them. A number instead of options
  is the limit.
  """
  @spec ps(:memory | :reductions | :queue, keyword | pos_integer) :: atom
  def ps(by \\ :memory, opts \\ [])
  def ps([{_, _} | _] = opts, []), do: ps(:memory, opts)
  def ps(limit, []) when is_integer(limit), do: ps(:memory, limit: limit)
  def ps(by, limit) when is_integer(limit), do: ps(by, limit: limit)

  def ps(by, _opts) when by not in [:memory, :reductions, :queue] do
    raise ArgumentError, "processes are listed by :memory, :reductions or :queue, not by #{inspect(by)}"
  end

  def ps(by, opts) do
    all = Processes.list(by)
    limit = Keyword.validate!(opts, limit: 20)[:limit]
    more = length(all) - limit
    say([all |> Enum.take(limit) |> Processes.table(), if(more > 0, do: "\n(#{more} more)", else: "")])
  end

  @doc "Shows the messages that wait in a process's mailbox, oldest first."
  @spec mailbox(Processes.target()) :: atom
  def mailbox(target) do
    case Processes.mailbox(target) do
      [] -> say("no message waits")
      messages -> messages |> Enum.with_index(1) |> Enum.map_join("\n", fn {m, i} -> "#{i}. #{inspect(m)}" end) |> say()
    end
  end

  @doc "Shows whom a process is linked to, whom it monitors and who monitors it."
  @spec links(Processes.target()) :: atom
  def links(target), do: target |> Processes.relations_text() |> say()

  @doc """
  Prints the messages of a process as they pass, until `trace_stop/1`. Options: `only: [:send, :receive, :procs]`, `spawned: true` to follow
  the processes it starts, `io: true` to show input and output.
  """
  @spec trace(Processes.target(), keyword) :: atom
  def trace(target, opts \\ []) do
    case Trace.start(target, Keyword.validate!(opts, [:only, :spawned, :io])) do
      :ok -> say("tracing #{Processes.name(Processes.find!(target))}; trace_stop() ends it")
      {:error, :traced} -> say("somebody else traces that process")
    end
  end

  @doc "Ends `trace/2`, of one process or of all."
  @spec trace_stop(Processes.target() | :all) :: atom
  def trace_stop(target \\ :all) do
    Trace.stop(target)
    @silent
  end

  @doc """
  Runs the function and draws the messages that it causes, then returns its value. `file: "x.svg"` draws a picture into a file, `.mmd` or
  `.md` the source of a Mermaid diagram, another extension text. What the function raises is raised when it has been drawn.
  Further options: see `IEx.OTP.Msc.record/2`.
  """
  @spec msc((() -> value), keyword) :: value when value: term
  def msc(fun, opts \\ []) when is_function(fun, 0) do
    {outcome, record} = Msc.capture(fun, Keyword.validate!(opts, [:file, :wait, :limit, :io, :name]))
    show(record, opts[:file])
    Msc.outcome(outcome)
  end

  defp show(%{events: []}, _file), do: say("(no messages)")
  defp show(record, nil), do: IO.write(Msc.Text.draw(record, terminal_width()))

  defp show(record, file) do
    File.write!(file, Msc.draw(record, file))
    say("#{length(record.events)} events of #{length(record.people)} processes drawn in #{file}")
  end

  # Where there is no terminal, nothing needs to be narrow.
  defp terminal_width do
    case :io.columns() do
      {:ok, columns} -> columns
      {:error, _} -> :infinity
    end
  end

  @doc "Stops a process where it is. Messages go on to arrive in its mailbox; `step/1` lets it take one, `resume/1` lets it run."
  @spec pause(Processes.target()) :: atom
  def pause(target) do
    case Processes.pause(target) do
      :ok -> say("#{label(target)} is paused")
      {:error, :already_paused} -> say("#{label(target)} is paused already")
      {:error, :vital} -> say("the shell needs #{label(target)}: it cannot be paused")
    end
  end

  @doc "Lets a paused process run again."
  @spec resume(Processes.target()) :: atom
  def resume(target) do
    case Processes.resume(target) do
      :ok -> say("#{label(target)} runs")
      {:error, :not_paused} -> say("#{label(target)} is not paused")
    end
  end

  @doc "Lets a paused process take one message and do what it does with it; or run for one turn, if it is in the middle of something."
  @spec step(Processes.target()) :: atom
  def step(target) do
    label = label(target)

    case Processes.step(target) do
      {:message, message} -> say("#{label} took #{Processes.describe(message)}#{waiting(target)}")
      :turn -> say("#{label} ran for a turn#{waiting(target)}")
      :waits -> say("#{label} waits for a message#{waiting(target)}")
      :exit -> say("#{label} has ended")
      {:error, :not_paused} -> say("#{label} is not paused")
    end
  end

  defp waiting(target) do
    case length(Processes.mailbox(target)) do
      0 -> ""
      1 -> "; 1 message waits"
      n -> "; #{n} messages wait"
    end
  end

  @doc """
  Shows the virtual clock, or changes it: `clock(:stop)`, `clock(:run)`, or `clock(ms)`, which stops it after letting that much time pass, with
  every timer on the way firing in its order. Only under `--virtual-time`.
  """
  @spec clock(:show | :stop | :run | non_neg_integer) :: atom
  def clock(how \\ :show) do
    if :phial_world.virtual?(), do: change_clock(how), else: say("the clock is the world's; start phial with --virtual-time to have one of your own")
  end

  defp change_clock(:show), do: say(clock_text())

  defp change_clock(:stop) do
    :phial_world.stop(0)
    say(clock_text())
  end

  defp change_clock(:run) do
    :phial_world.run()
    say(clock_text())
  end

  # The timer is armed while the clock stands, so that it is due at the very moment at which the clock stops again.
  defp change_clock(ms) when is_integer(ms) and ms >= 0 do
    :phial_world.stop(0)
    timer = :erlang.start_timer(ms, self(), :clock)
    :phial_world.stop(ms)
    receive do: ({:timeout, ^timer, :clock} -> settle())
    say(clock_text())
  end

  defp change_clock(what), do: raise(ArgumentError, "the clock takes :stop, :run or a number of milliseconds to let pass, not #{inspect(what)}")

  # At low priority the caller runs when the others have done what they were woken for.
  defp settle do
    before = Process.flag(:priority, :low)
    :erlang.yield()
    Process.sleep(0)
    Process.flag(:priority, before)
  end

  defp clock_text do
    {timers, next} = :phial_world.timers()
    seconds = :io_lib.format("~.3f", [System.monotonic_time() / System.convert_time_unit(1, :second, :native)])
    what = if :phial_world.stopped?(), do: "stopped", else: "running"

    armed =
      case timers do
        0 -> "no timer is armed"
        1 -> "1 timer is armed, due in #{next} ms"
        n -> "#{n} timers are armed, the next is due in #{next} ms"
      end

    "virtual clock: #{seconds} s since the start, #{what}; #{armed}"
  end

  defp label(target) do
    case Processes.find(target) do
      nil -> inspect(target)
      pid -> Processes.name(pid)
    end
  end

  defp say(text) do
    IO.puts(text)
    @silent
  end
end
