# SPDX-License-Identifier: Apache-2.0
# The server of the shell: prompts, reads statements, has an evaluator process run them, survives that one's death, lends the session to
# processes that stop themselves (pry). Registered as :phial_shell.
# Invariant: at most one statement runs at a time, and a prompt is shown exactly when none does.
defmodule IEx.Server do
  @moduledoc false

  defp banner, do: "Interactive Elixir (#{System.version()}) - press Ctrl+C to exit (type h() ENTER for help)\n"

  @doc "Runs a session in the calling process until input ends. options: dot_iex, binding, env, before (code to evaluate first)."
  def run(options \\ []) do
    Process.register(self(), :phial_shell)
    Process.flag(:priority, :max)
    IO.write(banner())
    {_leader, face} = IEx.Terminal.group_leader(IEx.Terminal.start())
    IEx.Terminal.heed_interrupts(face)
    IEx.Crowd.note_residents()

    %{face: face, options: [first: true] ++ options, interrupted: false, snapshot: nil, evaluator: nil, monitor: nil, stack: [], counter: 1,
      buffer: "", prefix: "iex", activity: :idle}
    |> start_evaluator()
    |> prompt()
  end

  # ---- the evaluator

  defp start_evaluator(state) do
    server = self()
    options = state.options
    IEx.Crowd.disperse()
    {leader, face} = IEx.Terminal.group_leader(state.face)
    {pid, ref} = spawn_monitor(fn -> evaluator(server, leader, options) end)
    :phial_explain.watch(pid)
    state = %{state | face: face, evaluator: pid, monitor: ref, counter: 1, buffer: "", prefix: "iex", stack: [], activity: :idle, interrupted: false}

    await_evaluator(%{state | options: Keyword.delete(options, :first)})
  end

  # Meanwhile it evaluates .iex.exs, which may read lines, and be interrupted. If it ends of that, the next one does without.
  defp await_evaluator(%{evaluator: pid, monitor: ref} = state) do
    receive do
      {:evaluator_ready, ^pid, snapshot} ->
        %{state | snapshot: snapshot}

      {:DOWN, ^ref, :process, ^pid, reason} ->
        died(%{state | options: Keyword.put(state.options, :dot_iex, "")}, reason)

      {:take_over, from, ref, _request} ->
        send(from, {ref, :refused, self()})
        await_evaluator(state)

      message when message in [:interrupted, :hung_up] or elem(message, 0) in [:phial_ready, :shell_events, :read_line, :read_dropped] ->
        starting(state, IEx.Terminal.busy(state.face, message))
    end
  end

  defp starting(state, {:ok, face}), do: await_evaluator(%{state | face: face})

  defp starting(state, {why, face}) do
    if why == :eof, do: send(self(), :hung_up)
    IEx.Terminal.interrupt(state.evaluator)
    await_evaluator(%{state | face: face, interrupted: true})
  end

  defp evaluator(server, leader, options) do
    Process.group_leader(self(), leader)
    IEx.Evaluator.init(server, options)
  end

  # The user has interrupted the statement: a new process goes on with the variables of the last one that was complete.
  defp died(%{interrupted: true, snapshot: {binding, env, history}} = state, _reason) do
    IO.write([IEx.color(:eval_interrupt, "(interrupted; the shell's process is a new one, its variables are kept)"), ?\n])
    counter = state.counter
    options = state.options
    state = start_evaluator(%{state | options: [binding: binding, env: env, history: history]})
    %{state | options: options, counter: counter}
  end

  # It was the first statement, or the variables were too much to be kept.
  defp died(%{interrupted: true} = state, _reason) do
    IO.write([IEx.color(:eval_interrupt, "(interrupted; the shell's process is a new one)"), ?\n])
    counter = state.counter
    %{start_evaluator(state) | counter: counter}
  end

  # The evaluator has ended: the session begins anew.
  defp died(state, reason) do
    unless normal?(reason), do: IO.write(epitaph(state, reason))
    IO.write([?\n, banner()])
    start_evaluator(%{state | snapshot: nil})
  end

  # Whatever a statement has made of Inspect, the session goes on.
  defp epitaph(state, reason) do
    banner = "** (EXIT from #{inspect(state.evaluator)}) shell process exited with reason: " <> Exception.format_exit(reason)
    [IEx.color(:eval_error, banner), ?\n, IEx.Terminal.explain(state.face, state.evaluator, reason)]
  catch
    _, _ -> "** the shell's process exited with a reason that cannot be shown\n"
  end

  defp normal?(reason), do: reason in [:normal, :phial_respawn]

  # ---- prompt and input

  defp prompt(state) do
    IEx.Terminal.revive()
    kind = if state.buffer == "", do: :default, else: :continuation
    face =
      IEx.Terminal.prompt(
        state.face,
        IEx.Config.prompt(kind, state.prefix, state.counter),
        IEx.Config.prompt(:continuation, state.prefix, state.counter)
      )
    wait_input(%{state | face: face})
  end

  defp wait_input(%{monitor: monitor, evaluator: pid} = state) do
    receive do
      {:DOWN, ^monitor, :process, ^pid, reason} ->
        state |> withdraw() |> pop_or_restart(reason) |> prompt()

      {:take_over, from, ref, request} ->
        state |> withdraw() |> take_over(from, ref, request, :idle) |> prompt()

      {:evaled, other, status, _snapshot} when other != pid ->
        state |> meanwhile(other, status) |> wait_input()

      {:DOWN, _monitor, :process, other, reason} when other != pid ->
        state |> meanwhile(other, {:dead, reason}) |> wait_input()

      message ->
        case IEx.Terminal.input(state.face, message) do
          {:line, text, face} -> evaluate(%{state | face: face}, text)
          {:break, text, face} -> evaluate(%{state | face: face, buffer: text}, "#iex:break\n")
          {:more, face} -> wait_input(%{state | face: face})
          {:again, face} -> prompt(%{state | face: face})
          {:dropped, face} -> prompt(%{state | face: face, buffer: ""})
          {:complete, before, face} -> complete(%{state | face: face}, before)
          {:eof, face} -> leave(%{state | face: face})
        end
    end
  end

  defp complete(state, before) do
    IEx.Terminal.completed(state.face, completions(before, state.evaluator))
    wait_input(state)
  end

  # Whatever was typed, the session goes on.
  defp completions(before, evaluator) do
    IEx.Autocomplete.complete(before, evaluator)
  catch
    _, _ -> {"", []}
  end

  # A prompt is on the screen already: what is told comes after it, and another one then.
  defp withdraw(state), do: %{state | face: IEx.Terminal.cancel(state.face)}

  defp leave(%{stack: []} = state) do
    IEx.Terminal.stop(state.face)
    :ok
  end

  defp leave(state) do
    send(state.evaluator, {:done, self(), :continue})
    state |> pop() |> resume()
  end

  # ---- evaluation

  defp evaluate(state, code) do
    send(state.evaluator, {:eval, self(), code, state.buffer, state.counter})
    wait_evaluation(%{state | face: IEx.Terminal.working(state.face)})
  end

  defp wait_evaluation(%{monitor: monitor, evaluator: pid} = state) do
    receive do
      {:evaled, ^pid, {:ok, buffer}, snapshot} -> prompt(%{keep(state, snapshot) | counter: state.counter + 1, buffer: buffer})
      {:evaled, ^pid, {_status, buffer}, _} -> prompt(%{state | buffer: buffer})
      {:DOWN, ^monitor, :process, ^pid, reason} -> state |> pop_or_restart(reason) |> resume()
      {:take_over, from, ref, request} -> state |> take_over(from, ref, request, :busy) |> resume()
      {:evaled, other, status, _snapshot} when other != pid -> state |> meanwhile(other, status) |> wait_evaluation()
      {:DOWN, _monitor, :process, other, reason} when other != pid -> state |> meanwhile(other, {:dead, reason}) |> wait_evaluation()
      {tag, ^pid} when tag in [:respawn, :continue, :next] -> go_on(state, tag)
      message -> busy(state, IEx.Terminal.busy(state.face, message))
    end
  end

  # What a process that pries has on its stack is no snapshot of the session.
  defp keep(%{stack: []} = state, snapshot), do: %{state | snapshot: snapshot}
  defp keep(state, _snapshot), do: state

  defp busy(state, {:interrupt, face}) do
    IEx.Terminal.interrupt(state.evaluator)
    wait_evaluation(%{state | face: face, interrupted: state.evaluator == outermost(state).evaluator})
  end

  defp busy(state, {:ok, face}), do: wait_evaluation(%{state | face: face})
  defp busy(state, {:eof, face}), do: leave(%{state | face: face, stack: []})

  # ---- pry

  # The process `from` wants the session. Its own evaluator gets it without a question. activity: what the session did meanwhile.
  defp take_over(state, from, ref, request, activity) do
    IO.write(request.text)
    {allowed, state} = if from == state.evaluator, do: {true, state}, else: allowed(state)

    if allowed do
      send(from, {ref, :ok, self()})
      outer = state |> Map.take([:evaluator, :monitor, :counter, :buffer, :prefix]) |> Map.put(:activity, activity)
      monitor = Process.monitor(from)
      state = %{state | evaluator: from, monitor: monitor, counter: 1, buffer: "", prefix: "pry", stack: [outer | state.stack]}

      receive do
        {:evaluator_ready, ^from} -> Map.put(state, :activity, :idle)
        {:DOWN, ^monitor, :process, ^from, reason} -> pop_or_restart(state, reason)
      end
    else
      send(from, {ref, :refused, self()})
      Map.put(state, :activity, activity)
    end
  end

  defp allowed(state) do
    {answer, face} = IEx.Terminal.ask(state.face, "Allow? [Yn] ")
    {is_binary(answer) and String.downcase(String.trim(answer)) in ["", "y", "yes"], %{state | face: face}}
  end

  # What became of a session below the one that pries.
  defp meanwhile(state, pid, news) do
    stack = for outer <- state.stack, do: if(outer.evaluator == pid and pid != state.evaluator, do: ended(outer, news), else: outer)
    %{state | stack: stack}
  end

  defp ended(outer, {:dead, _} = death), do: %{outer | activity: death}
  defp ended(outer, {:ok, buffer}), do: %{outer | activity: :idle, counter: outer.counter + 1, buffer: buffer}
  defp ended(outer, {_status, buffer}), do: %{outer | activity: :idle, buffer: buffer}

  # A session that was interrupted by another is back: its prompt, or the statement it still runs.
  defp resume(%{activity: {:dead, reason}} = state), do: %{state | activity: :idle} |> pop_or_restart(reason) |> resume()
  defp resume(%{activity: :busy} = state), do: wait_evaluation(state)
  defp resume(state), do: prompt(state)

  # `continue`, `next` or `respawn` was the statement: its process goes on, in a session that pries; otherwise a new evaluator starts.
  defp go_on(%{monitor: monitor, evaluator: pid} = state, tag) do
    receive do
      {:evaled, ^pid, _, _} -> gone_on(state, tag)
      {:DOWN, ^monitor, :process, ^pid, reason} -> state |> pop_or_restart(reason) |> resume()
    end
  end

  defp gone_on(%{stack: []} = state, _tag) do
    Process.demonitor(state.monitor, [:flush])
    Process.unlink(state.evaluator)
    Process.exit(state.evaluator, :kill)
    state |> died(:normal) |> prompt()
  end

  defp gone_on(state, tag) do
    send(state.evaluator, {:done, self(), tag})
    state |> pop() |> resume()
  end

  defp pop(%{stack: [outer | stack]} = state) do
    Process.demonitor(state.monitor, [:flush])
    Map.merge(%{state | stack: stack}, outer)
  end

  defp outermost(%{stack: []} = state), do: state
  defp outermost(%{stack: stack}), do: List.last(stack)

  # The death of a process that was pried into gives the session back; the DOWN of the same process for the session below comes by itself.
  defp pop_or_restart(%{stack: [%{evaluator: pid} | _]} = state, reason) do
    if pid != state.evaluator, do: pop(state), else: died(%{state | counter: outermost(state).counter}, reason)
  end

  defp pop_or_restart(state, reason), do: state |> died(reason) |> Map.put(:activity, :idle)
end
