# SPDX-License-Identifier: Apache-2.0
# Watching messages as they pass: one process of the shell's is the tracer of all that are watched and prints a line for each event.
# Invariant: there is at most one such process, registered under this module's name; when it ends, the VM forgets the flags.
defmodule IEx.OTP.Trace do
  @moduledoc "Prints the messages of processes as they pass."

  alias IEx.OTP.Processes

  @flags [:send, :receive, :procs]

  @doc """
  Begins to print what the process does: messages in and out, links, spawns and its end. Options: `only:` one or more of `:send`,
  `:receive`, `:procs`; `spawned: true` follows the processes it starts; `io: true` shows input and output too.
  """
  @spec start(Processes.target(), keyword) :: :ok | {:error, :self | :traced}
  def start(target, opts \\ []) do
    pid = Processes.find!(target)
    flags = List.wrap(opts[:only] || @flags) ++ if opts[:spawned], do: [:set_on_spawn], else: []
    tracer = tracer()
    send(tracer, {:show, pid, Processes.name(pid), opts[:io] == true})

    case :erlang.trace_info(pid, :tracer) do
      {:tracer, other} when is_pid(other) and other != tracer ->
        {:error, :traced}

      _ ->
        :erlang.trace(pid, true, [{:tracer, tracer} | flags])
        :ok
    end
  end

  @doc "Ends the watching of one process, or of all. Every event from before has been printed when it returns."
  @spec stop(Processes.target() | :all) :: :ok
  def stop(target \\ :all) do
    case Process.whereis(__MODULE__) do
      nil ->
        :ok

      tracer ->
        if target == :all,
          do: :erlang.trace(:existing, false, [:all, {:tracer, tracer}]),
          else: :erlang.trace(Processes.find!(target), false, [:all])

        await(tracer, if(target == :all, do: :stop, else: :flush))
    end
  end

  defp await(tracer, request) do
    ref = Process.monitor(tracer)
    send(tracer, {request, self(), ref})

    receive do
      {^ref, :done} -> Process.demonitor(ref, [:flush])
      {:DOWN, ^ref, _, _, _} -> true
    end

    :ok
  end

  # -- the tracer ------------------------------------------------------------------------------------------------------------

  defp tracer do
    Process.whereis(__MODULE__) || start_tracer()
  end

  defp start_tracer do
    tracer = spawn(fn -> loop(%{names: %{}, io: false, started: System.monotonic_time()}) end)
    Process.register(tracer, __MODULE__)
    tracer
  end

  defp loop(state) do
    receive do
      {:show, pid, name, io} ->
        loop(%{state | names: Map.put(state.names, pid, name), io: state.io or io})

      {:flush, from, ref} ->
        send(from, {ref, :done})
        loop(state)

      {:stop, from, ref} ->
        Process.unregister(__MODULE__)
        send(from, {ref, :done})

      event ->
        state = learn(event, state)
        if shown?(event, state), do: IO.puts(line(event, state))
        loop(state)
    end
  end

  # Names are asked for when a process is first met: later it may have ended.
  defp learn(event, state) do
    state = learn_alias(event, state)
    event |> Tuple.to_list() |> Enum.filter(&is_pid/1) |> Enum.reduce(state, &learn_name/2)
  end

  # The answer to a call goes to an alias.
  defp learn_alias({:trace, _, :receive, {kind, {pid, [:alias | ref]}, _}}, %{names: names} = state) when kind in [:"$gen_call", :system] and is_pid(pid),
    do: %{state | names: Map.put(names, ref, Map.get_lazy(names, pid, fn -> Processes.name(pid) end))}

  defp learn_alias(_event, state), do: state

  defp learn_name(pid, %{names: names} = state) when is_map_key(names, pid), do: state
  defp learn_name(pid, state), do: %{state | names: Map.put(state.names, pid, Processes.name(pid))}

  defp shown?({:trace, _, event, message, _}, state) when event in [:send, :send_to_non_existing_process], do: state.io or not io?(message)
  defp shown?({:trace, _, :receive, message}, state), do: state.io or not io?(message)
  defp shown?(_event, _state), do: true

  @doc false
  def io?({:io_request, _, _, _}), do: true
  def io?({:io_reply, _, _}), do: true
  def io?(_), do: false

  defp line(event, state), do: "[#{time(state)}] #{phrase(event, state)}"

  defp time(%{started: started}) do
    us = System.convert_time_unit(System.monotonic_time() - started, :native, :microsecond)
    :io_lib.format("~.3f s", [us / 1_000_000])
  end

  defp phrase({:trace, pid, :send, message, to}, s), do: "#{n(pid, s)} ──▶ #{n(to, s)}  #{Processes.describe(message)}"
  defp phrase({:trace, pid, :send_to_non_existing_process, message, to}, s), do: "#{n(pid, s)} ──▶ #{n(to, s)} (dead)  #{Processes.describe(message)}"
  defp phrase({:trace, pid, :receive, message}, s), do: "#{n(pid, s)} ◀── #{Processes.describe(message)}#{from(message, s)}"
  defp phrase({:trace, pid, :spawn, child, call}, s), do: "#{n(pid, s)} spawns #{inspect(child)} #{call(call)}"
  defp phrase({:trace, pid, :spawned, parent, call}, s), do: "#{n(pid, s)} is spawned by #{n(parent, s)} #{call(call)}"
  defp phrase({:trace, pid, :exit, reason}, s), do: "#{n(pid, s)} ends: #{Processes.shorten(Exception.format_exit(reason), 200)}"
  defp phrase({:trace, pid, :link, other}, s), do: "#{n(pid, s)} links to #{n(other, s)}"
  defp phrase({:trace, pid, :unlink, other}, s), do: "#{n(pid, s)} unlinks #{n(other, s)}"
  defp phrase({:trace, pid, :getting_linked, other}, s), do: "#{n(pid, s)} is linked by #{n(other, s)}"
  defp phrase({:trace, pid, :getting_unlinked, other}, s), do: "#{n(pid, s)} loses its link to #{n(other, s)}"
  defp phrase({:trace, pid, :register, name}, s), do: "#{n(pid, s)} is registered as #{inspect(name)}"
  defp phrase({:trace, pid, :unregister, name}, s), do: "#{n(pid, s)} gives up the name #{inspect(name)}"
  defp phrase(event, _s), do: inspect(event)

  defp from({kind, {pid, _}, _}, s) when kind in [:"$gen_call", :system] and is_pid(pid), do: " from #{n(pid, s)}"
  defp from(_message, _s), do: ""

  defp call({:erlang, :apply, [fun, []]}), do: Processes.shorten(inspect(fun), 60)
  defp call({module, function, args}), do: Processes.shorten(Exception.format_mfa(module, function, args), 60)

  defp n(pid, s) when is_pid(pid), do: Map.get_lazy(s.names, pid, fn -> Processes.name(pid) end)
  defp n(to, s), do: Map.get_lazy(s.names, to, fn -> inspect(to) end)
end
