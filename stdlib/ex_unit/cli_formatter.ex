# SPDX-License-Identifier: Apache-2.0
# ExUnit.CLIFormatter: the terminal. Invariant: a dot, a letter or a line per test, in the order in which they end.
defmodule ExUnit.CLIFormatter do
  @moduledoc false
  use GenServer
  import ExUnit.Formatter, only: [format_times: 1, format_filters: 2, format_test_failure: 5, format_test_all_failure: 5]

  @colors [
    diff_delete: :red,
    diff_delete_whitespace: "\e[48;5;88m",
    diff_insert: :green,
    diff_insert_whitespace: "\e[48;5;28m",
    blame_diff: :red,
    error_info: :red,
    extra_info: :cyan,
    failure: :red,
    invalid: :yellow,
    location_info: [:bright, :black],
    skipped: :yellow,
    success: :green
  ]

  @impl true
  def init(opts) do
    config = %{
      colors: colors(opts),
      excluded: 0,
      failures: 0,
      invalid: 0,
      seed: opts[:seed],
      skipped: 0,
      slowest: opts[:slowest] || 0,
      tests: %{},
      timings: [],
      trace: opts[:trace],
      width: width()
    }

    {:ok, config}
  end

  defp colors(opts) do
    given = Keyword.put_new_lazy(opts[:colors] || [], :enabled, &IO.ANSI.enabled?/0)
    Keyword.merge(@colors, given)
  end

  defp width() do
    case :io.columns() do
      {:ok, columns} -> max(40, columns)
      _ -> 80
    end
  end

  @impl true
  def handle_cast({:suite_started, options}, config) do
    filters = [exclude: options[:exclude], include: options[:include]] |> Enum.reject(fn {_, filters} -> filters in [nil, []] end)
    for {kind, filters} <- filters, do: IO.puts(format_filters(filters, kind))
    if filters != [], do: IO.puts("")
    {:noreply, config}
  end

  def handle_cast({:suite_finished, times}, config) do
    summary(config, times)
    {:noreply, config}
  end

  def handle_cast({:test_started, test}, config) do
    if config.trace, do: IO.write("  * #{name(test)} [L##{test.tags.line}]")
    {:noreply, config}
  end

  def handle_cast({:test_finished, %ExUnit.Test{state: nil} = test}, config) do
    progress(config, test, :success, ".", time(test))
    {:noreply, counted(config, test)}
  end

  def handle_cast({:test_finished, %ExUnit.Test{state: {:excluded, reason}} = test}, config) when is_binary(reason) do
    if config.trace, do: progress(config, test, :invalid, "", "excluded")
    {:noreply, config |> counted(test) |> Map.update!(:excluded, &(&1 + 1))}
  end

  def handle_cast({:test_finished, %ExUnit.Test{state: {:skipped, reason}} = test}, config) when is_binary(reason) do
    progress(config, test, :skipped, "*", "skipped")
    {:noreply, config |> counted(test) |> Map.update!(:skipped, &(&1 + 1))}
  end

  def handle_cast({:test_finished, %ExUnit.Test{state: {:invalid, _}} = test}, config) do
    progress(config, test, :invalid, "?", time(test))
    {:noreply, config |> counted(test) |> Map.update!(:invalid, &(&1 + 1))}
  end

  def handle_cast({:test_finished, %ExUnit.Test{state: {:failed, failures}} = test}, config) do
    if config.trace, do: progress(config, test, :failure, "", time(test))
    number = config.failures + 1
    text = format_test_failure(test, failures, number, config.width, &formatter(&1, &2, config))
    print_failure(text, config)
    print_logs(test.logs)
    {:noreply, %{counted(config, test) | failures: number}}
  end

  def handle_cast({:module_started, %ExUnit.TestModule{name: name, file: file}}, config) do
    if config.trace, do: IO.puts("\n#{inspect(name)} [#{Path.relative_to_cwd(file)}]")
    {:noreply, config}
  end

  def handle_cast({:module_finished, %ExUnit.TestModule{state: {:failed, failures}} = module}, config) do
    number = config.failures + Enum.count(module.tests, &is_nil(&1.state))
    text = format_test_all_failure(module, failures, number, config.width, &formatter(&1, &2, config))
    print_failure(text, config)
    IO.write("\n")
    {:noreply, %{config | failures: number}}
  end

  def handle_cast(:max_failures_reached, config) do
    IO.write(color(:failure, "--max-failures reached, aborting test suite", config))
    {:noreply, config}
  end

  def handle_cast(_event, config), do: {:noreply, config}

  # A sign, or in a trace the line of the test with how it went.
  defp progress(%{trace: true} = config, test, color, _sign, how) do
    IO.puts("\r" <> color(color, "  * #{name(test)} (#{how}) [L##{test.tags.line}]", config))
  end

  defp progress(config, _test, color, sign, _how), do: IO.write(color(color, sign, config))

  defp name(%{name: name}), do: name |> to_string() |> String.replace("\n", " ")

  defp time(%{time: us}), do: milliseconds(us) <> "ms"

  defp milliseconds(us) do
    tens = div(us, 10)
    if tens < 10, do: "0.0#{tens}", else: "#{div(tens, 100)}.#{div(rem(tens, 100), 10)}"
  end

  defp print_failure(text, %{trace: true}), do: IO.write("\n" <> text)
  defp print_failure(text, _config), do: IO.write("\n\n" <> text)

  defp print_logs(""), do: IO.write("\n")

  defp print_logs(logs) do
    IO.write("\n     The following output was logged:\n     " <> String.replace(logs, "\n", "\n     ") <> "\n")
  end

  defp counted(config, test) do
    type = test.tags.test_type
    config = %{config | tests: Map.update(config.tests, type, 1, &(&1 + 1))}
    ran? = test.state == nil or match?({:failed, _}, test.state)
    if config.slowest > 0 and ran?, do: %{config | timings: [test | config.timings]}, else: config
  end

  ## The end

  defp summary(config, times) do
    total = config.tests |> Map.values() |> Enum.sum()
    if total > 0 and total == config.excluded, do: IO.puts(color(:invalid, "All tests have been excluded.", config))
    IO.puts("")
    IO.puts(format_times(times))
    if config.slowest > 0, do: slowest(config, times)
    IO.puts(color(outcome(config), counts(config), config))
    IO.puts("\nRandomized with seed #{config.seed}")
  end

  defp outcome(%{failures: n}) when n > 0, do: :failure
  defp outcome(%{invalid: n}) when n > 0, do: :invalid
  defp outcome(_), do: :success

  defp counts(config) do
    types = config.tests |> Enum.sort() |> Enum.map(fn {type, n} -> "#{n} #{plural(n, to_string(type))}, " end)

    others = for {n, word} <- [{config.excluded, "excluded"}, {config.invalid, "invalid"}], n > 0, do: ", #{n} #{word}"
    skipped = if config.skipped > 0, do: [", ", color(:skipped, "#{config.skipped} skipped", config)], else: []
    IO.iodata_to_binary([types, "#{config.failures} #{plural(config.failures, "failure")}", others, skipped])
  end

  defp plural(1, word), do: word
  defp plural(_, word), do: ExUnit.plural_rule(word)

  defp slowest(config, times) do
    slowest = config.timings |> Enum.sort_by(&(-&1.time)) |> Enum.take(config.slowest)
    sum = slowest |> Enum.map(& &1.time) |> Enum.sum()
    percent = if times.run > 0, do: Float.round(sum / times.run * 100, 1), else: 0.0
    IO.puts("\nTop #{config.slowest} slowest (#{seconds(sum)}s), #{percent}% of total time:\n")

    for test <- slowest do
      %{file: file, line: line} = test.tags
      IO.puts("  * #{name(test)} (#{inspect(test.module)}) (#{time(test)}) [#{Path.relative_to_cwd(file)}:#{line}]")
    end

    IO.puts("")
  end

  defp seconds(us) do
    n = div(us, 10_000)
    if n < 10, do: "0.0#{n}", else: "#{div(n, 100)}.#{div(rem(n, 100), 10)}"
  end

  ## Colours

  defp color(key, text, %{colors: colors}) do
    case colors[:enabled] && colors[key] do
      none when none in [nil, false] -> text
      color -> [color, text, :reset] |> IO.ANSI.format_fragment(true) |> IO.iodata_to_binary()
    end
  end

  defp formatter(:diff_enabled?, _, %{colors: colors}), do: colors[:enabled]
  defp formatter(:blame_diff, text, %{colors: colors} = config),
    do: if(colors[:enabled], do: color(:blame_diff, text, config), else: "-" <> text <> "-")

  # A part of a difference is a document, that is laid out later.
  defp formatter(key, doc, %{colors: colors}) when key in [:diff_delete, :diff_insert, :diff_delete_whitespace, :diff_insert_whitespace] do
    Inspect.Algebra.color(doc, key, %Inspect.Opts{syntax_colors: [{key, colors[key]}, {:reset, :reset}]})
  end

  defp formatter(key, text, config), do: color(key, text, config)
end
