# SPDX-License-Identifier: Apache-2.0
# EEx.Tokenizer: cuts a template into text and tags, and tells tags that open, continue or close a block from the others.
#
# Invariant: positions count characters of the template, and trimming never changes the position of what stays.
defmodule EEx.Tokenizer do
  @moduledoc false

  def tokenize(source, opts) do
    indentation = Keyword.get(opts, :indentation, 0)
    line = Keyword.get(opts, :line, 1)
    state = %{indentation: indentation, trim: Keyword.get(opts, :trim, false)}
    at = {line, Keyword.get(opts, :column, 1) + indentation}

    with {:ok, pieces, stop} <- pieces(source, at, state, []) do
      pieces = if state.trim, do: trim(pieces), else: pieces
      {:ok, Enum.flat_map(pieces, &tokens/1) ++ [{:eof, meta(stop)}]}
    end
  end

  defp tokens(:hidden), do: []
  defp tokens({:tag, marker, text, at}), do: [{kind(text), to_charlist(marker), to_charlist(text), meta(at)}]
  defp tokens({name, text, at}), do: [{name, to_charlist(text), meta(at)}]

  defp meta({line, column}), do: %{line: line, column: column}

  ## Pieces: {:text, text, at}, {:comment, text, at}, {:tag, marker, text, at}, :hidden

  defp pieces("", at, _state, acc), do: {:ok, :lists.reverse(acc), at}

  defp pieces(source, at, state, acc) do
    {text, raw, rest} = text(source, [], 0)
    after_text = move(at, raw, state)
    acc = if text == "", do: acc, else: [{:text, text, at} | acc]
    if rest == "", do: {:ok, :lists.reverse(acc), after_text}, else: tag(rest, after_text, state, acc)
  end

  # Text up to the next tag: {text, the same with its quotations, rest}.
  defp text(source, acc, from) do
    case :binary.match(source, "<%", scope: {from, byte_size(source) - from}) do
      :nomatch ->
        {IO.iodata_to_binary([acc, source]), IO.iodata_to_binary([marks(acc), source]), ""}

      {at, 2} ->
        case source do
          <<before::binary-size(at), "<%%", rest::binary>> -> text(rest, [acc, [before, "<%"]], 0)
          <<before::binary-size(at), rest::binary>> -> {IO.iodata_to_binary([acc, before]), IO.iodata_to_binary([marks(acc), before]), rest}
        end
    end
  end

  # What was read as "<%" took three characters.
  defp marks([]), do: []
  defp marks([acc, [before, "<%"]]), do: [marks(acc), before, "<%%"]

  defp tag("<%!--" <> rest, at, state, acc), do: until(rest, "--%>", "<%!--", at, state, fn text, at -> [{:comment, text, at} | acc] end)
  defp tag("<%#" <> rest, at, state, acc), do: until(rest, "%>", "<%#", at, state, fn _, _ -> [:hidden | acc] end)

  defp tag(<<"<%", marker, rest::binary>>, at, state, acc) when marker in [?=, ?/, ?|],
    do: until(rest, "%>", <<"<%", marker>>, at, state, fn text, at -> [{:tag, <<marker>>, text, at} | acc] end)

  defp tag("<%" <> rest, at, state, acc), do: until(rest, "%>", "<%", at, state, fn text, at -> [{:tag, "", text, at} | acc] end)

  defp until(source, closer, opener, at, state, add) do
    case :binary.split(source, closer) do
      [text, rest] -> pieces(rest, move(at, opener <> text <> closer, state), state, add.(text, at))
      [_] -> {:error, "missing token '#{closer}'", meta(move(at, opener <> source, state))}
    end
  end

  defp move({line, column}, text, state) do
    case :binary.matches(text, "\n") do
      [] ->
        {line, column + length(String.to_charlist(text))}

      newlines ->
        {last, 1} = List.last(newlines)
        tail = :erlang.binary_part(text, last + 1, byte_size(text) - last - 1)
        {line + length(newlines), 1 + state.indentation + length(String.to_charlist(tail))}
    end
  end

  ## Trimming

  # Of the blanks beside a tag one line end stays; at the start and at the end of the template nothing does.
  defp trim([{:text, _, _}] = pieces), do: pieces

  defp trim([{:text, text, at} | rest]) do
    if blank?(text), do: trim_rest(rest), else: [{:text, trim_right(text), at} | trim_rest(rest)]
  end

  defp trim(pieces), do: trim_rest(pieces)

  defp trim_rest([{:text, text, at}]) do
    if blank?(text), do: [], else: [trim_left(text, at)]
  end

  defp trim_rest([{:text, text, at} | rest]) do
    {:text, text, at} = trim_left(text, at)
    [{:text, trim_right(text), at} | trim_rest(rest)]
  end

  defp trim_rest([piece | rest]), do: [piece | trim_rest(rest)]
  defp trim_rest([]), do: []

  defp blank?(<<char, rest::binary>>) when char in ' \t\r\n', do: blank?(rest)
  defp blank?(rest), do: rest == ""

  # From the last line end of the leading blanks on.
  defp trim_left(text, {line, column} = at) do
    case Regex.run(~r/\A[ \t\r\n]*?(\r?\n)(?=[ \t]*(?:[^ \t\r\n]|\z))/, text, return: :index) do
      nil ->
        {:text, text, at}

      [{0, size}, {_, eol}] ->
        dropped = :erlang.binary_part(text, 0, size - eol)
        kept = "\n" <> :erlang.binary_part(text, size, byte_size(text) - size)

        case :binary.matches(dropped, "\n") do
          [] -> {:text, kept, {line, column + byte_size(dropped)}}
          newlines -> {:text, kept, {line + length(newlines), 1 + byte_size(dropped) - elem(List.last(newlines), 0) - 1}}
        end
    end
  end

  # Up to the first line end of the blanks at the end.
  defp trim_right(text), do: Regex.replace(~r/\r?\n[ \t\r\n]*\z/, text, "\n")

  ## Kinds of tags

  @middles ["else", "after", "catch", "rescue"]

  defp kind(text) do
    case words(text, []) do
      :error -> :expr
      [] -> :expr
      words -> kind(List.last(words), words)
    end
  end

  # `words` holds what was read, the last one first.
  defp kind(first, [last | _] = words) do
    cond do
      last == "do" -> if first == "end", do: :middle_expr, else: :start_expr
      last == :arrow -> if first != "end" and opens_function?(words), do: :start_expr, else: :middle_expr
      last in @middles -> :middle_expr
      first == "end" -> :end_expr
      true -> :expr
    end
  end

  defp opens_function?(words), do: Enum.find(words, fn word -> word in ["fn", "end"] end) == "fn"

  # Words, arrows and other characters outside of strings, atoms, characters and comments; a line end counts in front only.
  defp words("", acc), do: acc
  defp words("\n" <> rest, []), do: words(rest, [:eol])
  defp words("->" <> rest, acc), do: words(rest, [:arrow | acc])
  defp words("#" <> rest, acc), do: rest |> after_line() |> words(acc)
  defp words(<<??, ?\\, _, rest::binary>>, acc), do: words(rest, [:other | acc])
  defp words(<<??, _::utf8, rest::binary>>, acc), do: words(rest, [:other | acc])

  defp words(<<quote, rest::binary>>, acc) when quote in [?", ?'] do
    case after_string(rest, quote) do
      :error -> :error
      rest -> words(rest, [:other | acc])
    end
  end

  defp words(<<":", char, rest::binary>>, acc) when char in ?a..?z or char == ?_ do
    {_, rest} = word(rest, "")
    words(rest, [:other | acc])
  end

  defp words(<<".", char, rest::binary>>, acc) when char in ?a..?z or char == ?_ do
    {_, rest} = word(rest, "")
    words(rest, [:other | acc])
  end

  defp words(<<char, rest::binary>>, acc) when char in ' \t\r\n', do: words(rest, acc)

  defp words(<<char::utf8, rest::binary>>, acc) do
    if word_char?(char) do
      {word, rest} = word(rest, <<char::utf8>>)
      if key?(rest), do: words(rest, [:other | acc]), else: words(rest, [word | acc])
    else
      words(rest, [:other | acc])
    end
  end

  defp words(<<_, rest::binary>>, acc), do: words(rest, [:other | acc])

  defp key?(<<":", next, _::binary>>), do: next in ' \t\n'
  defp key?(rest), do: rest == ":"

  defp word(<<char::utf8, rest::binary>>, acc) when char in [??, ?!], do: {<<acc::binary, char::utf8>>, rest}

  defp word(<<char::utf8, rest::binary>> = source, acc) do
    if word_char?(char), do: word(rest, <<acc::binary, char::utf8>>), else: {acc, source}
  end

  defp word(rest, acc), do: {acc, rest}

  defp word_char?(char), do: char in ?a..?z or char in ?A..?Z or char in ?0..?9 or char in [?_, ?@] or char > 127

  defp after_line(text) do
    case :binary.split(text, "\n") do
      [_, rest] -> "\n" <> rest
      [_] -> ""
    end
  end

  defp after_string(<<?\\, _, rest::binary>>, quote), do: after_string(rest, quote)
  defp after_string(<<quote, rest::binary>>, quote), do: rest
  defp after_string(<<_, rest::binary>>, quote), do: after_string(rest, quote)
  defp after_string("", _quote), do: :error
end
