# SPDX-License-Identifier: Apache-2.0
#
# :phial_user, the process registered as :user that serves standard input and output by the
# I/O protocol. Invariants: every request gets one reply; a request for n characters never
# takes a byte beyond them, so that readers of bytes and of characters can take turns; while
# a reader waits for input, output and questions about the device are served, readers queue up.

defmodule :phial_user do
  @moduledoc false

  @doc "Starts the process, once per VM, and answers its pid."
  def start do
    case :erlang.whereis(:user) do
      :undefined ->
        pid = :erlang.spawn(:phial_user, :loop, [%{binary: true, prompt: ""}])
        :erlang.register(:user, pid)
        :erlang.group_leader(pid, pid)
        pid

      pid ->
        pid
    end
  end

  # Requests that read, and those that change what a reader gets, wait for their turn.
  defguardp is_input(request)
            when elem(request, 0) in [:get_line, :get_chars, :get_until, :get_password, :setopts, :requests]

  def loop(opts) do
    receive do
      {:io_request, from, reply_as, request} ->
        {reply, opts} = serve(request, opts)
        send(from, {:io_reply, reply_as, reply})
        loop(opts)

      _ ->
        loop(opts)
    end
  end

  # -- requests ---------------------------------------------------------------------------

  defp serve({:put_chars, encoding, chars}, opts), do: {put_chars(encoding, chars), opts}

  defp serve({:put_chars, encoding, m, f, a}, opts) do
    {put_chars(encoding, apply(m, f, a)), opts}
  rescue
    _ -> {{:error, {:put_chars, encoding, f}}, opts}
  end

  defp serve({:put_chars, chars}, opts), do: {put_chars(:latin1, chars), opts}
  defp serve({:put_chars, m, f, a}, opts), do: serve({:put_chars, :latin1, m, f, a}, opts)

  defp serve({:get_line, encoding, prompt}, opts) do
    opts = prompt(prompt, opts)
    {shaped(with(line when is_binary(line) <- get_line(opts), do: :file.line_of(line)), encoding, opts), opts}
  end

  defp serve({:get_line, prompt}, opts), do: serve({:get_line, :latin1, prompt}, opts)

  defp serve({:get_chars, encoding, prompt, n}, opts) when is_integer(n) and n >= 0 do
    opts = prompt(prompt, opts)
    {shaped(chars(encoding, n, opts), encoding, opts), opts}
  end

  defp serve({:get_chars, prompt, n}, opts), do: serve({:get_chars, :latin1, prompt, n}, opts)

  defp serve({:get_until, _encoding, prompt, m, f, a}, opts) do
    opts = prompt(prompt, opts)
    {until([], opts, m, f, a), opts}
  rescue
    _ -> {{:error, f}, opts}
  end

  defp serve({:get_until, prompt, m, f, a}, opts),
    do: serve({:get_until, :latin1, prompt, m, f, a}, opts)

  defp serve({:get_password, encoding}, opts),
    do: {shaped(get_line(opts), encoding, opts), opts}

  defp serve(:getopts, opts), do: {[binary: opts.binary, encoding: :unicode], opts}

  defp serve({:setopts, list}, opts) when is_list(list) do
    case Enum.reduce_while(list, opts, &setopt/2) do
      {:error, _} = error -> {error, opts}
      opts -> {:ok, opts}
    end
  end

  defp serve({:get_geometry, _what}, opts), do: {{:error, :enotsup}, opts}

  defp serve({:requests, requests}, opts) when is_list(requests) do
    Enum.reduce_while(requests, {:ok, opts}, fn request, {_, opts} ->
      case serve(request, opts) do
        {{:error, _}, _} = failed -> {:halt, failed}
        done -> {:cont, done}
      end
    end)
  end

  defp serve(request, opts), do: {{:error, {:request, request}}, opts}

  defp setopt(:binary, opts), do: {:cont, %{opts | binary: true}}
  defp setopt(:list, opts), do: {:cont, %{opts | binary: false}}
  defp setopt({:binary, flag}, opts) when is_boolean(flag), do: {:cont, %{opts | binary: flag}}
  defp setopt({:encoding, _}, opts), do: {:cont, opts}
  defp setopt({:echo, _}, opts), do: {:cont, opts}
  defp setopt({:expand_fun, _}, opts), do: {:cont, opts}
  defp setopt(_, _opts), do: {:halt, {:error, :enotsup}}

  # -- output -----------------------------------------------------------------------------

  @doc "Writes characters in the caller itself: the answer of a request to write."
  def put_chars(encoding, chars)

  def put_chars(:latin1, chars) do
    case :unicode.characters_to_binary(chars, :latin1, :utf8) do
      binary when is_binary(binary) -> :phial_io.put_chars(:stdio, binary)
      _ -> {:error, {:put_chars, :latin1, chars}}
    end
  end

  def put_chars(_unicode, chars) do
    :phial_io.put_chars(:stdio, chars)
  rescue
    _ -> {:error, {:put_chars, :unicode, chars}}
  end

  defp prompt(empty, opts) when empty in [[], "", :""], do: %{opts | prompt: ""}

  defp prompt(prompt, opts) do
    text = :unicode.characters_to_binary(:io_lib.format_prompt(prompt, :unicode))
    :phial_io.put_chars(:stdio, text)
    :phial_io.flush()
    %{opts | prompt: text}
  end

  # -- input ------------------------------------------------------------------------------

  @doc "What is left of standard input, read by the caller itself."
  def read_all, do: awaited({:phial_io, :get_chars, [:all]})

  defp get_line(opts), do: awaited({:phial_io, :get_line, []}, opts)
  defp get_chars(n, opts), do: awaited({:phial_io, :get_chars, [n]}, opts)

  defp awaited({m, f, a} = read, opts \\ nil) do
    case apply(m, f, a) do
      :wait ->
        if opts, do: :phial_io.prompt(opts.prompt)
        ready(opts)
        if opts, do: :phial_io.prompt("")
        awaited(read, opts)

      data ->
        data
    end
  end

  defp ready(nil), do: receive(do: ({:phial_ready, 0} -> :ok))

  defp ready(opts) do
    receive do
      {:phial_ready, 0} ->
        :ok

      {:io_request, from, reply_as, request} when not is_input(request) ->
        {reply, _} = serve(request, opts)
        send(from, {:io_reply, reply_as, reply})
        ready(opts)
    end
  end

  # Readers of bytes get the bytes, readers of characters the text; as lists if they want so.
  defp shaped(data, _encoding, %{binary: true}), do: data
  defp shaped(data, :latin1, _) when is_binary(data), do: :erlang.binary_to_list(data)
  defp shaped(data, _, _) when is_binary(data), do: :unicode.characters_to_list(data)
  defp shaped(other, _, _), do: other

  defp chars(:latin1, n, opts), do: get_chars(n, opts)
  defp chars(_unicode, 0, _opts), do: ""

  defp chars(_unicode, n, opts) do
    case get_chars(n, opts) do
      bytes when is_binary(bytes) -> complete(bytes, n, opts)
      other -> other
    end
  end

  # n bytes hold at most n characters: what is missing is read as long as there is more.
  defp complete(bytes, n, opts) do
    {have, missing} = count(bytes, 0)
    want = max(n - have - if(missing > 0, do: 1, else: 0), 0) + missing

    if want == 0 do
      bytes
    else
      case get_chars(want, opts) do
        more when is_binary(more) and byte_size(more) == want -> complete(bytes <> more, n, opts)
        more when is_binary(more) -> bytes <> more
        _ -> bytes
      end
    end
  end

  # {complete characters, bytes missing from the last one}; an invalid byte counts as one.
  defp count(<<_::utf8, rest::binary>>, n), do: count(rest, n + 1)
  defp count(<<>>, n), do: {n, 0}

  defp count(<<lead, rest::binary>>, n) do
    size = sequence_size(lead)

    if size > byte_size(rest) + 1 and continued?(rest),
      do: {n, size - byte_size(rest) - 1},
      else: count(rest, n + 1)
  end

  defp sequence_size(lead) when lead in 0xC2..0xDF, do: 2
  defp sequence_size(lead) when lead in 0xE0..0xEF, do: 3
  defp sequence_size(lead) when lead in 0xF0..0xF4, do: 4
  defp sequence_size(_), do: 1

  defp continued?(<<byte, rest::binary>>) when byte in 0x80..0xBF, do: continued?(rest)
  defp continued?(<<>>), do: true
  defp continued?(_), do: false

  # The reader's own function is fed line by line until it is done; what it leaves of the last line is for the next reader.
  defp until(continuation, opts, m, f, a) do
    data =
      case get_line(opts) do
        line when is_binary(line) -> :unicode.characters_to_list(line)
        other -> other
      end

    case apply(m, f, [continuation, data | a]) do
      {:done, result, rest} when is_list(rest) ->
        :phial_io.back(byte_size(:unicode.characters_to_binary(rest)))
        result

      {:done, result, _eof} -> result
      {:more, continuation} -> until(continuation, opts, m, f, a)
    end
  end
end
