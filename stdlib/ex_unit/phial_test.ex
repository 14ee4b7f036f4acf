# SPDX-License-Identifier: Apache-2.0
# `phial test [FILES]`: takes the flags of `mix test`, loads the project, the helper and the tests, runs them. Invariant:
# what the command line says wins over what the helper configures, and the VM's own seed is the seed of the run if nobody sets one.
defmodule :phial_test do
  @moduledoc false

  @switches [
    all_warnings: :boolean,
    archives_check: :boolean,
    color: :boolean,
    compile: :boolean,
    cover: :boolean,
    deps_check: :boolean,
    elixir_version_check: :boolean,
    exclude: :keep,
    exit_status: :integer,
    export_coverage: :string,
    failed: :boolean,
    force: :boolean,
    formatter: :keep,
    include: :keep,
    max_cases: :integer,
    max_failures: :integer,
    max_requires: :integer,
    only: :keep,
    partitions: :integer,
    preload_modules: :boolean,
    profile_require: :string,
    raise: :boolean,
    seed: :integer,
    slowest: :integer,
    stale: :boolean,
    start: :boolean,
    timeout: :integer,
    trace: :boolean,
    virtual_time: :boolean,
    warnings_as_errors: :boolean
  ]

  # The exit status of the command.
  def run(args, seed) do
    case OptionParser.parse(args, strict: @switches) do
      {opts, files, []} -> if(umbrella?(), do: :phial_umbrella.test(Mix.Project.config(), args -- files, files), else: seeded(opts, seed, files))
      {_, _, errors} -> invalid(errors)
    end
  end

  # The VM's seed is that of the run, unless the helper sets one.
  defp seeded(opts, seed, files) do
    Application.put_env(:ex_unit, :phial_seed, seed)
    if path = System.get_env("PHIAL_TEST_PATH"), do: ExUnit.configure(test_location_relative_path: path)     # of the application in its umbrella
    prepare(opts, files)
  end

  defp umbrella?() do
    File.regular?("mix.exs") and File.read!("mix.exs") =~ "apps_path" and :phial_project.push_project() == :ok and Mix.Project.umbrella?()
  end

  defp invalid(errors) do
    lines = Enum.map(errors, &("\n" <> reason(&1)))
    word = if match?([_], errors), do: "error", else: "errors"
    stop("** (Mix) Could not invoke task \"test\": #{length(errors)} #{word} found!#{lines}")
  end

  defp reason({option, nil}) do
    known? = Enum.any?(@switches, fn {name, _} -> "--" <> String.replace(to_string(name), "_", "-") == option end)
    if known?, do: "#{option} : Missing argument of type #{type(option)}", else: "#{option} : Unknown option"
  end

  defp reason({option, value}), do: "#{option} : Expected type #{type(option)}, got #{inspect(value)}"

  defp type(option) do
    key = option |> String.trim_leading("-") |> String.replace("-", "_")
    Enum.find_value(@switches, "string", fn {name, type} -> if to_string(name) == key, do: if(type == :keep, do: "string", else: to_string(type)) end)
  end

  defp stop(message) do
    IO.puts(:stderr, message)
    1
  end

  defp prepare(opts, files) do
    {paths, lines} = files |> Enum.map(&ExUnit.Filters.parse_path/1) |> Enum.unzip()

    if Enum.any?(lines, &(&1 != [])) and match?([_, _ | _], files) do
      stop("** (Mix) Line numbers can only be used when running a single test file")
    else
      load(opts, files, paths, lines |> Enum.concat() |> Keyword.get(:include, []))
    end
  end

  defp load(opts, names, paths, line_filters) do
    if File.regular?("mix.exs"), do: load_project(opts)
    config = Mix.Project.config()
    pattern = config[:test_pattern] || "*_test.exs"
    given = if paths == [], do: config[:test_paths] || ["test"], else: paths
    matching = given |> Enum.flat_map(&expand(&1, pattern)) |> Enum.uniq()
    files = partition(matching, opts[:partitions])
    check_helpers(config)
    warn_misnamed(given, config, pattern, files)

    if paths != [] and files == [] and opts[:partitions] == nil do
      stop("Paths given to \"mix test\" did not match any directory/file: " <> Enum.join(names, ", "))
    else
      start(opts, line_filters, files)
    end
  rescue
    error in [Mix.Error] -> stop("** (Mix) " <> Exception.message(error))
  end

  defp expand(path, pattern) do
    cond do
      File.dir?(path) -> Path.wildcard(Path.join([path, "**", pattern]))
      File.regular?(path) -> [path]
      true -> []
    end
  end

  # Every n-th file: the one of n runs that the environment names.
  defp partition(files, nil), do: files

  defp partition(_files, n) when n < 1, do: raise(Mix.Error, "--partitions : expected to be positive integer, got #{n}")
  defp partition(files, 1), do: files

  defp partition(files, n) do
    text = System.get_env("MIX_TEST_PARTITION")

    case Integer.parse(text || "") do
      {number, ""} when number in 1..n -> files |> Enum.sort() |> Enum.drop(number - 1) |> Enum.take_every(n)
      _ -> raise Mix.Error, "The MIX_TEST_PARTITION environment variable must be set to an integer between 1..#{n} " <>
                            "when the --partitions option is set, got: #{inspect(text)}"
    end
  end

  # A project must have the helper of each of its test paths.
  defp check_helpers(config) do
    places = config[:test_paths] || if(File.dir?("test"), do: ["test"], else: [])

    for place <- places, helper = Path.join(place, "test_helper.exs"), File.regular?("mix.exs") and not File.regular?(helper),
      do: raise(Mix.Error, "Cannot run tests because test helper file #{inspect(helper)} does not exist")
  end

  defp warn_misnamed(paths, config, pattern, files) do
    for path <- paths, file <- expand(path, config[:warn_test_pattern] || "*_test.ex"), file not in files,
      do: IO.puts("warning: #{file} does not match #{inspect(pattern)} and won't be loaded")
  end

  # The project is built and started in the environment :test.
  defp load_project(opts) do
    :phial_project.load(env: :test, consolidate: true)
    if opts[:start] != false, do: :phial_project.start()
  end

  defp start(opts, line_filters, files) do
    Application.put_env(:ex_unit, :autorun, false)
    for helper <- helpers(files), File.regular?(helper), do: Code.require_file(helper)
    unless ExUnit.Server.running?(), do: ExUnit.start(autorun: false)
    ExUnit.configure([autorun: false] ++ options(opts, line_filters))

    case only_failed(opts, files) do
      [] -> nothing()
      files -> require_all(files, opts)
    end
  end

  # That of each of the project's test_paths; elsewhere the one next to the first file.
  defp helpers(files) do
    places = Mix.Project.config()[:test_paths] || ["test"]
    own = for place <- places, do: Path.join(place, "test_helper.exs")
    near = for file <- Enum.take(files, 1), place <- [Path.dirname(file), "."], do: Path.join(place, "test_helper.exs")
    if Enum.any?(own, &File.regular?/1), do: own, else: near |> Enum.filter(&File.regular?/1) |> Enum.take(1)
  end

  defp nothing() do
    IO.puts("There are no tests to run")
    0
  end

  defp only_failed(opts, files) do
    if opts[:failed] do
      {failed_files, ids} = ExUnit.Filters.failure_info(manifest())
      ExUnit.configure(only_test_ids: ids)
      Enum.filter(files, &MapSet.member?(failed_files, Path.expand(&1)))
    else
      files
    end
  end

  defp require_all([], opts), do: run_suite(opts)

  defp require_all([file | rest], opts) do
    Code.require_file(file)
  catch
    kind, error -> uncompiled(file, kind, error, __STACKTRACE__)
  else
    _ -> require_all(rest, opts)
  end

  # On standard output, as what is wrong with the files of a project.
  defp uncompiled(file, kind, error, stack) do
    error = Exception.normalize(kind, error, stack)
    say_filters(ExUnit.configuration())
    stack = Enum.reject(stack, fn entry -> elem(entry, 0) == :phial_test end)
    Kernel.ParallelCompiler.report({Path.expand(file), {kind, error, stack}})
    if is_exception(error), do: IO.write(:phial_compiler.story(Exception.message(error)))
    1
  end

  defp say_filters(options) do
    filters = for key <- [:exclude, :include], options[key] not in [nil, []], do: ExUnit.Formatter.format_filters(options[key], key)
    if filters != [], do: IO.puts([Enum.join(filters, "\n"), "\n"])
  end

  defp run_suite(opts) do
    result = ExUnit.run()

    cond do
      result.failures > 0 and opts[:raise] == true ->
        stop("** (Mix) \"mix test\" failed")

      result.failures > 0 ->
        ExUnit.configuration()[:exit_status]

      opts[:only] != nil and result.total == result.excluded ->
        stop("The --only option was given to \"mix test\" but no test was executed")

      true ->
        0
    end
  end

  # The options of ExUnit that the command line gives, merged with those of the helper.
  defp options(opts, line_filters) do
    env = fn key -> Application.get_env(:ex_unit, key, []) end
    filters = fn key -> opts |> Keyword.get_values(key) |> ExUnit.Filters.parse() end
    chosen = filters.(:only)
    include = chosen ++ filters.(:include)
    exclude = if(chosen == [], do: [], else: [:test]) ++ filters.(:exclude)

    # A line stands for itself: other filters have no say.
    selected =
      if line_filters == [],
        do: [include: include ++ env.(:include), exclude: exclude ++ env.(:exclude)],
        else: [include: line_filters, exclude: [:test]]

    selected ++ [
      formatters: formatters(opts, env.(:formatters)),
      failures_manifest_file: manifest()
    ] ++ colors(opts) ++ Keyword.take(opts, [:exit_status, :max_cases, :max_failures, :seed, :slowest, :timeout, :trace])
  end

  defp colors(opts) do
    case opts[:color] do
      nil -> []
      on? -> [colors: [enabled: on?]]
    end
  end

  defp formatters(opts, configured) do
    chosen = for name <- Keyword.get_values(opts, :formatter), do: Module.concat([name])
    formatters = if chosen == [], do: configured, else: chosen
    formatters ++ [ExUnit.FailuresRecorder]
  end

  defp manifest() do
    if File.regular?("mix.exs"),
      do: Path.expand("_build/test/.phial_test_failures"),
      else: Path.join(System.tmp_dir() || "/tmp", "phial_test_failures_#{:erlang.phash2(File.cwd!())}")
  end
end

defmodule ExUnit.FailuresRecorder do
  @moduledoc false
  # The formatter that keeps the failures of a run for `--failed`.
  use GenServer

  @impl true
  def init(opts), do: {:ok, {opts[:failures_manifest_file], ExUnit.FailuresManifest.read(opts[:failures_manifest_file])}}

  @impl true
  def handle_cast({:test_finished, test}, {path, manifest}), do: {:noreply, {path, ExUnit.FailuresManifest.put_test(manifest, test)}}

  def handle_cast({:suite_finished, _times}, {path, manifest} = state) do
    if manifest != %{} or File.exists?(path), do: ExUnit.FailuresManifest.write!(manifest, path)
    {:noreply, state}
  end

  def handle_cast(_event, state), do: {:noreply, state}
end
