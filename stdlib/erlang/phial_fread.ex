# SPDX-License-Identifier: Apache-2.0
#
# :phial_fread, the formatted input of :io_lib.fread/2,3. Invariant: a directive either takes its text from the front and yields
# a value, or the whole read fails; no text at all where a directive or a character of the format wants some is no failure but
# `more`, so that the format goes on in the next line.

defmodule :phial_fread do
  @moduledoc false

  @doc "`{:ok, values, rest}`, `{:more, format, characters, values}` when text is missing, or an error."
  def read(format, text), do: read(format, text, 0, [])

  @doc """
  Text in parts, as a device has it, read line by line. The continuation is what came of the line so far, how many characters
  the lines before had, the values, and what is left of the format.
  """
  def read_on([], chars, format), do: read_on({[], 0, [], format}, chars, format)

  def read_on({line, n, values, format}, :eof, _) do
    case read(format, line, n, values) do
      {:ok, values, rest} -> {:done, {:ok, values}, rest}
      {:more, _, _, _} when line == [] and n == 0 -> {:done, :eof, :eof}
      {:more, _, _, _} -> {:done, {:error, {:fread, :input}}, :eof}
      error -> {:done, error, :eof}
    end
  end

  def read_on({line, n, values, format}, chars, _) do
    case Enum.split_while(chars, &(&1 not in ~c"\r\n")) do
      {_, []} -> {:more, {line ++ chars, n, values, format}}
      {start, [?\r, ?\n | next]} -> read_line(line ++ start, n, values, ~c"\r\n", next, format)
      {start, [c | next]} -> read_line(line ++ start, n, values, [c], next, format)
    end
  end

  defp read_line(line, n, values, newline, next, format) do
    case read(format, line, n, values) do
      {:ok, values, []} -> {:done, {:ok, values}, next}
      {:ok, values, rest} -> {:done, {:ok, values}, rest ++ newline ++ next}
      {:more, format, n, values} -> read_on({[], n + 1, values, format}, next, format)
      error -> {:done, error, next}
    end
  end

  # `values` are in reverse; `total` counts the characters before and in this text.
  defp read(format, text, n, values), do: fields(format, text, n + length(text), values)

  defp fields([], rest, _total, values), do: {:ok, :lists.reverse(values), rest}
  defp fields([c | format], text, total, values) when c in [?\s, ?\t, ?\n, ?\r], do: fields(format, skip(text), total, values)
  defp fields([?~, ?~ | format], text, total, values), do: plain(?~, format, [?~, ?~ | format], text, total, values)

  defp fields([?~ | directive] = all, text, total, values) do
    {discard?, format} = discard(directive)
    {width, format} = width(format)
    format = Enum.drop_while(format, &(&1 == ?t))

    case field(format, text, width, total) do
      {:ok, _, rest} when discard? -> fields(tl(format), rest, total, values)
      {:ok, value, rest} -> fields(tl(format), rest, total, [value | values])
      :more -> {:more, all, total, values}
      what -> {:error, {:fread, what}}
    end
  end

  defp fields([c | format] = all, text, total, values), do: plain(c, format, all, text, total, values)

  defp plain(c, format, _all, [c | text], total, values), do: fields(format, text, total, values)
  defp plain(_c, _format, all, [], total, values), do: {:more, all, total, values}
  defp plain(_c, _format, _all, _text, _total, _values), do: {:error, {:fread, :input}}

  defp discard([?* | format]), do: {true, format}
  defp discard(format), do: {false, format}

  defp width(format) do
    case Enum.split_while(format, &(&1 in ?0..?9)) do
      {[], format} -> {:infinity, format}
      {digits, format} -> {:erlang.list_to_integer(digits), format}
    end
  end

  # {:ok, value, rest}, :more, or what is wrong.
  defp field([?l | _], text, _width, total), do: {:ok, total - length(text), text}
  defp field([c | _], [], _width, _total) when c in ~c"dusafc#-", do: :more
  defp field([?c | _], text, width, _total), do: characters(text, if(width == :infinity, do: 1, else: width), [])

  defp field([?- | _], text, _width, _total) do
    case skip(text) do
      [?- | rest] -> {:ok, -1, rest}
      [?+ | rest] -> {:ok, 1, rest}
      rest -> {:ok, 1, rest}
    end
  end

  # The number of ~u is a base, that of others a width.
  defp field([?u | _], text, base, _total) when base == :infinity or base in 2..36 do
    base = if base == :infinity, do: 10, else: base
    digits(skip(text), &below?(&1, base), base, :unsigned)
  end

  defp field([?# | _], text, _width, _total), do: based(skip(text))

  defp field([c | _], text, :infinity, _total) when c in ~c"dfsa" do
    {word, rest} = Enum.split_while(skip(text), &(&1 not in ~c"\s\t\n\r"))
    {used, back} = part(c, word)
    with {:ok, value} <- value(c, used), do: {:ok, value, back ++ rest}
  end

  # A width is that of a column: so many characters, the blanks around the value among them.
  defp field([c | _], text, width, _total) when c in ~c"dfsa" do
    {column, rest} = Enum.split(text, width)
    word = column |> skip() |> :lists.reverse() |> skip() |> :lists.reverse()

    if length(column) < width do
      %{?d => :integer, ?f => :float, ?s => :string, ?a => :atom}[c]
    else
      with {:ok, value} <- value(c, word), do: {:ok, value, rest}
    end
  end

  defp field(_format, _text, _width, _total), do: :format

  defp characters(rest, 0, read), do: {:ok, :lists.reverse(read), rest}
  defp characters([c | rest], n, read) when c != ?\n, do: characters(rest, n - 1, [c | read])
  defp characters(_, _n, _read), do: :character

  defp digits(text, digit?, base, what) do
    case Enum.split_while(text, digit?) do
      {[], _} -> what
      {digits, rest} -> {:ok, :erlang.list_to_integer(digits, base), rest}
    end
  end

  defp below?(c, base) when c in ?0..?9, do: c - ?0 < base
  defp below?(c, base) when c in ?a..?z, do: c - ?a + 10 < base
  defp below?(c, base) when c in ?A..?Z, do: c - ?A + 10 < base
  defp below?(_, _), do: false

  defp based(text) do
    with {:ok, base, [?# | rest]} when base in 2..36 <- digits(text, &below?(&1, 10), 10, :based) do
      digits(rest, &below?(&1, base), base, :based)
    else
      _ -> :based
    end
  end

  defp part(?d, [sign | chars]) when sign in ~c"+-" do
    {digits, back} = Enum.split_while(chars, &(&1 in ?0..?9))
    {[sign | digits], back}
  end

  defp part(?d, chars), do: Enum.split_while(chars, &(&1 in ?0..?9))
  defp part(?f, chars), do: Enum.split_while(chars, &(&1 in ?0..?9 or &1 in ~c"+-.eE"))
  defp part(_, chars), do: {chars, []}

  defp value(?d, chars) do
    {:ok, :erlang.list_to_integer(chars)}
  rescue
    _ -> :integer
  end

  defp value(?f, chars) do
    {:ok, :erlang.list_to_float(chars)}
  rescue
    _ -> :float
  end

  defp value(?a, chars), do: {:ok, :erlang.list_to_atom(chars)}
  defp value(?s, chars), do: {:ok, chars}

  defp skip([c | rest]) when c in [?\s, ?\t, ?\n, ?\r], do: skip(rest)
  defp skip(rest), do: rest
end
