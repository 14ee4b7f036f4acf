# SPDX-License-Identifier: Apache-2.0
# StringIO: an I/O device in memory, a process that speaks Erlang's I/O protocol. Invariant: what has been read is
# gone from the input, what has been written stands in the output until it is flushed.
defmodule StringIO do
  @moduledoc "I/O devices that read from and write to strings."

  use GenServer

  @doc """
  Opens a device that reads `string`; with a function, runs it and closes the device.

      iex> {:ok, pid} = StringIO.open("foo")
      iex> IO.read(pid, 2)
      "fo"
  """
  @spec open(binary, keyword | (pid -> res)) :: {:ok, pid} | {:ok, res} when res: var
  def open(string, options_or_function \\ [])

  def open(string, options) when is_binary(string) and is_list(options), do: GenServer.start_link(__MODULE__, {self(), string, options}, [])
  def open(string, function) when is_binary(string) and is_function(function, 1), do: open(string, [], function)

  @doc """
  Opens a device with options (`:capture_prompt`, `:encoding`), runs the function and closes the device.

      iex> StringIO.open("foo", [], fn pid -> IO.read(pid, 2) end)
      {:ok, "fo"}
  """
  @spec open(binary, keyword, (pid -> res)) :: {:ok, res} when res: var
  def open(string, options, function) when is_binary(string) and is_list(options) and is_function(function, 1) do
    {:ok, pid} = GenServer.start_link(__MODULE__, {self(), string, options}, [])

    try do
      {:ok, function.(pid)}
    after
      {:ok, {_input, _output}} = close(pid)
    end
  end

  @doc """
  Returns what is left of the input, and the output.

      iex> {:ok, pid} = StringIO.open("in")
      iex> IO.write(pid, "out")
      iex> StringIO.contents(pid)
      {"in", "out"}
  """
  @spec contents(pid) :: {binary, binary}
  def contents(pid) when is_pid(pid), do: GenServer.call(pid, :contents)

  @doc """
  Returns the output and empties it.

      iex> {:ok, pid} = StringIO.open("in")
      iex> IO.write(pid, "out")
      iex> StringIO.flush(pid)
      "out"
  """
  @spec flush(pid) :: binary
  def flush(pid) when is_pid(pid), do: GenServer.call(pid, :flush)

  @doc """
  Stops the device and returns what is left of the input, and the output.

      iex> {:ok, pid} = StringIO.open("in")
      iex> StringIO.close(pid)
      {:ok, {"in", ""}}
  """
  @spec close(pid) :: {:ok, {binary, binary}}
  def close(pid) when is_pid(pid), do: GenServer.call(pid, :close)

  # The process

  @impl true
  def init({_owner, string, options}) do
    state = %{
      encoding: Keyword.get(options, :encoding, :unicode),
      capture_prompt: Keyword.get(options, :capture_prompt, false),
      input: string,
      output: ""
    }

    {:ok, state}
  end

  @impl true
  def handle_call(:contents, _from, %{input: input, output: output} = state), do: {:reply, {input, output}, state}
  def handle_call(:flush, _from, %{output: output} = state), do: {:reply, output, %{state | output: ""}}

  def handle_call(:close, _from, %{input: input, output: output} = state),
    do: {:stop, :normal, {:ok, {input, output}}, state}

  @impl true
  def handle_info({:io_request, from, reply_as, request}, state) do
    {reply, state} = io_request(request, state)
    send(from, {:io_reply, reply_as, reply})
    {:noreply, state}
  end

  def handle_info(_message, state), do: {:noreply, state}

  # Requests: each answers {reply, state}

  defp io_request({:put_chars, chars} = request, state), do: put_chars(:latin1, chars, request, state)
  defp io_request({:put_chars, encoding, chars} = request, state), do: put_chars(encoding, chars, request, state)

  defp io_request({:put_chars, module, function, args} = request, state),
    do: put_chars(:latin1, apply(module, function, args), request, state)

  defp io_request({:put_chars, encoding, module, function, args} = request, state),
    do: put_chars(encoding, apply(module, function, args), request, state)

  defp io_request({:get_chars, prompt, n}, state), do: io_request({:get_chars, :latin1, prompt, n}, state)

  defp io_request({:get_chars, encoding, prompt, n}, state) when is_integer(n) and n >= 0,
    do: get_chars(encoding, n, prompted(state, prompt))

  defp io_request({:get_line, prompt}, state), do: io_request({:get_line, :latin1, prompt}, state)
  defp io_request({:get_line, encoding, prompt}, state), do: get_line(encoding, prompted(state, prompt))

  defp io_request({:get_until, prompt, module, function, args}, state),
    do: io_request({:get_until, :latin1, prompt, module, function, args}, state)

  defp io_request({:get_until, encoding, prompt, module, function, args}, state),
    do: get_until(encoding, module, function, args, prompted(state, prompt))

  defp io_request({:get_password, encoding}, state), do: get_line(encoding, state)

  defp io_request({:setopts, [encoding: encoding]}, state) when encoding in [:latin1, :unicode],
    do: {:ok, %{state | encoding: encoding}}

  defp io_request({:setopts, _options}, state), do: {{:error, :enotsup}, state}
  defp io_request(:getopts, state), do: {[binary: true, encoding: state.encoding], state}
  defp io_request({:get_geometry, :columns}, state), do: {{:error, :enotsup}, state}
  defp io_request({:get_geometry, :rows}, state), do: {{:error, :enotsup}, state}
  defp io_request({:requests, requests}, state), do: io_requests(requests, {:ok, state})
  defp io_request(_other, state), do: {{:error, :request}, state}

  # The first request that fails ends a sequence.
  defp io_requests(_requests, {{:error, _}, _state} = failed), do: failed
  defp io_requests([request | rest], {_reply, state}), do: io_requests(rest, io_request(request, state))
  defp io_requests([], result), do: result

  defp put_chars(encoding, chars, request, state) do
    case convert(chars, encoding, state.encoding) do
      {:ok, text} -> {:ok, %{state | output: state.output <> text}}
      {:error, :badarg} -> {{:error, request}, state}
      {:error, reason} -> {{:error, reason}, state}
    end
  end

  defp convert(chars, from, to) do
    try do
      :unicode.characters_to_binary(chars, from, to)
    rescue
      ArgumentError -> {:error, :badarg}
    else
      text when is_binary(text) -> {:ok, text}
      {_, _, _} -> {:error, {:no_translation, from, to}}
    end
  end

  defp prompted(%{capture_prompt: true} = state, prompt), do: %{state | output: state.output <> to_string(prompt)}
  defp prompted(state, _prompt), do: state

  defp get_chars(_encoding, _n, %{input: ""} = state), do: {:eof, state}

  # The request's encoding says what a character is; the bytes are answered as they are.
  defp get_chars(encoding, n, %{input: input} = state) do
    case take(input, n, encoding, 0) do
      :error -> {{:error, :invalid_unicode}, state}
      size -> read(size, state)
    end
  end

  # How many bytes the first n characters have.
  defp take(_input, 0, _encoding, size), do: size
  defp take(<<>>, _n, _encoding, size), do: size
  defp take(<<char::utf8, rest::binary>>, n, :unicode, size), do: take(rest, n - 1, :unicode, size + byte_size(<<char::utf8>>))
  defp take(<<_, rest::binary>>, n, :latin1, size), do: take(rest, n - 1, :latin1, size + 1)
  defp take(_input, _n, :unicode, _size), do: :error

  defp read(size, %{input: input} = state) do
    <<data::binary-size(size), rest::binary>> = input
    {data, %{state | input: rest}}
  end

  defp get_line(_encoding, %{input: ""} = state), do: {:eof, state}

  # A line that ends with \r\n is answered with \n.
  defp get_line(encoding, %{input: input} = state) do
    {line, rest} =
      case :binary.split(input, "\n") do
        [line, rest] -> {drop_return(line) <> "\n", rest}
        [line] -> {line, ""}
      end

    if encoding == :latin1 or String.valid?(line), do: {line, %{state | input: rest}}, else: {{:error, :collect_line}, state}
  end

  defp drop_return(line), do: if(String.ends_with?(line, "\r"), do: :binary.part(line, 0, byte_size(line) - 1), else: line)

  defp get_until(encoding, module, function, args, %{input: input} = state) do
    case :unicode.characters_to_list(input, encoding) do
      chars when is_list(chars) -> until([], chars, encoding, {module, function, args}, state)
      _ -> {:error, state}
    end
  end

  defp until(continuation, chars, encoding, {module, function, args} = call, state) do
    data = if chars == [], do: :eof, else: chars

    case apply(module, function, [continuation, data | args]) do
      {:done, result, :eof} -> {result, %{state | input: ""}}
      {:done, result, rest} -> {result, %{state | input: :unicode.characters_to_binary(rest, :unicode, encoding)}}
      {:more, continuation} -> until(continuation, [], encoding, call, state)
    end
  end
end
