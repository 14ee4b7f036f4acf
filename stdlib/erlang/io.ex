# SPDX-License-Identifier: Apache-2.0
#
# :io, the client side of the I/O protocol. Invariant: a request is
# `{:io_request, from, ref, request}` and its answer `{:io_reply, ref, reply}`; output to the
# VM's own user process takes the short way through the native :phial_io.put_chars/2 instead.

defmodule :io do
  @moduledoc "Input and output through I/O servers."

  # -- output -----------------------------------------------------------------------------

  def put_chars(chars), do: put_chars(:standard_io, chars, [chars])

  @doc "Writes characters; what is no character data is a badarg."
  def put_chars(device, chars), do: put_chars(device, chars, [device, chars])

  # `args`: those of the caller's call.
  defp put_chars(device, chars, args) do
    case write(device, :unicode, chars) do
      :ok -> :ok

      {:error, reason} ->
        {error, cause} = failure(reason)
        :erlang.error(error, args, error_info: %{cause: cause, module: :erl_stdlib_errors})
    end
  end

  @doc false
  # :ok or {:error, reason}; `encoding` is :unicode or :latin1.
  def write(device, encoding, chars) do
    case short_way(device) do
      false -> request(device, {:put_chars, encoding, encoded(chars, encoding)})
      out -> native(out, encoding, chars)
    end
  end

  defp native(out, :unicode, chars) do
    :phial_io.put_chars(out, chars)
  rescue
    _ -> {:error, {:put_chars, :unicode, chars}}
  end

  defp native(out, :latin1, chars) do
    case :unicode.characters_to_binary(chars, :latin1, :utf8) do
      binary when is_binary(binary) -> native(out, :unicode, binary)
      _ -> {:error, :badarg}
    end
  end

  defp encoded(chars, :latin1), do: :erlang.iolist_to_binary(chars)

  defp encoded(chars, :unicode) do
    case :unicode.characters_to_binary(chars) do
      binary when is_binary(binary) -> binary
      _ -> chars
    end
  end

  # Which stream of the VM a device is, if it is one; a capture of output replaces the leader
  # or the registered process and so leads back to the protocol.
  defp short_way(device) when device in [:standard_io, :stdio] do
    if :phial_io.user_leader?(:erlang.group_leader()), do: :stdio, else: false
  end

  defp short_way(:standard_error) do
    if :erlang.whereis(:standard_error) == :undefined, do: :stderr, else: false
  end

  defp short_way(:user) do
    case :erlang.whereis(:user) do
      :undefined -> :stdio
      pid -> if :phial_io.user_leader?(pid), do: :stdio, else: false
    end
  end

  defp short_way(pid) when is_pid(pid), do: if(:phial_io.user_leader?(pid), do: :stdio, else: false)
  defp short_way(_), do: false

  # What a failed request raises, and the cause for :erl_stdlib_errors.
  defp failure(reason) when reason in [:enoent, :arguments], do: {:badarg, {:io, :arguments}}
  defp failure(reason) when reason in [:terminated, :calling_self], do: {reason, {:io, reason}}
  defp failure(:no_translation), do: {:no_translation, {:device, {:no_translation, :unicode, :latin1}}}
  defp failure({:no_translation, _, _} = why), do: {:no_translation, {:device, why}}
  defp failure({:put_chars, _, _}), do: {:badarg, {:device, :put_chars}}
  defp failure(:badarg), do: {:badarg, {:device, :put_chars}}
  defp failure(reason), do: {:badarg, {:device, reason}}

  defp arguments(blame) do
    lines = for {n, text} <- blame, do: "  * #{elem({"1st", "2nd", "3rd"}, n - 1)} argument: #{text}\n"
    raise ArgumentError, "errors were found at the given arguments:\n\n#{lines}"
  end

  def nl, do: nl(:standard_io)
  def nl(device), do: put_chars(device, ~c"\n")

  def write(term), do: write(:standard_io, term)
  def write(device, term), do: put_made(device, :write, [term], fn -> :io_lib.write(term) end)

  def fwrite(format), do: format(format)
  def fwrite(format, args), do: format(format, args)
  def fwrite(device, format, args), do: format(device, format, args)

  def format(format), do: formatted(:standard_io, format, [], 1)
  def format(format, args), do: formatted(:standard_io, format, args, 1)
  def format(device, format, args), do: formatted(device, format, args, 2)

  # `at`: which argument of the caller the format is; the arguments for it follow.
  defp formatted(device, format, args, at) do
    put_made(device, :format, [format, args], fn ->
      try do
        if is_list(args), do: :io_lib.format(format, args), else: :erlang.error(:badarg)
      catch
        :error, _ -> bad_format(format, args, at)
      end
    end)
  end

  # Text of :io_lib. A server other than the VM's own makes it itself, as the protocol has it.
  defp put_made(device, function, args, made) do
    text = made.()

    if short_way(device) do
      put_chars(device, text)
    else
      with {:error, reason} <- request(device, {:put_chars, :unicode, :io_lib, function, args}) do
        {error, cause} = failure(reason)
        :erlang.error(error, [device | args], error_info: %{cause: cause, module: :erl_stdlib_errors})
      end
    end
  end

  # The mistakes people make are told apart.
  defp bad_format(format, args, at) do
    chars = format_chars(format)
    blame = for {true, n, text} <- [{chars == :none, at, "not a valid format string"}, {not is_list(args), at + 1, "not a list"}], do: {n, text}

    case blame == [] and needed(chars, 0) do
      false -> arguments(blame)
      {:invalid, :truncated} -> arguments([{at, "format string invalid (truncated)"}])
      {:invalid, control} -> arguments([{at, "format string invalid (invalid control ~#{<<control::utf8>>})"}])
      n when n != length(args) -> arguments([{at, "wrong number of arguments"}])
      _ -> arguments([offence(offender(controls(chars), args, 1), at)])
    end
  end

  defp offence({n, type}, at), do: {at + 1, "element #{n} must be of type #{type}"}
  defp offence(nil, at), do: {at, "failed to format string"}

  defp format_chars(format) when is_list(format), do: format
  defp format_chars(format) when is_binary(format) or is_atom(format), do: to_charlist(format)
  defp format_chars(_), do: :none

  defp needed([], n), do: n

  defp needed([?~ | rest], n) do
    {flags, rest} = Enum.split_while(rest, &(&1 in ?0..?9 or &1 in ~c"-.*tlkK"))
    stars = Enum.count(flags, &(&1 == ?*))

    case rest do
      [c | rest] when c in ~c"~n" -> needed(rest, n + stars)
      [c | rest] when c in ~c"csfegwpbB+#i" -> needed(rest, n + stars + 1)
      [c | rest] when c in ~c"WPxX" -> needed(rest, n + stars + 2)
      [c | _] -> {:invalid, c}
      [] -> {:invalid, :truncated}
    end
  end

  defp needed([_ | rest], n), do: needed(rest, n)

  defp controls([]), do: []

  defp controls([?~ | rest]) do
    {flags, [c | rest]} = Enum.split_while(rest, &(&1 in ?0..?9 or &1 in ~c"-.*tlkK"))
    stars = for ?* <- flags, do: ?*
    if c in ~c"~n", do: stars ++ controls(rest), else: stars ++ taken_by(c) ++ controls(rest)
  end

  defp controls([_ | rest]), do: controls(rest)

  # The second argument of some is how deep, or a prefix.
  defp taken_by(c) when c in ~c"WP", do: [c, ?*]
  defp taken_by(c) when c in ~c"xX", do: [c, ?p]
  defp taken_by(c), do: [c]

  defp offender([c | _], [arg | _], n) when c == ?s and not (is_list(arg) or is_binary(arg) or is_atom(arg)),
    do: {n, "string"}

  defp offender([c | _], [arg | _], n) when c in ~c"feg" and not is_float(arg), do: {n, "float"}
  defp offender([c | _], [arg | _], n) when c in ~c"bB+#cxX*" and not is_integer(arg), do: {n, "integer"}
  defp offender([_ | controls], [_ | args], n), do: offender(controls, args, n + 1)
  defp offender(_, _, _n), do: nil

  # -- input ------------------------------------------------------------------------------

  def get_line(prompt), do: get_line(:standard_io, prompt)
  def get_line(device, prompt), do: request(device, {:get_line, :unicode, prompt})

  def get_chars(prompt, n), do: get_chars(:standard_io, prompt, n)

  def get_chars(device, prompt, n) when is_integer(n) and n >= 0,
    do: request(device, {:get_chars, :unicode, prompt, n})

  # An Erlang term, up to its dot and the character after that. With a line: that of the end comes too.

  def read(prompt), do: read(:standard_io, prompt)

  def read(device, prompt) do
    case read(device, prompt, 1) do
      {:ok, term, _line} -> {:ok, term}
      {:error, error, _line} -> {:error, error}
      {:eof, _line} -> :eof
      {:error, _} = error -> error
    end
  end

  def read(device, prompt, line, _options), do: read(device, prompt, line)

  def read(device, prompt, line) when is_integer(line) and line >= 1 do
    case form(device, prompt, []) do
      text when is_list(text) -> parse(:erl_scan.string(text, line))
      :eof -> {:eof, line}
      error -> error
    end
  end

  defp parse({:ok, [], line}), do: {:eof, line}

  defp parse({:ok, tokens, line}) do
    case :erl_parse.parse_term(tokens) do
      {:ok, term} -> {:ok, term, line}
      {:error, error} -> {:error, error, line}
    end
  end

  defp parse(error), do: error

  # The characters of the next form; those read so far are in reverse.
  defp form(device, prompt, [c, ?. | _] = read) when c <= ?\s do
    text = :lists.reverse(read)

    case :erl_scan.string(text) do
      {:ok, [_ | _] = tokens, _} -> if(:erlang.element(1, :lists.last(tokens)) == :dot, do: text, else: more(device, prompt, read))
      _ -> more(device, prompt, read)
    end
  end

  defp form(device, prompt, read), do: more(device, prompt, read)

  defp more(device, prompt, read) do
    case get_chars(device, prompt, 1) do
      :eof -> if(:lists.all(&(&1 <= ?\s), read), do: :eof, else: :lists.reverse(read))
      {:error, _} = error -> error
      chars -> form(device, ~c"", :lists.reverse(:unicode.characters_to_list(chars), read))
    end
  end

  def get_password, do: get_password(:standard_io)
  def get_password(device), do: request(device, {:get_password, :unicode})

  def fread(prompt, format), do: fread(:standard_io, prompt, format)

  def fread(device, prompt, format), do: request(device, {:get_until, :unicode, prompt, :io_lib, :fread, [format]})

  # -- devices ----------------------------------------------------------------------------

  def getopts, do: getopts(:standard_io)
  def getopts(device), do: request(device, :getopts)
  def setopts(options), do: setopts(:standard_io, options)
  def setopts(device, options), do: request(device, {:setopts, options})

  def columns, do: columns(:standard_io)
  def columns(device), do: geometry(device, :columns)
  def rows, do: rows(:standard_io)
  def rows(device), do: geometry(device, :rows)

  defp geometry(device, what) do
    case request(device, {:get_geometry, what}) do
      n when is_integer(n) and n > 0 -> {:ok, n}
      _ -> {:error, :enotsup}
    end
  end

  def printable_range, do: :latin1

  # -- the protocol -----------------------------------------------------------------------

  def request(request), do: request(:standard_io, request)

  def request(device, request) when device in [:standard_io, :stdio],
    do: execute(:erlang.group_leader(), request)

  def request(pid, request) when is_pid(pid), do: execute(pid, request)

  def request(name, request) when is_atom(name) do
    case :erlang.whereis(name) do
      :undefined -> {:error, :arguments}
      pid -> execute(pid, request)
    end
  end

  # A file that was opened raw is no I/O server.
  def request(_device, _request), do: {:error, :arguments}

  def requests(requests), do: requests(:standard_io, requests)
  def requests(device, requests), do: request(device, {:requests, requests})

  defp execute(pid, _request) when pid == self(), do: {:error, :calling_self}

  defp execute(pid, request) do
    ref = :erlang.monitor(:process, pid)
    send(pid, {:io_request, self(), ref, request})

    receive do
      {:io_reply, ^ref, reply} ->
        :erlang.demonitor(ref, [:flush])
        reply

      {:DOWN, ^ref, _, _, :noproc} ->
        {:error, :terminated}

      {:DOWN, ^ref, _, _, _reason} ->
        {:error, :terminated}
    end
  end
end
