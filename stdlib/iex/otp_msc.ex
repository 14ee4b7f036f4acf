# SPDX-License-Identifier: Apache-2.0
# Recording what a function sends: all processes are traced while it runs, and what follows from the function is kept.
#
# Invariant: a process takes part from the first message, link of cause and effect, that leads from the caller to it; what others do among
# themselves, input and output, and the recording itself leave no trace in the record.
defmodule IEx.OTP.Msc do
  @moduledoc "Records the messages of a function, as data; `IEx.OTP.Msc.Text`, `Mermaid` and `Svg` draw them."

  alias IEx.OTP.Processes

  @typedoc """
  One event: `:message` from one to another, `:arrival` of a message that nobody sent (a timer's, an exit's), `:spawn` of `to` by `from`,
  `:exit` of `from`. `reply` tells that a message answers a call.
  """
  @type event :: %{kind: :message | :arrival | :spawn | :exit, from: pid, to: pid | nil, text: String.t(), reply: boolean}
  @type record :: %{value: term, people: [{pid, String.t()}], events: [event], cut: non_neg_integer}

  @limit 200
  @settle 20

  @doc """
  Calls `fun` in the calling process and records what it causes. What is set going has `wait:` (#{@settle}) milliseconds to come to rest
  after the function has returned. At most `limit:` (#{@limit}) events are kept; `cut` says how many were more. `io: true` keeps input and
  output.
  """
  @spec record((() -> value), keyword) :: %{value: value, people: [{pid, String.t()}], events: [event], cut: non_neg_integer} when value: term
  def record(fun, opts \\ []) when is_function(fun, 0) do
    {outcome, record} = capture(fun, opts)
    Map.put(record, :value, outcome(outcome))
  end

  @doc "As `record/2`, of functions that raise, too: `{outcome, record}`, where `outcome/1` returns or raises what the function did."
  @spec capture((() -> term), keyword) :: {tuple, %{people: [{pid, String.t()}], events: [event], cut: non_neg_integer}}
  def capture(fun, opts) do
    caller = self()
    name = opts[:name] || caller_name()
    recorder = spawn(fn -> recorder(caller, name, opts) end)
    flags = [:send, :receive, :procs, {:tracer, recorder}]
    :erlang.trace(:all, true, flags)

    outcome =
      try do
        {:ok, fun.()}
      catch
        kind, reason -> {kind, reason, __STACKTRACE__}
      end

    settle(opts[:wait] || @settle)
    :erlang.trace(:all, false, flags)
    {outcome, finish(recorder)}
  end

  @doc "The value that the function returned; or what it raised is raised."
  @spec outcome(tuple) :: term
  def outcome({:ok, value}), do: value
  def outcome({kind, reason, stack}), do: :erlang.raise(kind, reason, stack)

  defp caller_name do
    case Processes.info(self()) do
      %{name: nil} -> "you"
      %{name: name} -> inspect(name)
    end
  end

  defp settle(0), do: :ok
  defp settle(ms), do: Process.sleep(ms)

  defp finish(recorder) do
    ref = Process.monitor(recorder)
    send(recorder, {:finish, self(), ref})

    receive do
      {^ref, record} ->
        Process.demonitor(ref, [:flush])
        record

      {:DOWN, ^ref, _, _, reason} ->
        exit(reason)
    end
  end

  # -- the recorder ------------------------------------------------------------------------------------------------------------

  defp recorder(caller, name, opts) do
    Process.monitor(caller)

    collect(%{
      caller: caller,
      people: %{caller => {0, name}},
      aliases: %{},
      sent: %{},
      events: [],
      count: 0,
      limit: opts[:limit] || @limit,
      writer: Logger.Writer.whereis(),
      io: opts[:io] == true
    })
  end

  defp collect(state) do
    receive do
      {:finish, from, ref} ->
        people = for {pid, {n, name}} <- state.people, do: {n, pid, name}
        people = for {_, pid, name} <- Enum.sort(people), do: {pid, name}
        send(from, {ref, %{people: people, events: Enum.reduce(state.events, [], &finished/2), cut: max(state.count - state.limit, 0)}})

      # The function was interrupted: nobody will ask for the record.
      {:DOWN, _, :process, pid, _} when pid == state.caller ->
        :erlang.trace(:all, false, [:all])

      event when elem(event, 0) == :trace ->
        collect(note(event, state))

      _other ->
        collect(state)
    end
  end

  # What was sent to an alias that nobody had any more went nowhere.
  defp finished({event, _message}, later) when is_pid(event.to) or event.kind == :exit, do: [event | later]
  defp finished({event, _message}, later), do: [%{event | kind: :arrival, to: event.from, text: event.text <> " (to nobody)"} | later]

  defp note({:trace, _, :send, message, _}, %{io: false} = state) when elem(message, 0) in [:io_request, :io_reply], do: state
  defp note({:trace, _, :receive, message}, %{io: false} = state) when elem(message, 0) in [:io_request, :io_reply], do: state

  # The writer of the log belongs to input and output.
  defp note(event, %{io: false} = state) when elem(event, 1) == state.writer, do: state
  defp note({:trace, _, :send, _, writer}, %{io: false, writer: writer} = state) when is_pid(writer), do: state
  defp note({:trace, _, :receive, {_, :flushed}}, %{io: false} = state), do: state

  defp note({:trace, from, event, message, to}, state) when event in [:send, :send_to_non_existing_process] do
    state = remember_alias(message, state)
    to = destination(to, state)
    if known?(from, state) or (is_pid(to) and known?(to, state)), do: sent(from, to, message, state), else: state
  end

  defp note({:trace, to, :receive, message}, state) do
    if known?(to, state), do: received(to, message, state), else: state
  end

  defp note({:trace, from, :spawn, child, call}, state) do
    if known?(from, state) do
      state = state |> meet(from) |> meet(child, spawned_name(child, call))
      add(state, %{kind: :spawn, from: from, to: child, text: "spawn", reply: false})
    else
      state
    end
  end

  defp note({:trace, pid, :register, name}, %{people: people} = state) do
    case people do
      %{^pid => {n, _}} when n > 0 -> %{state | people: %{people | pid => {n, inspect(name)}}}
      _ -> state
    end
  end

  defp note({:trace, pid, :exit, reason}, state) do
    if known?(pid, state), do: add(state, %{kind: :exit, from: pid, to: nil, text: reason(reason), reply: false}), else: state
  end

  defp note(_event, state), do: state

  # A message on its way is remembered until it arrives: what arrives unsent is a timer's or the VM's.
  defp sent(from, to, message, state) do
    state = if is_pid(to), do: state |> meet(from) |> meet(to), else: meet(state, from)
    state = update_in(state.sent[{to, message}], &((&1 || 0) + 1))
    add(state, %{kind: :message, from: from, to: to, text: text(message), reply: reply?(message)}, message)
  end

  defp received(to, message, state) do
    case Map.get(state.sent, {to, message}) do
      nil -> through_alias(to, message, state)
      1 -> %{state | sent: Map.delete(state.sent, {to, message})}
      n -> put_in(state.sent[{to, message}], n - 1)
    end
  end

  # Who has an alias shows when a message that was sent to it arrives.
  defp through_alias(to, message, state) do
    case Enum.find(state.events, fn {event, sent} -> is_reference(event.to) and sent == message end) do
      {%{to: ref}, _} ->
        events = Enum.map(state.events, fn {event, sent} -> {if(event.to == ref, do: %{event | to: to}, else: event), sent} end)
        %{state | events: events, aliases: Map.put(state.aliases, ref, to)}

      nil ->
        unsent(to, message, state)
    end
  end

  defp text(message), do: message |> Processes.describe() |> Processes.shorten(36)

  defp unsent(to, message, state) do
    case dead(message) do
      from when is_pid(from) and is_map_key(state.people, from) ->
        add(state, %{kind: :message, from: from, to: to, text: signal(message), reply: false})

      :asked ->
        state

      _ ->
        add(state, %{kind: :arrival, from: to, to: to, text: text(message), reply: false})
    end
  end

  defp dead({:DOWN, _, :process, pid, _}), do: pid
  defp dead({:EXIT, pid, _}), do: pid
  # The VM's answer to somebody who looks at a process.
  defp dead({ref, _}) when is_reference(ref), do: :asked
  defp dead(_), do: nil

  defp signal(message) when elem(message, 0) == :DOWN, do: "DOWN #{reason(elem(message, 4))}"
  defp signal({:EXIT, _, reason}), do: "EXIT #{reason(reason)}"

  defp reason({reason, [{_, _, _, _} | _] = _stack}), do: reason(reason)
  defp reason(%{__exception__: true} = error), do: Processes.shorten(Exception.message(error), 40)
  defp reason(reason), do: Processes.shorten(inspect(reason), 40)

  defp reply?({tag, _}) when is_reference(tag), do: true
  defp reply?({[:alias | _], _}), do: true
  defp reply?({:ack, _, _}), do: true
  defp reply?(_), do: false

  # The answer to a call goes to an alias, which only the call tells.
  defp remember_alias({kind, {pid, [:alias | ref]}, _}, state) when kind in [:"$gen_call", :system] and is_pid(pid),
    do: put_in(state.aliases[ref], pid)

  defp remember_alias({kind, {pid, ref}, _}, state) when kind in [:"$gen_call", :system] and is_pid(pid) and is_reference(ref),
    do: put_in(state.aliases[ref], pid)

  defp remember_alias(_message, state), do: state

  defp destination(pid, _state) when is_pid(pid), do: pid
  defp destination({name, node}, state) when is_atom(name) and node == node(), do: destination(name, state)
  defp destination(name, _state) when is_atom(name), do: Process.whereis(name) || name
  defp destination(ref, state), do: Map.get(state.aliases, ref, ref)

  defp known?(pid, state), do: is_map_key(state.people, pid)

  defp meet(state, pid), do: meet(state, pid, nil)

  defp meet(%{people: people} = state, pid, _name) when is_map_key(people, pid), do: state

  defp meet(%{people: people} = state, pid, name) do
    %{state | people: Map.put(people, pid, {map_size(people), name || Processes.name(pid)})}
  end

  # A process of :proc_lib is called by its module; its own word counts more while it lives.
  defp spawned_name(pid, {:proc_lib, :init_p, [_, _, :gen, :init_it, args]}), do: gen_name(pid, args)
  defp spawned_name(pid, {:proc_lib, :init_p, [_, _, Task.Supervised, _, _]}), do: "Task #{inspect(pid)}"
  defp spawned_name(pid, {:proc_lib, :init_p, [_, _, module, _, _]}), do: "#{inspect(module)} #{inspect(pid)}"
  defp spawned_name(pid, _call), do: Processes.name(pid)

  defp gen_name(pid, args) do
    case Enum.filter(args, &module?/1) do
      [] -> inspect(pid)
      modules -> "#{inspect(List.last(modules))} #{inspect(pid)}"
    end
  end

  defp module?(atom), do: is_atom(atom) and String.starts_with?(Atom.to_string(atom), "Elixir.")

  # Newest first, each with the message itself while the recording lasts.
  defp add(state, event, message \\ nil)
  defp add(%{count: count, limit: limit} = state, _event, _message) when count >= limit, do: %{state | count: count + 1}
  defp add(state, event, message), do: %{state | events: [{event, message} | state.events], count: state.count + 1}

  # -- the command ---------------------------------------------------------------------------------------------------------------

  @doc "Draws a record: as text, or in the format of the file's name (`.svg`, `.mmd` or `.md` for Mermaid, otherwise text)."
  @spec draw(record, Path.t() | nil) :: String.t()
  def draw(record, file \\ nil) do
    case file && Path.extname(file) do
      ".svg" -> IEx.OTP.Msc.Svg.draw(record)
      ".mmd" -> IEx.OTP.Msc.Mermaid.draw(record)
      ".md" -> "```mermaid\n" <> IEx.OTP.Msc.Mermaid.draw(record) <> "```\n"
      _ -> IEx.OTP.Msc.Text.draw(record)
    end
  end
end
