# SPDX-License-Identifier: Apache-2.0
# :logger_formatter and :logger_filters, what Erlang's handlers are given to turn events into text and to choose among them.
# Invariant: a formatter never fails for an event; a filter answers the event, :stop or :ignore.
defmodule :logger_formatter do
  @moduledoc "Erlang's formatter of events."

  @keys [:chars_limit, :depth, :legacy_header, :max_size, :mfa_to_string, :report_cb, :single_line, :template, :time_designator, :time_offset]

  def check_config(config) when is_map(config) do
    case :lists.sort(:maps.to_list(:maps.without(@keys, config))) do
      [] -> :ok
      [bad | _] -> {:error, {:invalid_formatter_config, :logger_formatter, bad}}
    end
  end

  def check_config(config), do: {:error, {:invalid_formatter_config, :logger_formatter, config}}

  def format(%{level: level, msg: msg, meta: meta}, config) do
    config = :maps.merge(%{single_line: true, time_offset: ~c"", time_designator: ?T, depth: :unlimited}, config)
    template = :maps.get(:template, config, default_template(config))
    meta = :maps.merge(if(config[:legacy_header], do: headed(meta, level), else: meta), %{level: level, msg: msg})
    cut(:lists.map(&item(&1, meta, config), template), config)
  end

  # The line above an event: its title, or its level, and the local time.
  defp headed(meta, level) do
    own = :maps.get(:logger_formatter, meta, %{})
    title = :maps.get(:title, own, :string.uppercase(:erlang.atom_to_list(level)) ++ ~c" REPORT")
    micros = :maps.get(:time, meta, :logger.timestamp())
    {{y, mo, d}, {h, mi, s}} = :calendar.system_time_to_local_time(:erlang.div(micros, 1_000_000), :second)
    month = :lists.nth(mo, ~w(Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec)c)
    args = [title, d, month, y, h, mi, s, :erlang.rem(micros, 1_000_000)]
    header = :io_lib.format(~c"=~ts==== ~w-~s-~4w::~2..0w:~2..0w:~2..0w.~6..0w ===", args)
    :maps.put(:logger_formatter, :maps.put(:header, :lists.flatten(header), own), meta)
  end

  defp default_template(%{legacy_header: true}), do: [[:logger_formatter, :header], ~c"\n", :msg, ~c"\n"]
  defp default_template(%{single_line: true}), do: [:time, ~c" ", :level, ~c": ", :msg, ~c"\n"]
  defp default_template(_), do: [:time, ~c" ", :level, ~c":\n", :msg, ~c"\n"]

  # An item: a key, the path of a key, {key, what if it is there, what if not}, or text.
  defp item(:msg, meta, config), do: message(meta.msg, meta, config)
  defp item({key, there, absent}, meta, config), do: :lists.map(&item(&1, meta, config), if(value(key, meta) == :error, do: absent, else: there))
  defp item(text, _meta, _config) when is_binary(text), do: text

  defp item(key, meta, config) when is_atom(key) or (is_list(key) and is_atom(hd(key))) do
    case value(key, meta) do
      {:ok, value} -> shown(key, value, config)
      :error -> ~c""
    end
  end

  defp item(text, _meta, _config), do: text

  defp value([key], meta), do: value(key, meta)

  defp value([key | path], meta) do
    case meta do
      %{^key => %{} = inner} -> value(path, inner)
      _ -> :error
    end
  end

  defp value(key, meta), do: :maps.find(key, meta)

  defp shown(:time, time, config) when is_integer(time) do
    :calendar.system_time_to_rfc3339(time, unit: :microsecond, offset: config.time_offset, time_designator: config.time_designator)
  end

  defp shown(_key, {module, function, arity}, _config) when is_atom(module) and is_atom(function) and is_integer(arity),
    do: :io_lib.format(~c"~tw:~tw/~w", [module, function, arity])

  defp shown(_key, value, _config) when is_atom(value), do: :erlang.atom_to_list(value)
  defp shown(_key, value, _config) when is_pid(value), do: :erlang.pid_to_list(value)
  defp shown(_key, value, _config) when is_reference(value), do: :erlang.ref_to_list(value)
  defp shown(_key, value, _config) when is_integer(value), do: :erlang.integer_to_list(value)
  defp shown(_key, value, _config) when is_binary(value), do: value

  defp shown(_key, value, config) do
    if is_list(value) and :io_lib.printable_unicode_list(value),
      do: value,
      else: :io_lib.format(if(config.single_line, do: ~c"~0tp", else: ~c"~tp"), [value])
  end

  defp message({:string, text}, _meta, config), do: one_line(text, config)

  defp message({:report, report}, meta, config) do
    case :maps.get(:report_cb, config, :maps.get(:report_cb, meta, &:logger.format_report/1)) do
      fun when is_function(fun, 1) -> message(fun.(report), meta, config)
      fun when is_function(fun, 2) -> one_line(fun.(report, :maps.with([:depth, :chars_limit, :single_line], config)), config)
    end
  end

  defp message({format, args}, _meta, config) do
    parsed = :io_lib.scan_format(format, args)
    narrow = fn %{control_char: c, width: :none} = spec when c in ~c"pP" -> %{spec | width: 0}; other -> other end
    parsed = if config.single_line, do: :lists.map(narrow, parsed), else: parsed
    one_line(:io_lib.build_text(parsed), config)
  end

  defp one_line(text, %{single_line: false}), do: text

  defp one_line(text, _config) do
    trimmed = :string.trim(:unicode.characters_to_list(text), :both)
    :re.replace(trimmed, ~c",?\r?\n\s*", ~c", ", [:global, :unicode, return: :list])
  end

  defp cut(text, %{max_size: size}) when is_integer(size), do: :string.slice(text, 0, size)
  defp cut(text, _config), do: text
end

defmodule :logger_filters do
  @moduledoc "Erlang's ready-made filters."

  def level(%{level: level} = event, {action, relation, given}) when action in [:log, :stop] do
    compared = :logger.compare_levels(level, given)

    answer(event, action, case relation do
      :neq -> compared != :eq
      :eq -> compared == :eq
      :lt -> compared == :lt
      :gt -> compared == :gt
      :lteq -> compared != :gt
      :gteq -> compared != :lt
    end)
  end

  def domain(%{meta: meta} = event, {action, relation, given}) when action in [:log, :stop] and is_list(given) do
    own = :maps.get(:domain, meta, :undefined)

    answer(event, action, case relation do
      :sub -> is_list(own) and :lists.prefix(given, own)
      :super -> is_list(own) and :lists.prefix(own, given)
      :equal -> own == given
      :not_equal -> own != given
      :undefined -> own == :undefined
    end)
  end

  def progress(%{msg: {:report, %{label: {_, :progress}}}} = event, action), do: answer(event, action, true)
  def progress(_event, _action), do: :ignore

  def remote_gl(%{meta: %{gl: gl}} = event, action) when node(gl) != node(), do: answer(event, action, true)
  def remote_gl(_event, _action), do: :ignore

  defp answer(event, :log, true), do: event
  defp answer(_event, :stop, true), do: :stop
  defp answer(_event, _action, false), do: :ignore
end
