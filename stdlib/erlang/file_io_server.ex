# SPDX-License-Identifier: Apache-2.0
# :file_io_server, the process behind an open file: it serves the I/O protocol and :file's requests.
#
# Invariants: it ends with its owner; the position of the descriptor is ahead of the reader's by the bytes in `buffer`, and
# goes back before anything is written or moved; after an error of the descriptor it has answered it ends.
defmodule :file_io_server do
  @moduledoc false

  @chunk 65536

  @doc "Opens a file for `owner`: {:ok, pid} or {:error, reason}."
  def start(owner, name, modes) do
    ref = make_ref()
    {pid, monitor} = :erlang.spawn_monitor(fn -> init(owner, ref, name, modes) end)

    receive do
      {^ref, :ok} ->
        :erlang.demonitor(monitor, [:flush])
        {:ok, pid}

      {^ref, error} ->
        :erlang.demonitor(monitor, [:flush])
        error

      {:DOWN, ^monitor, _, _, reason} ->
        {:error, reason}
    end
  end

  defp init(owner, ref, name, modes) do
    monitor = :erlang.monitor(:process, owner)

    case :phial_slow_file.open(name, modes) do
      {:ok, fd} ->
        Process.put(:phial_file_name, :filename.absname(name))
        send(owner, {ref, :ok})

        loop(%{
          fd: fd,
          owner: monitor,
          buffer: "",
          binary: :binary in modes,
          encoding: :file.encoding(modes)
        })

      error ->
        send(owner, {ref, error})
    end
  end

  defp loop(%{owner: owner} = state) do
    receive do
      {:io_request, from, reply_as, request} ->
        {reply, state} = serve(request, state)
        send(from, {:io_reply, reply_as, reply})
        if fatal?(reply, request), do: :phial_file.close(state.fd), else: loop(state)

      {:file_request, from, reply_as, request} ->
        {reply, state} = file_request(request, state)
        send(from, {:file_reply, reply_as, reply})
        if state, do: loop(state)

      {:DOWN, ^owner, _, _, _} ->
        :phial_file.close(state.fd)

      _ ->
        loop(state)
    end
  end

  # Text that cannot be translated ends the device, as it may have lost some.
  defp fatal?({:error, {:no_translation, _, _}}, _request), do: true
  defp fatal?({:error, :no_translation}, request), do: elem(request, 0) == :put_chars
  defp fatal?({:error, reason}, _request), do: is_atom(reason) and reason not in [:request, :enotsup, :badarg]
  defp fatal?(_, _), do: false

  # -- :file's own requests ---------------------------------------------------------------

  defp file_request(:close, state), do: {:phial_file.close(state.fd), nil}
  defp file_request({:position, {:cur, offset}}, state), do: moved({:cur, offset}, state)
  defp file_request({:position, at}, state), do: moved(at, state)

  # Reading and writing at a place move the position there.
  defp file_request({:pread, at, n}, state) do
    with {{:ok, _}, state} <- moved(at, state), {:ok, bytes} <- :phial_slow_file.read(state.fd, n) do
      {{:ok, if(state.binary, do: bytes, else: :erlang.binary_to_list(bytes))}, state}
    else
      {error, state} when is_map(state) -> {error, state}
      other -> {other, state}
    end
  end

  defp file_request({:pwrite, at, bytes}, state) do
    case moved(at, state) do
      {{:ok, _}, state} -> {:phial_slow_file.write(state.fd, bytes), state}
      failed -> failed
    end
  end

  defp file_request(:truncate, state) do
    state = rewound(state)
    {:phial_file.truncate(state.fd), state}
  end

  defp file_request(:sync, state), do: {:phial_file.sync(state.fd), state}
  defp file_request(_, state), do: {{:error, :request}, state}

  defp moved(at, state) do
    state = rewound(state)
    {:file.move(state.fd, at), state}
  end

  # Gives the bytes read ahead back.
  defp rewound(%{buffer: ""} = state), do: state

  defp rewound(%{buffer: buffer, fd: fd} = state) do
    _ = :phial_file.position(fd, -byte_size(buffer), :cur)
    %{state | buffer: ""}
  end

  # -- the I/O protocol -------------------------------------------------------------------

  defp serve({:put_chars, encoding, chars}, state), do: put(chars, encoding, state)

  defp serve({:put_chars, encoding, m, f, a}, state) do
    put(apply(m, f, a), encoding, state)
  rescue
    _ -> {{:error, {:put_chars, encoding, f}}, state}
  end

  defp serve({:put_chars, chars}, state), do: put(chars, :latin1, state)
  defp serve({:put_chars, m, f, a}, state), do: serve({:put_chars, :latin1, m, f, a}, state)
  defp serve({:get_line, encoding, _prompt}, state), do: line(state, encoding, "")
  defp serve({:get_line, prompt}, state), do: serve({:get_line, :latin1, prompt}, state)
  defp serve({:get_chars, encoding, _prompt, n}, state), do: chars(state, encoding, n)
  defp serve({:get_chars, prompt, n}, state), do: serve({:get_chars, :latin1, prompt, n}, state)
  defp serve({:get_until, encoding, _prompt, m, f, a}, state), do: until(state, encoding, [], m, f, a)
  defp serve({:get_until, prompt, m, f, a}, state), do: serve({:get_until, :latin1, prompt, m, f, a}, state)
  defp serve(:getopts, state) do
    encoding = if state.encoding == :utf8, do: :unicode, else: state.encoding
    {[binary: state.binary, encoding: encoding], state}
  end

  defp serve({:setopts, options}, state) when is_list(options) do
    Enum.reduce_while(options, {:ok, state}, fn
      :binary, {_, state} -> {:cont, {:ok, %{state | binary: true}}}
      :list, {_, state} -> {:cont, {:ok, %{state | binary: false}}}
      {:binary, flag}, {_, state} when is_boolean(flag) -> {:cont, {:ok, %{state | binary: flag}}}
      {:encoding, _} = option, {_, state} -> recoded(:file.encoding([option]), state)
      _, {_, state} -> {:halt, {{:error, :enotsup}, state}}
    end)
  end

  defp serve({:requests, requests}, state) when is_list(requests) do
    Enum.reduce_while(requests, {:ok, state}, fn request, {_, state} ->
      case serve(request, state) do
        {{:error, _}, _} = failed -> {:halt, failed}
        done -> {:cont, done}
      end
    end)
  end

  defp serve(_request, state), do: {{:error, :request}, state}

  defp recoded(encoding, state)
       when encoding in [:latin1, :utf8, :utf16, :utf32] or
              (is_tuple(encoding) and elem(encoding, 0) in [:utf16, :utf32] and elem(encoding, 1) in [:big, :little]),
       do: {:cont, {:ok, %{state | encoding: encoding}}}

  defp recoded(_, state), do: {:halt, {{:error, :badarg}, state}}

  defp put(chars, encoding, state) do
    state = rewound(state)

    case :unicode.characters_to_binary(chars, in_encoding(encoding), state.encoding) do
      bytes when is_binary(bytes) -> {:phial_slow_file.write(state.fd, bytes), state}
      {:error, _, _} -> {{:error, :no_translation}, state}
      _ -> {{:error, {:put_chars, encoding, chars}}, state}
    end
  end

  defp in_encoding(:latin1), do: :latin1
  defp in_encoding(_), do: :unicode

  # Bytes of the file as the reader wants them.
  defp shaped(bytes, encoding, state) do
    text =
      case {state.encoding, encoding} do
        {:latin1, :latin1} -> bytes
        {from, :latin1} -> :unicode.characters_to_binary(bytes, from, :latin1)
        {from, _} -> :unicode.characters_to_binary(bytes, from, :utf8)
      end

    cond do
      not is_binary(text) -> {:error, {:no_translation, :unicode, in_encoding(encoding)}}
      state.binary -> text
      encoding == :latin1 -> :erlang.binary_to_list(text)
      true -> :unicode.characters_to_list(text)
    end
  end

  defp line(state, encoding, from) do
    newline = newline(state.encoding)

    case newline(state.buffer, max(byte_size(from) - byte_size(newline) + 1, 0), newline) do
      {at, size} ->
        <<line::binary-size(at), newline::binary-size(size), rest::binary>> = state.buffer
        {shaped(line_of(line, newline), encoding, state), %{state | buffer: rest}}

      :nomatch ->
        case more(state) do
          {:ok, next} -> line(next, encoding, state.buffer)
          :eof when state.buffer == "" -> {:eof, state}
          :eof -> {shaped(state.buffer, encoding, state), %{state | buffer: ""}}
          error -> {error, state}
        end
    end
  end

  # A line ends in a newline alone.
  defp line_of(line, "\n"), do: :file.line_of([line, ?\n])

  defp line_of(line, newline) do
    return = :binary.replace(newline, "\n", "\r")
    rest = byte_size(line) - byte_size(return)
    if rest >= 0 and :binary.part(line, rest, byte_size(return)) == return, do: :binary.part(line, 0, rest) <> newline, else: line <> newline
  end

  defp newline(encoding) when encoding in [:latin1, :utf8], do: "\n"
  defp newline(encoding), do: :unicode.characters_to_binary("\n", :utf8, encoding)

  # The first newline from a place on, at the start of a character's unit.
  defp newline(buffer, from, newline) do
    case :binary.match(buffer, newline, [{:scope, {from, byte_size(buffer) - from}}]) do
      {at, size} when rem(at, size) == 0 -> {at, size}
      {at, _} -> newline(buffer, at + 1, newline)
      :nomatch -> :nomatch
    end
  end

  defp more(state) do
    case :phial_slow_file.read(state.fd, @chunk) do
      {:ok, bytes} -> {:ok, %{state | buffer: state.buffer <> bytes}}
      other -> other
    end
  end

  defp chars(state, encoding, n) when is_integer(n) and n >= 0 do
    case take(state, n) do
      {"", state} when n > 0 -> {:eof, state}
      {:error, reason, state} -> {{:error, reason}, state}
      {bytes, state} -> {counted(shaped(bytes, encoding, state)), state}
    end
  end

  defp chars(state, _encoding, _n), do: {{:error, :badarg}, state}

  defp counted({:error, {:no_translation, _, :unicode}}), do: {:error, :invalid_unicode}
  defp counted(text), do: text

  # n characters in the file's encoding, fewer at its end.
  defp take(state, n) do
    case width(state.buffer, n, 0, state.encoding) do
      size when is_integer(size) ->
        <<bytes::binary-size(size), rest::binary>> = state.buffer
        {bytes, %{state | buffer: rest}}

      :more ->
        case more(state) do
          {:ok, state} -> take(state, n)
          :eof -> {state.buffer, %{state | buffer: ""}}
          {:error, reason} -> {:error, reason, state}
        end
    end
  end

  defp width(buffer, n, _at, :latin1), do: if(byte_size(buffer) >= n, do: n, else: :more)
  defp width(buffer, 0, at, _encoding), do: if(byte_size(buffer) >= at, do: at, else: :more)

  defp width(buffer, n, at, :utf8) do
    case buffer do
      <<_::binary-size(at), byte, _::binary>> when byte < 0x80 -> width(buffer, n - 1, at + 1, :utf8)
      <<_::binary-size(at), _::utf8, _::binary>> -> width(buffer, n - 1, at + wide(:binary.at(buffer, at)), :utf8)
      <<_::binary-size(at), _, _, _, _, _::binary>> -> width(buffer, n - 1, at + 1, :utf8)
      _ -> :more
    end
  end

  defp width(buffer, n, at, :utf16), do: width(buffer, n, at, {:utf16, :big})

  defp width(buffer, n, at, {:utf16, endian} = encoding) do
    case buffer do
      <<_::binary-size(at), high, low, _::binary>> ->
        lead = if endian == :big, do: high, else: low
        width(buffer, n - 1, at + if(lead in 0xD8..0xDB, do: 4, else: 2), encoding)

      _ ->
        :more
    end
  end

  defp width(buffer, n, _at, _utf32), do: if(byte_size(buffer) >= 4 * n, do: 4 * n, else: :more)

  defp wide(byte) when byte < 0xE0, do: 2
  defp wide(byte) when byte < 0xF0, do: 3
  defp wide(_), do: 4

  defp until(state, encoding, continuation, m, f, a) do
    {data, state} = line(state, encoding, "")
    data = if is_binary(data), do: :unicode.characters_to_list(data), else: data

    case apply(m, f, [continuation, data | a]) do
      {:done, result, :eof} -> {result, state}
      {:done, result, rest} -> {result, %{state | buffer: :unicode.characters_to_binary(rest, :unicode, state.encoding) <> state.buffer}}
      {:more, continuation} -> until(state, encoding, continuation, m, f, a)
      _ -> {{:error, f}, state}
    end
  rescue
    _ -> {{:error, f}, state}
  end
end
