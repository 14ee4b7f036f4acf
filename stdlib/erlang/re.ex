# SPDX-License-Identifier: Apache-2.0
# :re, the functions built on the native run/3: replace and split. Invariant: only run's options, `return` and what is
# named below pass; `capture` is theirs alone.
defmodule :re do
  @moduledoc "Regular expressions as Erlang has them."

  # -- replace ----------------------------------------------------------------------------

  @doc "Replaces the first match, or with `global` all; the replacement is iodata with `&`, `\\\\N`, `\\\\g{N}`."
  def replace(subject, pattern, replacement), do: replace(subject, pattern, replacement, [])

  def replace(subject, pattern, replacement, options) do
    {return, options} = return_of(options, 4)
    if Enum.any?(options, &capture?/1), do: argument(4, "invalid options")
    string = text(subject, pattern, options)

    template = template(replacement_text(replacement), "", [])
    unicode = unicode?(pattern, options)

    case :re.run(string, pattern, [{:capture, :all, :index} | options]) do
      :nomatch when return == :iodata -> subject
      :nomatch -> convert(string, return, unicode)
      {:match, [first | _] = all} when is_list(first) -> convert(join(all, string, 0, template), return, unicode)
      {:match, one} -> convert(join([one], string, 0, template), return, unicode)
      other -> other
    end
  end

  defp join([[{from, size} | _] = captures | rest], string, at, template),
    do: [:binary.part(string, at, from - at), filled(template, captures, string) | join(rest, string, from + size, template)]

  defp join([], string, at, _template), do: tail(string, at)

  defp filled(template, captures, string) do
    values = :erlang.list_to_tuple(captures)

    Enum.map(template, fn
      text when is_binary(text) -> text
      group when group < tuple_size(values) -> cut(elem(values, group), string)
      _ -> ""
    end)
  end

  defp cut({-1, _}, _string), do: ""
  defp cut({at, size}, string), do: :binary.part(string, at, size)
  defp tail(string, at), do: :binary.part(string, at, byte_size(string) - at)

  defp replacement_text(replacement) do
    :erlang.iolist_to_binary(replacement)
  rescue
    _ -> argument(3, "not an iodata term")
  end

  # A replacement as a list of texts and group numbers.
  defp template("", text, acc), do: :lists.reverse([text | acc])
  defp template(<<?&, rest::binary>>, text, acc), do: template(rest, "", [0, text | acc])

  defp template(<<?\\, ?g, ?{, rest::binary>>, text, acc) do
    case digits(rest, 0, 0) do
      {n, count, "}" <> rest} when count > 0 -> template(rest, "", [n, text | acc])
      _ -> argument(3, "not an iodata term")
    end
  end

  defp template(<<?\\, ?g, x, rest::binary>>, text, acc) when x in ?1..?9,
    do: template(<<?\\, x, rest::binary>>, text, acc)

  defp template(<<?\\, x, rest::binary>>, text, acc) when x in ?1..?9 do
    {n, _, rest} = digits(<<x, rest::binary>>, 0, 0)
    template(rest, "", [n, text | acc])
  end

  defp template(<<?\\, x, rest::binary>>, text, acc), do: template(rest, <<text::binary, x>>, acc)

  defp template(<<x, rest::binary>>, text, acc), do: template(rest, <<text::binary, x>>, acc)

  defp digits(<<x, rest::binary>>, n, count) when x in ?0..?9, do: digits(rest, n * 10 + x - ?0, count + 1)
  defp digits(rest, n, count), do: {n, count, rest}

  # -- split ------------------------------------------------------------------------------

  @doc "Splits where the pattern matches; captured groups stand between the parts. Options: `{parts, n}`, `group`, `trim`, `{return, type}`."
  def split(subject, pattern), do: split(subject, pattern, [])

  def split(subject, pattern, options) do
    {return, options} = return_of(options, 3)
    {own, options} = Enum.split_with(options, &split_option?/1)
    if Enum.any?(options, &capture?/1) or :global in options, do: argument(3, "invalid options")
    trim = :trim in own
    limit = if trim, do: 0, else: parts(List.keyfind(own, :parts, 0, {:parts, :infinity}))
    unicode = unicode?(pattern, options)
    string = text(subject, pattern, options)
    rows = if string == "", do: [[""]], else: rows(string, pattern, options, limit)
    bare = string == "" and :re.run(string, pattern, [{:capture, :none} | options]) == :nomatch
    rows = if trim and not bare, do: trimmed(:lists.reverse(rows)), else: rows
    converted = Enum.map(rows, fn row -> Enum.map(row, &convert(&1, return, unicode)) end)

    cond do
      :group in own -> converted
      true -> :lists.append(converted)
    end
  end

  defp split_option?({:parts, _}), do: true
  defp split_option?(option), do: option in [:group, :trim]

  defp parts({:parts, :infinity}), do: -1
  defp parts({:parts, n}) when is_integer(n) and n >= 0, do: n - 1
  defp parts(_), do: argument(3, "invalid options")

  # One row for each part: the part and the groups captured after it. `limit` matches are used; all if it is not positive.
  defp rows(string, pattern, options, limit) do
    case :re.run(string, pattern, [:global, {:capture, :all, :index} | options]) do
      {:match, all} -> cells(padded(all, groups(pattern, options)), string, 0, limit)
      _ -> [[string]]
    end
  end

  defp cells(_, string, at, 0) when at > 0, do: [[tail(string, at)]]
  defp cells([], string, at, _limit), do: [[tail(string, at)]]

  # An empty match at the very end splits nothing off.
  defp cells([[{from, 0} | _]], string, at, _limit) when from == byte_size(string) and at == from, do: [[""]]

  defp cells([[{from, size} | groups] | rest], string, at, limit) do
    row = [:binary.part(string, at, from - at) | Enum.map(groups, &cut(&1, string))]

    if size == 0 and from == at,
      do: cells(rest, string, at, limit),
      else: [row | cells(rest, string, from + size, limit - 1)]
  end

  defp groups(pattern, _options) when is_tuple(pattern), do: elem(pattern, 1)

  defp groups(pattern, options) do
    {:ok, compiled} = :re.compile(pattern, Enum.filter(options, &compile_option?/1))
    elem(compiled, 1)
  end

  @compile_options [
    :unicode, :anchored, :caseless, :dollar_endonly, :dotall, :extended, :firstline, :multiline, :no_auto_capture,
    :dupnames, :ungreedy, :bsr_anycrlf, :bsr_unicode, :no_start_optimize, :ucp, :never_utf
  ]
  defp compile_option?({:newline, _}), do: true
  defp compile_option?(option), do: option in @compile_options

  defp padded(all, n), do: Enum.map(all, &(&1 ++ List.duplicate({-1, 0}, n + 1 - length(&1))))

  defp trimmed([row | rest]) do
    case drop_empty(:lists.reverse(row)) do
      [] -> trimmed(rest)
      kept -> :lists.reverse([:lists.reverse(kept) | rest])
    end
  end

  defp trimmed([]), do: []

  defp drop_empty(["" | rest]), do: drop_empty(rest)
  defp drop_empty(row), do: row

  # -- shared -----------------------------------------------------------------------------

  defp return_of(options, position) do
    if not is_list(options), do: argument(position, "invalid options")

    case List.keytake(options, :return, 0) do
      nil -> {:iodata, options}
      {{:return, type}, rest} when type in [:iodata, :list, :binary] -> {type, rest}
      _ -> argument(position, "invalid options")
    end
  end

  defp capture?(option), do: is_tuple(option) and elem(option, 0) == :capture

  defp unicode?({:re_pattern, _, unicode, _, _}, _options), do: unicode == 1
  defp unicode?(_pattern, options), do: :unicode in options

  defp text(subject, _pattern, _options) when is_binary(subject), do: subject

  defp text(subject, pattern, options) do
    if unicode?(pattern, options),
      do: :unicode.characters_to_binary(subject),
      else: :erlang.iolist_to_binary(subject)
  rescue
    _ -> argument(1, "not an iodata term")
  end

  defp convert(result, :iodata, _unicode), do: result
  defp convert(result, :binary, _unicode), do: :erlang.iolist_to_binary(result)
  defp convert(result, :list, true), do: :unicode.characters_to_list(:erlang.iolist_to_binary(result))
  defp convert(result, :list, false), do: :erlang.binary_to_list(:erlang.iolist_to_binary(result))

  defp argument(position, why) do
    nth = elem({"1st", "2nd", "3rd", "4th"}, position - 1)
    raise ArgumentError, "errors were found at the given arguments:\n\n  * #{nth} argument: #{why}\n"
  end
end
