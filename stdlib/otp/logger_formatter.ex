# SPDX-License-Identifier: Apache-2.0
#
# Logger.Formatter and Logger.Utils: from a message to the text of a log line. Invariant: these
# are pure, but for the clock read by timestamp/1.

defmodule Logger.Formatter do
  @moduledoc "Conveniences for formatting log messages."

  @type time :: {{1970..10000, 1..12, 1..31}, {0..23, 0..59, 0..59, 0..999}}
  @type pattern :: :date | :level | :levelpad | :message | :metadata | :node | :time

  @valid_patterns [:time, :date, :message, :level, :node, :metadata, :levelpad]
  @default_pattern "\n$time $metadata[$level] $message\n"

  @doc "Compiles a format string into patterns."
  @spec compile(binary | nil) :: [pattern | binary]
  def compile(pattern_or_function)
  def compile(nil), do: compile(@default_pattern)
  def compile({mod, fun}) when is_atom(mod) and is_atom(fun), do: {mod, fun}

  def compile(string) do
    string
    |> split([], "")
    |> Enum.map(fn
      {:pattern, name} -> pattern(name)
      text -> text
    end)
  end

  # Splits at `$name`.
  defp split("", acc, text), do: Enum.reverse(push(text, acc))

  defp split(<<?$, c, _::binary>> = string, acc, text) when c in ?a..?z do
    <<?$, rest::binary>> = string
    {name, rest} = name(rest, "")
    split(rest, [{:pattern, name} | push(text, acc)], "")
  end

  defp split(<<c, rest::binary>>, acc, text), do: split(rest, acc, <<text::binary, c>>)

  defp name(<<c, rest::binary>>, acc) when c in ?a..?z, do: name(rest, <<acc::binary, c>>)
  defp name(rest, acc), do: {acc, rest}

  defp push("", acc), do: acc
  defp push(text, acc), do: [text | acc]

  defp pattern(name) do
    case Enum.find(@valid_patterns, &(Atom.to_string(&1) == name)) do
      nil ->
        raise ArgumentError, "$#{name} is an invalid format pattern"

      :levelpad ->
        IO.warn("$levelpad in Logger message format is deprecated, please remove it")
        :levelpad

      pattern ->
        pattern
    end
  end

  @doc "Applies compiled patterns to a message."
  @spec format({atom, atom} | [pattern | binary], Logger.level(), Logger.message(), time, keyword) ::
          IO.chardata()
  def format({mod, fun}, level, msg, timestamp, metadata),
    do: apply(mod, fun, [level, msg, timestamp, metadata])

  def format(config, level, msg, timestamp, metadata) do
    for config_option <- config, do: output(config_option, level, msg, timestamp, metadata)
  end

  defp output(:message, _, msg, _, _), do: msg
  defp output(:date, _, _, {date, _time}, _), do: format_date(date)
  defp output(:time, _, _, {_date, time}, _), do: format_time(time)
  defp output(:level, level, _, _, _), do: Atom.to_string(level)
  defp output(:node, _, _, _, _), do: Atom.to_string(node())
  defp output(:metadata, _, _, _, []), do: ""
  defp output(:metadata, _, _, _, meta), do: metadata(meta)
  defp output(:levelpad, level, _, _, _), do: levelpad(level)
  defp output(other, _, _, _, _), do: other

  defp levelpad(level) when level in [:info, :warn], do: " "
  defp levelpad(_), do: ""

  defp metadata([{key, value} | rest]) do
    if formatted = metadata(key, value),
      do: [to_string(key), ?=, formatted, ?\s | metadata(rest)],
      else: metadata(rest)
  end

  defp metadata([]), do: []

  defp metadata(:time, _), do: nil
  defp metadata(:gl, _), do: nil
  defp metadata(:report_cb, _), do: nil
  defp metadata(_, nil), do: nil
  defp metadata(_, string) when is_binary(string), do: string
  defp metadata(_, integer) when is_integer(integer), do: Integer.to_string(integer)
  defp metadata(_, float) when is_float(float), do: Float.to_string(float)
  defp metadata(_, pid) when is_pid(pid), do: :erlang.pid_to_list(pid)
  defp metadata(_, ref) when is_reference(ref), do: Enum.drop(:erlang.ref_to_list(ref), 4)
  defp metadata(:file, file) when is_list(file), do: file

  defp metadata(:domain, [head | tail]) when is_atom(head),
    do: Enum.map_intersperse([head | tail], ?., &Atom.to_string/1)

  defp metadata(:mfa, {mod, fun, arity})
       when is_atom(mod) and is_atom(fun) and is_integer(arity),
       do: Exception.format_mfa(mod, fun, arity)

  defp metadata(:initial_call, {mod, fun, arity})
       when is_atom(mod) and is_atom(fun) and is_integer(arity),
       do: Exception.format_mfa(mod, fun, arity)

  defp metadata(_, atom) when is_atom(atom) do
    case Atom.to_string(atom) do
      "Elixir." <> rest -> rest
      rest -> rest
    end
  end

  defp metadata(_, list) when is_list(list), do: nil

  defp metadata(_, other) do
    case String.Chars.impl_for(other) do
      nil -> nil
      impl -> impl.to_string(other)
    end
  end

  @doc "Makes chardata valid by replacing what is not."
  @spec prune(IO.chardata()) :: IO.chardata()
  def prune(binary) when is_binary(binary), do: prune_binary(binary, "")
  def prune([h | t]) when h in 0..1_114_111, do: [h | prune(t)]
  def prune([h | t]), do: [prune(h) | prune(t)]
  def prune([]), do: []
  def prune(_), do: "\uFFFD"

  defp prune_binary(<<h::utf8, t::binary>>, acc), do: prune_binary(t, <<acc::binary, h::utf8>>)
  defp prune_binary(<<_, t::binary>>, acc), do: prune_binary(t, <<acc::binary, "\uFFFD">>)
  defp prune_binary(<<>>, acc), do: acc

  @doc "A date as chardata."
  @spec format_date({1970..10000, 1..12, 1..31}) :: IO.chardata()
  def format_date({yy, mm, dd}), do: [Integer.to_string(yy), ?-, pad2(mm), ?-, pad2(dd)]

  @doc "A time as chardata."
  @spec format_time({0..23, 0..59, 0..59, 0..999}) :: IO.chardata()
  def format_time({hh, mi, ss, ms}), do: [pad2(hh), ?:, pad2(mi), ?:, pad2(ss), ?., pad3(ms)]

  defp pad3(int) when int < 10, do: [?0, ?0, Integer.to_string(int)]
  defp pad3(int) when int < 100, do: [?0, Integer.to_string(int)]
  defp pad3(int), do: Integer.to_string(int)

  defp pad2(int) when int < 10, do: [?0, Integer.to_string(int)]
  defp pad2(int), do: Integer.to_string(int)
