# SPDX-License-Identifier: Apache-2.0
#
# :phial_fread, the formatted input of :io_lib.fread/2. Invariant: a directive either takes its
# text from the front and yields a value, or the whole read fails.

defmodule :phial_fread do
  @moduledoc false
  # Formatted input: `{:ok, values, rest}`, `{:more, ...}` when text is missing, or an error.

  def read(format, text), do: read(format, text, text, [])

  defp read([], rest, _all, values), do: {:ok, :lists.reverse(values), rest}

  defp read([c | format], text, all, values) when c in [?\s, ?\t, ?\n, ?\r],
    do: read(format, skip(text), all, values)

  defp read([?~, ?~ | format], text, all, values), do: read([?~ | format], text, all, values, :plain)

  defp read([?~ | format], text, all, values) do
    {discard?, format} = discard(format)
    {width, format} = width(format)
    format = Enum.drop_while(format, &(&1 in [?t, ?l]))
    field(format, text, all, values, discard?, width)
  end

  defp read(format, text, all, values), do: read(format, text, all, values, :plain)

  defp read([c | format], [c | text], all, values, :plain), do: read(format, text, all, values)
  defp read(format, [], all, values, :plain), do: more(format, all, values)
  defp read(_format, _text, _all, _values, :plain), do: {:error, {:fread, :input}}

  defp discard([?* | format]), do: {true, format}
  defp discard(format), do: {false, format}

  defp width(format) do
    case Enum.split_while(format, &(&1 in ?0..?9)) do
      {[], format} -> {:infinity, format}
      {digits, format} -> {:erlang.list_to_integer(digits), format}
    end
  end

  defp field([?c | format], text, all, values, discard?, width) do
    n = if width == :infinity, do: 1, else: width

    case Enum.split(text, n) do
      {chars, rest} when length(chars) == n -> done(chars, format, rest, all, values, discard?)
      _ -> more([?~, ?c | format], all, values)
    end
  end

  defp field([control | format], text, all, values, discard?, width) when control in ~c"dufsa" do
    case skip(text) do
      [] -> more([?~, control | format], all, values)
      text -> word(control, format, text, all, values, discard?, width)
    end
  end

  defp field([?n | format], text, all, values, discard?, _width),
    do: done(length(all) - length(text), format, text, all, values, discard?)

  defp field([?l | format], text, all, values, discard?, width),
    do: field([?n | format], text, all, values, discard?, width)

  defp field(_format, _text, _all, _values, _discard, _width), do: {:error, {:fread, :format}}

  defp word(control, format, text, all, values, discard?, width) do
    {chars, rest} = take(text, width, [])
    {used, back} = split(control, chars)

    case value(control, used) do
      {:ok, value} -> done(value, format, back ++ rest, all, values, discard?)
      {:error, what} -> {:error, {:fread, what}}
    end
  end

  defp take(rest, 0, acc), do: {:lists.reverse(acc), rest}
  defp take([c | _] = rest, _n, acc) when c in [?\s, ?\t, ?\n, ?\r], do: {:lists.reverse(acc), rest}
  defp take([], _n, acc), do: {:lists.reverse(acc), []}
  defp take([c | rest], :infinity, acc), do: take(rest, :infinity, [c | acc])
  defp take([c | rest], n, acc), do: take(rest, n - 1, [c | acc])

  defp split(control, [sign | chars]) when control in ~c"du" and sign in ~c"+-" do
    {digits, back} = Enum.split_while(chars, &(&1 in ?0..?9))
    {[sign | digits], back}
  end

  defp split(control, chars) when control in ~c"du", do: Enum.split_while(chars, &(&1 in ?0..?9))
  defp split(?f, chars), do: Enum.split_while(chars, &(&1 in ?0..?9 or &1 in ~c"+-.eE"))
  defp split(_, chars), do: {chars, []}

  defp value(control, chars) when control in ~c"du" do
    {:ok, :erlang.list_to_integer(chars)}
  rescue
    _ -> {:error, if(control == ?d, do: :integer, else: :unsigned)}
  end

  defp value(?f, chars) do
    {:ok, :erlang.list_to_float(chars)}
  rescue
    _ -> {:error, :float}
  end

  defp value(?a, chars), do: {:ok, :erlang.list_to_atom(chars)}
  defp value(?s, chars), do: {:ok, chars}

  defp done(_value, format, rest, all, values, true), do: read(format, rest, all, values)
  defp done(value, format, rest, all, values, false), do: read(format, rest, all, [value | values])

  defp more(format, all, values), do: {:more, format, length(all), values}

  defp skip([c | rest]) when c in [?\s, ?\t, ?\n, ?\r], do: skip(rest)
  defp skip(rest), do: rest
end
