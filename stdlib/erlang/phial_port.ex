# SPDX-License-Identifier: Apache-2.0
#
# :phial_port, the process behind a port: it reads what the program writes, writes what it is sent, and tells the owner.
#
# Invariants: the process's pid is the port itself, and it traps exits; what is to be written waits in `queue` in order; a request by function call
# ({:phial_port, from, ref, request}) gets one answer, a request by message the message its protocol names, or the port ends
# with :badsig; the port ends with its owner.
defmodule :phial_port do
  @moduledoc false

  @chunk 65536

  @doc "The loop of the port process; natives start it."
  def serve(state, read, write, os_pid) do
    if read, do: :phial_fd.watch(read)

    loop(
      Map.merge(state, %{
        read: read,
        write: write,
        os_pid: os_pid,
        buffer: "",
        queue: "",
        input: 0,
        output: 0,
        status: nil,
        ended: false
      })
    )
  end

  @doc "erlang:open_port/2."
  def open(name, options) do
    unless is_list(options), do: argument(2, "not a list")
    settings = Enum.reduce(options, defaults(name), &option/2)
    {settings, state} = Map.split(settings, [:arg0, :cd, :env, :stderr_to_stdout, :use_stdio, :in, :out, :args])
    state = %{state | owner: self()}

    case start(name, directions(settings), state) do
      port when is_port(port) -> port
      {:error, :badarg} -> argument(1, "invalid port name")
      {:error, reason} -> :erlang.error(reason)
    end
  end

  defp start({:spawn, command}, settings, state) do
    command = "exec " <> text(command)
    :phial_port.open("/bin/sh", ["-c", command], %{settings | arg0: "sh"}, state)
  end

  defp start({:spawn_executable, path}, settings, state) do
    case :phial_file.info(path, true) do
      {:ok, _} -> :phial_port.open(path, settings.args || [], settings, state)
      error -> error
    end
  end

  defp start({:fd, read, write}, settings, state),
    do: :phial_port.open_fds(if(settings.in, do: read), if(settings.out, do: write), state)

  defp start(_, _, _), do: {:error, :badarg}

  defp defaults(name) do
    shown = with {_, command} when is_list(command) or is_binary(command) <- name, do: to_charlist(text(command))

    %{
      kind: if(is_tuple(name) and tuple_size(name) > 0, do: elem(name, 0)),
      name: shown,
      owner: nil,
      mode: :stream,
      binary: false,
      exit_status: false,
      eof: false,
      in: nil,
      out: nil,
      use_stdio: true,
      stderr_to_stdout: false,
      cd: nil,
      env: [],
      arg0: nil,
      args: nil
    }
  end

  # Neither :in nor :out means both.
  defp directions(%{in: nil, out: nil} = settings), do: %{settings | in: true, out: true}
  defp directions(settings), do: settings

  defp option(flag, acc) when flag in [:binary, :exit_status, :eof, :in, :out, :stderr_to_stdout], do: Map.put(acc, flag, true)
  defp option(:stream, acc), do: %{acc | mode: :stream}
  defp option(:use_stdio, acc), do: acc
  defp option(:nouse_stdio, acc), do: %{acc | use_stdio: false}
  defp option(:hide, acc), do: acc
  defp option(:overlapped_io, acc), do: acc
  defp option({:parallelism, flag}, acc) when is_boolean(flag), do: acc
  defp option({:busy_limits_port, _}, acc), do: acc
  defp option({:busy_limits_msgq, _}, acc), do: acc
  defp option({:line, max}, acc) when is_integer(max) and max > 0, do: %{acc | mode: {:line, max}}
  defp option({:packet, size}, acc) when size in [1, 2, 4], do: %{acc | mode: {:packet, size}}
  defp option({:cd, dir}, acc) when is_list(dir) or is_binary(dir), do: %{acc | cd: dir}
  defp option({:arg0, name}, %{kind: :spawn_executable} = acc), do: %{acc | arg0: name}
  defp option({:args, args}, %{kind: :spawn_executable} = acc) when is_list(args), do: %{acc | args: args}
  defp option({key, _}, _) when key in [:args, :arg0], do: argument(1, "must be spawn_executable")

  defp option({:env, list}, acc) when is_list(list) do
    if Enum.all?(list, &variable?/1), do: %{acc | env: list}, else: argument(2, "invalid option in list")
  end

  defp option(_, _), do: argument(2, "invalid option in list")

  defp variable?({name, value}) when is_list(name), do: is_list(value) or value == false
  defp variable?(_), do: false

  defp text(chars) when is_list(chars) or is_binary(chars), do: IO.chardata_to_string(chars)
  defp text(_), do: argument(1, "invalid port name")

  @doc "Raises the error of an argument."
  def argument(n, text) do
    nth = if n == 1, do: "1st", else: "2nd"
    raise ArgumentError, "errors were found at the given arguments:\n\n  * #{nth} argument: #{text}\n"
  end

  @doc "Asks the port: {:ok, answer}, or :closed if it is none any more."
  def call(port, request) do
    ref = :erlang.monitor(:port, port)
    send(port, {:phial_port, self(), ref, request})

    receive do
      {:phial_port_reply, ^ref, answer} ->
        :erlang.demonitor(ref, [:flush])
        {:ok, answer}

      {:DOWN, ^ref, _, _, _} ->
        :closed
    end
  end

  defp loop(%{read: read, write: write, os_pid: os_pid, owner: owner} = state) do
    receive do
      {:phial_ready, ^read} -> loop(readable(state))
      {:phial_ready_out, ^write} -> loop(flushed(state))
      {:phial_child, ^os_pid, status} -> loop(finished(%{state | status: status}))
      {:phial_port, from, ref, request} -> loop(answered(request, from, ref, state))
      {:EXIT, from, reason} -> if from == owner or reason != :normal, do: exit(reason), else: loop(state)
      {^owner, request} -> loop(requested(request, state))
      {from, _} when is_pid(from) -> exit(:badsig)
      _ -> loop(state)
    end
  end

  # -- what the program writes ------------------------------------------------------------

  defp readable(%{read: read} = state) do
    case :phial_fd.read(read, @chunk) do
      bytes when is_binary(bytes) ->
        :phial_fd.watch(read)
        deliver(%{state | input: state.input + byte_size(bytes)}, bytes)

      :wait ->
        :phial_fd.watch(read)
        state

      _end_or_error ->
        :phial_fd.close(read)
        finished(%{state | read: nil, ended: true})
    end
  end

  # The end of the output: with `eof` the port stays, with `exit_status` the status is awaited, and comes first.
  defp finished(%{ended: false} = state), do: state
  defp finished(%{exit_status: true, status: nil, os_pid: pid} = state) when pid != nil, do: state

  defp finished(state) do
    if state.exit_status and state.status, do: tell(state, {:exit_status, state.status})
    state = %{state | exit_status: false} |> rest()

    if state.eof do
      tell(state, :eof)
      %{state | ended: false}
    else
      exit(:normal)
    end
  end

  defp rest(%{mode: {:line, _}, buffer: buffer} = state) when buffer != "" do
    data(state, {:noeol, shaped(buffer, state)})
    %{state | buffer: ""}
  end

  defp rest(state), do: state

  defp deliver(%{mode: :stream} = state, bytes) do
    data(state, shaped(bytes, state))
    state
  end

  defp deliver(%{mode: {:line, max}} = state, bytes), do: lines(state.buffer <> bytes, max, state)
  defp deliver(%{mode: {:packet, size}} = state, bytes), do: packets(state.buffer <> bytes, size, state)

  defp lines(bytes, max, state) do
    case :binary.match(bytes, "\n", [{:scope, {0, min(byte_size(bytes), max + 1)}}]) do
      {at, 1} ->
        <<line::binary-size(at), ?\n, rest::binary>> = bytes
        data(state, {:eol, shaped(line, state)})
        lines(rest, max, state)

      :nomatch when byte_size(bytes) > max ->
        <<line::binary-size(max), rest::binary>> = bytes
        data(state, {:noeol, shaped(line, state)})
        lines(rest, max, state)

      :nomatch ->
        %{state | buffer: bytes}
    end
  end

  defp packets(bytes, size, state) do
    case bytes do
      <<length::size(size)-unit(8), packet::binary-size(length), rest::binary>> ->
        data(state, shaped(packet, state))
        packets(rest, size, state)

      _ ->
        %{state | buffer: bytes}
    end
  end

  defp shaped(bytes, %{binary: true}), do: bytes
  defp shaped(bytes, _), do: :erlang.binary_to_list(bytes)

  defp data(state, data), do: tell(state, {:data, data})
  defp tell(state, message), do: send(state.owner, {self(), message})

  # -- what it is sent --------------------------------------------------------------------

  defp requested({:command, data}, state) do
    case bytes(data) do
      {:ok, bytes} -> write(bytes, state)
      :error -> exit(:badsig)
    end
  end

  defp requested(:close, state) do
    tell(state, :closed)
    exit(:normal)
  end

  defp requested({:connect, pid}, state) when is_pid(pid) do
    tell(state, :connected)
    %{state | owner: pid}
  end

  defp requested(_, _), do: exit(:badsig)

  defp answered({:command, bytes}, from, ref, state) do
    if state.write == nil, do: exit(:ebadf)
    reply(from, ref, true)
    write(bytes, state)
  end

  # The caller sees the port gone once it has its answer.
  defp answered(:close, _from, _ref, _state), do: exit(:normal)

  # By function the new owner is linked, by message it is not.
  defp answered({:connect, pid}, from, ref, state) do
    Process.link(pid)
    reply(from, ref, true)
    %{state | owner: pid}
  catch
    :error, _ -> exit(:noproc)
  end

  defp answered(:info, from, ref, state) do
    reply(from, ref, info(state))
    state
  end

  defp reply(from, ref, answer), do: send(from, {:phial_port_reply, ref, answer})

  defp info(state) do
    {:links, links} = :erlang.process_info(self(), :links)
    {:registered_name, name} = with [] <- :erlang.process_info(self(), :registered_name), do: {:registered_name, []}

    [
      registered_name: name,
      name: state.name,
      links: links,
      id: :erlang.list_to_integer(Enum.drop(:erlang.port_to_list(self()), 8) |> Enum.drop(-1)),
      connected: state.owner,
      input: state.input,
      output: state.output,
      os_pid: state.os_pid || :undefined,
      monitors: [],
      monitored_by: elem(:erlang.process_info(self(), :monitored_by), 1),
      queue_size: byte_size(state.queue)
    ]
  end

  @doc "Iodata as a binary: {:ok, bytes} or :error."
  def bytes(data) when is_binary(data) or is_list(data) do
    {:ok, :erlang.iolist_to_binary(data)}
  catch
    :error, :badarg -> :error
  end

  def bytes(_), do: :error

  defp write(_bytes, %{write: nil}), do: exit(:ebadf)

  defp write(bytes, state) do
    framed = framed(bytes, state.mode)
    state = %{state | output: state.output + byte_size(bytes)}
    if state.queue == "", do: flushed(%{state | queue: framed}), else: %{state | queue: state.queue <> framed}
  end

  defp framed(bytes, {:packet, size}), do: <<byte_size(bytes)::size(size)-unit(8), bytes::binary>>
  defp framed(bytes, _), do: bytes

  defp flushed(%{queue: ""} = state), do: state

  defp flushed(%{queue: queue, write: fd} = state) do
    case :phial_fd.write(fd, queue) do
      {:error, reason} ->
        exit(reason)

      written when written == byte_size(queue) ->
        %{state | queue: ""}

      written ->
        :phial_fd.watch_out(fd)
        %{state | queue: binary_part(queue, written, byte_size(queue) - written)}
    end
  end
end