end

defmodule Logger.Utils do
  @moduledoc false

  @doc "Cuts chardata to about `n` bytes, at a character."
  def truncate(chardata, :infinity) when is_binary(chardata) or is_list(chardata), do: chardata

  def truncate(chardata, n) when n >= 0 do
    {chardata, n} = cut(chardata, n)
    if n >= 0, do: chardata, else: [chardata, " (truncated)"]
  end

  defp cut(binary, n) when is_binary(binary) do
    remaining = n - byte_size(binary)

    if remaining < 0,
      do: {binary_part(binary, 0, boundary(binary, n)), remaining},
      else: {binary, remaining}
  end

  defp cut(int, n) when int in 0..127, do: {int, n - 1}
  defp cut(int, n) when int in 127..0x07FF, do: {int, n - 2}
  defp cut(int, n) when int in 0x800..0xFFFF, do: {int, n - 3}
  defp cut(int, n) when is_integer(int), do: {int, n - 4}
  defp cut([], n), do: {[], n}

  defp cut([h | t], n) do
    {h, n} = cut(h, n)
    if n < 0, do: {[h], n}, else: cut_tail(h, t, n)
  end

  defp cut(other, _n) do
    raise ArgumentError,
          "cannot truncate chardata because it contains something that is not " <>
            "valid chardata: #{inspect(other)}"
  end

  defp cut_tail(h, t, n) do
    {t, n} = cut(t, n)
    {[h | t], n}
  end

  defp boundary(_binary, 0), do: 0

  defp boundary(binary, n) do
    if :binary.at(binary, n) in 0x80..0xBF, do: boundary(binary, n - 1), else: n
  end

  @doc "Replaces ~p and ~w by what Elixir's inspect gives."
  def scan_inspect(format, args, truncate, opts \\ %Inspect.Opts{}) do
    format = if is_binary(format), do: String.to_charlist(format), else: to_charlist(format)
    {format, args, _} = scan(format, args, [], [], truncate, opts)
    {format, args}
  end

  defp scan([?~ | rest], args, format, done, truncate, opts) do
    {flags, [control | rest]} = Enum.split_while(rest, &(&1 in ?0..?9 or &1 in ~c"-.*tlkK"))
    {taken, args} = Enum.split(args, arity(control, flags))

    if control in ~c"pwPW" do
      text = inspected(hd(taken), control, opts)
      scan(rest, args, [~c"~ts" | format], [text | done], truncate, opts)
    else
      scan(rest, args, [[?~ | flags] ++ [control] | format], Enum.reverse(taken) ++ done, truncate, opts)
    end
  end

  defp scan([c | rest], args, format, done, truncate, opts),
    do: scan(rest, args, [c | format], done, truncate, opts)

  defp scan([], _args, format, done, truncate, _opts),
    do: {:lists.flatten(Enum.reverse(format)), Enum.reverse(done), truncate}

  defp arity(control, _flags) when control in ~c"~n", do: 0
  defp arity(control, flags) when control in ~c"WPxX", do: 2 + stars(flags)
  defp arity(_control, flags), do: 1 + stars(flags)

  defp stars(flags), do: Enum.count(flags, &(&1 == ?*))

  defp inspected(term, control, opts) when control in ~c"wW",
    do: inspect(term, limit: opts.limit, width: :infinity)

  defp inspected(term, _control, opts), do: inspect(term, limit: opts.limit)

  @doc "The time now as the formatter wants it."
  def timestamp(utc_log?), do: timestamp(:os.system_time(:microsecond), utc_log?)

  def timestamp(timestamp, utc_log?) do
    micro = rem(timestamp, 1_000_000)
    seconds = div(timestamp, 1_000_000)

    {date, {hours, minutes, seconds}} =
      if utc_log?,
        do: :calendar.system_time_to_universal_time(seconds, :second),
        else: :calendar.system_time_to_local_time(seconds, :second)

    {date, {hours, minutes, seconds, div(micro, 1000)}}
  end
end
