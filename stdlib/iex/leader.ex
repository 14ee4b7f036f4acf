# SPDX-License-Identifier: Apache-2.0
# The group leader of statements when the line editor has the terminal: text is written as it is, input is asked of the server, which
# lets the editor edit a line. Invariant: requests for input are answered in order, and what is left over serves the next one: characters of
# a line, or that the input had ended when some had come.
defmodule IEx.Leader do
  @moduledoc false

  def loop(server), do: loop(server, "", true)

  defp loop(server, left, binary) do
    receive do
      {:io_request, from, ref, request} ->
        {left, binary} = serve(request, {server, from, ref}, left, binary)
        loop(server, left, binary)

      _ ->
        loop(server, left, binary)
    end
  end

  defp serve({:get_line, _encoding, prompt}, client, left, binary), do: line(client, prompt, left, binary, :line)
  defp serve({:get_line, prompt}, client, left, binary), do: line(client, prompt, left, binary, :line)
  defp serve({:get_password, _encoding}, client, left, binary), do: line(client, "", left, binary, :password)
  defp serve({:get_chars, _encoding, prompt, n}, client, left, binary), do: chars(client, prompt, n, left, binary)
  defp serve({:get_chars, prompt, n}, client, left, binary), do: chars(client, prompt, n, left, binary)
  defp serve({:get_until, _encoding, prompt, m, f, a}, client, left, binary), do: until(client, prompt, {m, f, a}, [], left, binary)
  defp serve({:get_until, prompt, m, f, a}, client, left, binary), do: until(client, prompt, {m, f, a}, [], left, binary)

  defp serve({:setopts, options} = request, {_, from, ref}, left, binary) when is_list(options) do
    send(:user, {:io_request, from, ref, request})
    {left, Keyword.get(Enum.filter(options, &is_tuple/1), :binary, binary and :list not in options) || :binary in options}
  end

  defp serve({:get_geometry, what}, {_, from, ref}, left, binary) do
    {columns, rows} = :phial_edit.size()
    send(from, {:io_reply, ref, if(what == :columns, do: columns, else: rows)})
    {left, binary}
  end

  defp serve(request, {_, from, ref}, left, binary) do
    pass_on(request, from, ref)
    {left, binary}
  end

  # Text is written at once. Everything else is :user's, who answers the client itself.
  defp pass_on({:put_chars, encoding, chars}, from, ref), do: send(from, {:io_reply, ref, :phial_user.put_chars(encoding, chars)})
  defp pass_on(request, from, ref), do: send(:user, {:io_request, from, ref, request})

  defp line(client, prompt, left, binary, mode) do
    case more(client, prompt, left, mode) do
      text when is_binary(text) ->
        {line, rest} = split_line(text)
        reply(client, shaped(line, binary))
        {rest, binary}

      other ->
        reply(client, other)
        {"", binary}
    end
  end

  defp split_line(text) do
    case :binary.split(text, "\n") do
      [line, rest] -> {line <> "\n", rest}
      [line] -> {line, ""}
    end
  end

  defp chars(client, prompt, n, left, binary) do
    case more(client, prompt, left, :line) do
      text when is_binary(text) ->
        {taken, rest} = String.split_at(text, n)

        if String.length(taken) < n and n > 0,
          do: chars_further(client, prompt, n, text, binary),
          else: done(client, taken, rest, binary)

      other ->
        reply(client, other)
        {"", binary}
    end
  end

  # A line was not enough.
  defp chars_further(client, prompt, n, text, binary) do
    case ask(client, prompt, :line) do
      more when is_binary(more) ->
        {taken, rest} = String.split_at(text <> more, n)
        if String.length(taken) < n, do: chars_further(client, prompt, n, text <> more, binary), else: done(client, taken, rest, binary)

      _ ->
        done(client, text, :eof, binary)
    end
  end

  defp done(client, taken, rest, binary) do
    reply(client, shaped(taken, binary))
    {rest, binary}
  end

  defp until(client, prompt, {m, f, a} = reader, continuation, left, binary) do
    data = with text when is_binary(text) <- more(client, prompt, left, :line), do: String.to_charlist(text)

    case apply(m, f, [continuation, data | a]) do
      {:done, result, rest} ->
        reply(client, result)
        {if(is_list(rest), do: List.to_string(rest), else: ""), binary}

      {:more, continuation} ->
        until(client, prompt, reader, continuation, "", binary)
    end
  rescue
    _ ->
      reply(client, {:error, elem(reader, 1)})
      {"", binary}
  end

  defp more(client, prompt, "", mode), do: ask(client, prompt, mode)
  defp more(_client, _prompt, :eof, _mode), do: :eof
  defp more(_client, _prompt, left, _mode), do: left

  defp ask({server, from, _}, prompt, mode) do
    monitor = Process.monitor(from)
    send(server, {:read_line, {self(), monitor}, :unicode.characters_to_binary(:io_lib.format_prompt(prompt, :unicode)), mode})
    line = await_line(server, monitor)
    Process.demonitor(monitor, [:flush])
    line
  end

  # Output does not wait for a line that somebody else wants to read; a line is not waited for when the reader has ended.
  defp await_line(server, monitor) do
    receive do
      {:line_read, ^monitor, line} ->
        line

      {:io_request, from, ref, request} when elem(request, 0) == :put_chars ->
        pass_on(request, from, ref)
        await_line(server, monitor)

      {:DOWN, ^monitor, :process, _, _} ->
        send(server, {:read_dropped, {self(), monitor}})
        {:error, :terminated}
    end
  end

  defp reply({_, from, ref}, answer), do: send(from, {:io_reply, ref, answer})

  defp shaped(text, true), do: text
  defp shaped(text, false), do: String.to_charlist(text)
end
