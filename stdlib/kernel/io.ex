# SPDX-License-Identifier: Apache-2.0
#
# IO: text and bytes to and from devices. Invariant: a device is a pid, a registered name,
# `:stdio` or `:stderr`, and everything goes through :io, which knows the short way out.

defmodule IO do
  @moduledoc "Functions handling input and output."

  @type device :: atom | pid
  @type nodata :: {:error, term} | :eof
  @type chardata :: String.t() | maybe_improper_list

  # -- output -----------------------------------------------------------------------------

  defguardp is_device(device) when is_atom(device) or is_pid(device) or is_tuple(device)

  @doc "Writes `item` to the device."
  @spec write(device, chardata | String.Chars.t()) :: :ok
  def write(device \\ :stdio, item) when is_device(device), do: :io.put_chars(map_dev(device), to_chardata(item))

  @doc "Writes `item` and a newline to the device."
  @spec puts(device, chardata | String.Chars.t()) :: :ok
  def puts(device \\ :stdio, item) when is_device(device), do: :io.put_chars(map_dev(device), [to_chardata(item), ?\n])

  @doc "Writes bytes to the device."
  @spec binwrite(device, iodata) :: :ok | {:error, term}
  def binwrite(device \\ :stdio, iodata)
  def binwrite({:file_descriptor, _, _} = raw, iodata), do: :file.write(raw, iodata)
  def binwrite(device, iodata) when is_list(iodata) or is_binary(iodata), do: :io.write(map_dev(device), :latin1, iodata)

  @doc "Inspects `item`, writes that, and answers `item`."
  @spec inspect(item, keyword) :: item when item: var
  def inspect(item, opts \\ []), do: inspect(:stdio, item, opts)

  @doc "Inspects `item` to the device and answers `item`."
  @spec inspect(device, item, keyword) :: item when item: var
  def inspect(device, item, opts) when is_list(opts) do
    label = if label = opts[:label], do: [to_chardata(label), ": "], else: []
    opts = Inspect.Opts.new(opts)
    puts(device, [label | Inspect.Algebra.__inspect__(item, opts, opts.width)])
    item
  end

  # -- input ------------------------------------------------------------------------------

  @doc "Reads a line, a number of characters, or everything (`:eof`)."
  @spec read(device, :eof | :line | non_neg_integer) :: chardata | nodata
  def read(device \\ :stdio, line_or_chars)

  def read(device, :eof) do
    device = map_dev(device)
    own? = device == :standard_io and :phial_io.user_leader?(:erlang.group_leader())

    case read_rest(fn -> if own?, do: :io.get_chars(device, ~c"", 65536), else: :io.get_line(device, ~c"") end) do
      [] -> :eof
      {:error, _} = error -> error
      [first | _] = data when is_list(first) -> Enum.concat(data)
      data when own? -> data |> IO.iodata_to_binary() |> :binary.replace("\r\n", "\n", [:global])
      data -> IO.iodata_to_binary(data)
    end
  end

  def read(device, :all) do
    case read(device, :eof) do
      :eof -> ""
      other -> other
    end
  end

  def read(device, :line), do: :io.get_line(map_dev(device), ~c"")

  def read(device, count) when is_integer(count) and count >= 0 do
    :io.get_chars(map_dev(device), ~c"", count)
  end

  @doc "Reads bytes: a line, a number of them, or everything (`:eof`)."
  @spec binread(device, :eof | :line | non_neg_integer) :: iodata | nodata
  def binread(device \\ :stdio, line_or_chars)

  def binread(device, :eof) do
    device = map_dev(device)

    case read_rest(fn -> bytes(:file.read(device, 4096)) end) do
      [] -> :eof
      {:error, _} = error -> error
      data -> IO.iodata_to_binary(data)
    end
  end

  def binread(device, :all) do
    case binread(device, :eof) do
      :eof -> ""
      other -> other
    end
  end

  def binread(device, :line), do: bytes(:file.read_line(map_dev(device)))
  def binread(device, count) when is_integer(count) and count >= 0, do: bytes(:file.read(map_dev(device), count))

  defp bytes({:ok, data}), do: data
  defp bytes(other), do: other

  defp read_rest(next) do
    case next.() do
      :eof -> []
      {:error, _} = error -> error
      data -> with rest when is_list(rest) <- read_rest(next), do: [data | rest]
    end
  end

  @doc "Shows a prompt and reads `count` characters."
  @spec getn(device | chardata, pos_integer | :eof | chardata) :: chardata | nodata
  def getn(prompt, count \\ 1)

  def getn(prompt, count) when is_integer(count) and count > 0, do: getn(:stdio, prompt, count)
  def getn(device, prompt) when not is_integer(prompt), do: getn(device, prompt, 1)

  @doc "Shows a prompt on the device and reads `count` characters."
  @spec getn(device, chardata, pos_integer | :eof) :: chardata | nodata
  def getn(device, prompt, :eof) do
    case getn_eof(map_dev(device), to_chardata(prompt), []) do
      [] -> :eof
      {:error, _} = error -> error
      lines -> IO.chardata_to_string(lines)
    end
  end

  def getn(device, prompt, count) when is_integer(count) and count > 0 do
    case :io.get_chars(map_dev(device), to_chardata(prompt), count) do
      data when is_list(data) -> IO.chardata_to_string(data)
      other -> other
    end
  end

  defp getn_eof(device, prompt, acc) do
    case :io.get_line(device, prompt) do
      :eof -> Enum.reverse(acc)
      {:error, _} = error -> error
      line -> getn_eof(device, ~c"", [line | acc])
    end
  end

  @doc "Shows a prompt and reads a line."
  @spec gets(device, chardata | String.Chars.t()) :: chardata | nodata
  def gets(device \\ :stdio, prompt) when is_device(device), do: :io.get_line(map_dev(device), to_chardata(prompt))

  # -- streams ----------------------------------------------------------------------------

  @doc "The device as a stream of lines or of chunks of characters."
  @spec stream(device, :line | pos_integer) :: Enumerable.t()
  def stream(device \\ :stdio, line_or_codepoints \\ :line)
      when line_or_codepoints == :line
      when is_integer(line_or_codepoints) and line_or_codepoints > 0 do
    IO.Stream.__build__(map_dev(device), false, line_or_codepoints)
  end

  @doc "The device as a stream of lines or of chunks of bytes."
  @spec binstream(device, :line | pos_integer) :: Enumerable.t()
  def binstream(device \\ :stdio, line_or_bytes \\ :line)
      when line_or_bytes == :line
      when is_integer(line_or_bytes) and line_or_bytes > 0 do
    IO.Stream.__build__(map_dev(device), true, line_or_bytes)
  end

  @doc false
  def each_stream(device, line_or_codepoints),
    do: next_element(device, read(device, line_or_codepoints))

  @doc false
  def each_binstream(device, line_or_chars),
    do: next_element(device, binread(device, line_or_chars))

  defp next_element(device, :eof), do: {:halt, device}
  defp next_element(_device, {:error, reason}), do: raise(IO.StreamError, reason: reason)
  defp next_element(device, data), do: {[data], device}

  # -- warnings ---------------------------------------------------------------------------

  @doc "Writes a warning with the place it comes from to stderr."
  @spec warn(chardata | String.Chars.t(), Exception.stacktrace() | keyword | Macro.Env.t()) :: :ok
  def warn(message, stacktrace_info)

  def warn(message, %Macro.Env{} = env) do
    {m, f, a} =
      case env do
        %{module: nil} -> {nil, nil, 0}
        %{module: module, function: nil} -> {module, :__MODULE__, 0}
        %{module: module, function: {name, arity}} -> {module, name, arity}
      end

    warn(message, [{m || :elixir_compiler_0, f || :__FILE__, if(m, do: a, else: 1), location(env.file, env.line)}])
  end

  def warn(message, []), do: print_warning([to_chardata(message), ?\n])

  def warn(message, [{_, _} | _] = keyword) do
    if file = keyword[:file] do
      {m, f, a} =
        case {keyword[:module], keyword[:function]} do
          {nil, _} -> {:elixir_compiler_0, :__FILE__, 1}
          {module, nil} -> {module, :__MODULE__, 0}
          {module, {name, arity}} -> {module, name, arity}
        end

      warn(message, [{m, f, a, location(file, keyword[:line])}])
    else
      warn(message, [])
    end
  end

  def warn(message, [{_, _, _, _} | _] = stacktrace) do
    trace = Enum.map(stacktrace, &["\n  ", Exception.format_stacktrace_entry(&1)])
    print_warning([to_chardata(message), trace, ?\n])
  end

  defp location(file, line) do
    [file: to_charlist(Path.relative_to_cwd(file))] ++ if(line, do: [line: line], else: [])
  end

  defp print_warning(text) do
    prefix = if IO.ANSI.enabled?(), do: "\e[33mwarning:\e[0m ", else: "warning: "
    puts(:stderr, [prefix, text])
  end

  @doc "Writes a warning with the current stack to stderr."
  @spec warn(chardata | String.Chars.t()) :: :ok
  def warn(message) do
    {:current_stacktrace, stacktrace} = Process.info(self(), :current_stacktrace)
    warn(message, Enum.drop(stacktrace, 2))
  end

  @doc false
  def warn_once(key, message, _stacktrace_drop_levels) do
    unless :persistent_term.get({IO, :warned, key}, false) do
      :persistent_term.put({IO, :warned, key}, true)
      warn(if(is_function(message, 0), do: message.(), else: message))
    end

    :ok
  end

  # -- character data ---------------------------------------------------------------------

  @doc "Turns character data into a string."
  @spec chardata_to_string(chardata) :: String.t()
  def chardata_to_string(string) when is_binary(string), do: string
  def chardata_to_string(list) when is_list(list), do: List.to_string(list)

  @doc "Turns bytes and lists of them into a binary."
  @spec iodata_to_binary(iodata) :: binary
  def iodata_to_binary(iodata), do: :erlang.iolist_to_binary(iodata)

  @doc "The number of bytes in iodata."
  @spec iodata_length(iodata) :: non_neg_integer
  def iodata_length(iodata), do: :erlang.iolist_size(iodata)

  defp map_dev(:stdio), do: :standard_io
  defp map_dev(:stderr), do: :standard_error
  defp map_dev(other) when is_device(other), do: other

  defp to_chardata(list) when is_list(list), do: list
  defp to_chardata(binary) when is_binary(binary), do: binary
  defp to_chardata(other), do: to_string(other)
end
