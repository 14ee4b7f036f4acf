# SPDX-License-Identifier: Apache-2.0
# A project: the folder with mix.exs. Loads its configuration, compiles what changed, makes its applications known and starts them.
#
# Built files stand in _build/phial/ENV/lib/APP: ebin/*.beam, ebin/APP.app and .manifest. Invariant: the manifest names exactly the sources whose
# modules stand in ebin and are up to date; before stale files are compiled their entries and modules are removed, so a build that fails is taken up
# where it was.
defmodule :phial_project do
  @moduledoc false

  # Loads mix.exs of the working directory, if there is one: configuration, compilation, specifications. opts: env (default environment), start
  # (default true), compile (default true), paths (of sources, beside the project's).
  @spec load(keyword) :: boolean
  def load(opts \\ []) do
    if File.regular?("mix.exs") do
      unless System.get_env("MIX_ENV"), do: Mix.env(Keyword.get(opts, :env, :dev))
      push_project()
      config = Mix.Project.config()
      check_elixir(config[:app], config[:elixir])
      configured = read_config(config)
      if Mix.Project.umbrella?(config), do: :phial_umbrella.load(config), else: build_own(config, configured, opts)
      read_runtime(config)
      if opts[:consolidate] && config[:consolidate_protocols], do: Protocol.__consolidate__()
      true
    else
      false
    end
  end

  defp check_elixir(_app, nil), do: :ok

  defp check_elixir(app, requirement) do
    case Version.parse_requirement(requirement) do
      {:ok, parsed} ->
        unless Version.match?(System.version(), parsed) do
          declared = "it has declared in its mix.exs file it supports only Elixir #{requirement}"
          Mix.raise("You're trying to run #{inspect(app)} on Elixir v#{System.version()} but #{declared}")
        end

      :error ->
        Mix.raise("Invalid Elixir version requirement #{requirement} in mix.exs file")
    end
  end

  defp build_own(config, configured, opts) do
    deps = if(Keyword.get(opts, :deps, true), do: :phial_deps.load(config), else: [])
    build(config, deps, configured, opts)
  end

  # Starts the application of the project, or those of the umbrella, and what they need.
  @spec start() :: :ok
  def start do
    config = Mix.Project.config()
    apps = if Mix.Project.umbrella?(config), do: Keyword.keys(:phial_umbrella.apps(config)), else: [config[:app]]
    Enum.each(apps, &start(&1, config))
  end

  defp start(app, config) do
    type = if config[:start_permanent], do: :permanent, else: :temporary

    if app do
      case Application.ensure_all_started(app, type) do
        {:ok, _} -> :ok
        {:error, {failed, reason}} -> Mix.raise("Could not start application #{failed}: " <> Application.format_error(reason))
      end
    else
      :ok
    end
  end

  def push_project do
    previous = Code.get_compiler_option(:ignore_module_conflict)
    Code.put_compiler_option(:ignore_module_conflict, true)
    before = Mix.Project.get()
    Code.compile_file("mix.exs")
    Code.put_compiler_option(:ignore_module_conflict, previous)
    if Mix.Project.get() == before and before == nil, do: Mix.raise("Could not find a Mix.Project in mix.exs")
    :ok
  end

  # -- configuration --------------------------------------------------------------------------

  # What it amounts to, hashed: a change compiles everything again.
  defp read_config(config) do
    path = config[:config_path]

    if File.regular?(path) do
      values = Config.Reader.read!(path, env: Mix.env(), target: Mix.target())
      Application.put_all_env(values, persistent: true)
      :erlang.md5(:erlang.term_to_binary(values))
    else
      if path != "config/config.exs", do: Mix.raise("Could not find configuration file #{path}")
      <<>>
    end
  end

  defp read_runtime(config) do
    path = Path.join(Path.dirname(config[:config_path]), "runtime.exs")

    if File.regular?(path) do
      values = Config.Reader.read!(path, env: Mix.env(), target: Mix.target(), imports: :disabled)
      Application.put_all_env(values, persistent: true)
    end
  end

  # -- what is stale --------------------------------------------------------------------------

  # Compiles the sources that changed, or whose compile-time needs did; then the modules can be loaded and the application is known.
  def build(config, deps, configured, opts) do
    ebin = Mix.Project.compile_path(config)
    File.mkdir_p!(ebin)
    link_priv(config)
    Code.prepend_path(ebin)
    key = {:phial.build_id(), configured, Enum.map(deps, fn dep -> {dep.app, dep.stamp} end)}
    manifest = if(opts[:force], do: %{}, else: read_manifest(config, key))

    if Keyword.get(opts, :compile, true) do
      sources = sources(config)
      fresh = stale(sources, manifest)
      kept = Map.drop(Map.take(manifest, sources), fresh)
      remove_modules(ebin, Map.drop(manifest, Map.keys(kept)))
      built = compile(fresh, kept, key, config, ebin)
      load_application(config, deps, built)
    else
      load_application(config, deps, manifest)
    end
  end

  defp sources(config) do
    for path <- config[:elixirc_paths], file <- source_files(path), uniq: true, do: file
  end

  defp source_files(path) do
    cond do
      File.dir?(path) -> Path.wildcard(Path.join(path, "**/*.ex"))
      File.regular?(path) -> [path]
      true -> []
    end
  end

  defp stale(sources, manifest) do
    changed = Enum.filter(sources, &changed?(&1, manifest[&1]))
    removed = Map.keys(manifest) -- sources
    modules = for file <- changed ++ removed, entry = manifest[file], module <- entry.modules, do: module
    dependents(changed, MapSet.new(modules), sources, manifest)
  end

  defp changed?(_file, nil), do: true

  defp changed?(file, entry) do
    digest(file) != entry.digest or Enum.any?(entry.external, fn {path, digest} -> digest(path) != digest end)
  end

  defp digest(file) do
    case File.read(file) do
      {:ok, text} -> :erlang.md5(text)
      {:error, reason} -> reason
    end
  end

  # A source is stale too when it used, while it was compiled, a module that is, or that calls (at any distance) one that is.
  defp dependents(fresh, affected, sources, manifest) do
    rest = sources -- fresh
    reached = reached(affected, manifest)
    more = Enum.filter(rest, fn file -> Enum.any?(manifest[file].needs, &MapSet.member?(reached, &1)) end)

    case more do
      [] -> fresh
      _ -> dependents(fresh ++ more, Enum.reduce(more, affected, fn file, set -> Enum.into(manifest[file].modules, set) end), sources, manifest)
    end
    |> then(fn found -> Enum.filter(sources, &(&1 in found)) end)
  end

  # The affected modules and those that name one of them.
  defp reached(affected, manifest) do
    more =
      for {_, entry} <- manifest, Enum.any?(entry.names, &MapSet.member?(affected, &1)), module <- entry.modules, reduce: affected do
        set -> MapSet.put(set, module)
      end

    if MapSet.size(more) == MapSet.size(affected), do: affected, else: reached(more, manifest)
  end

  defp remove_modules(ebin, gone) do
    for {_, entry} <- gone, module <- entry.modules, do: File.rm(beam(ebin, module))
  end

  defp beam(ebin, module), do: Path.join(ebin, "#{module}.beam")

  # -- compiling ------------------------------------------------------------------------------

  defp compile([], kept, key, config, _ebin) do
    write_manifest(config, key, kept)
    kept
  end

  defp compile(files, kept, key, config, ebin) do
    write_manifest(config, key, kept)
    strict? = config[:elixirc_options][:warnings_as_errors]
    note = if strict?, do: [each_warning: fn _ -> Process.put({__MODULE__, :warned}, true) end], else: []
    # Logger's macros note the application they are compiled in.
    outer = Application.get_env(:logger, :compile_time_application)
    Application.put_env(:logger, :compile_time_application, config[:app])
    result = :phial_builder.compile(Enum.map(files, &Path.expand/1), note)
    Application.put_env(:logger, :compile_time_application, outer)

    case Process.delete({__MODULE__, :warned}) && match?({:ok, _}, result) || result do
      true ->
        IO.puts(:stderr, "Compilation failed due to warnings while using the --warnings-as-errors option")
        exit({:shutdown, 1})

      {:ok, done} ->
        built = Enum.reduce(done, kept, fn result, kept -> keep(result, ebin, kept) end)
        write_manifest(config, key, built)
        built

      {:error, failed} ->
        Enum.each(failed, &Kernel.ParallelCompiler.report/1)
        exit({:shutdown, 1})
    end
  end

  defp keep({path, modules, needs}, ebin, kept) do
    for {module, binary} <- modules, do: File.write!(beam(ebin, module), binary)
    file = Path.relative_to_cwd(path)
    own = for {module, _} <- modules, do: module
    names = for {_, binary} <- modules, name <- module_names(binary), name not in own, uniq: true, do: name
    external = for module <- own, path <- resources(module), uniq: true, do: {path, digest(path)}
    Map.put(kept, file, %{digest: digest(path), modules: own, needs: needs -- own, names: names, external: external})
  end

  defp resources(module) do
    for {:external_resource, paths} <- module.module_info(:attributes), path <- paths, is_binary(path), do: path
  end

  # The atoms of a module's bytes (vm/image.c) that may name modules of a project.
  defp module_names(<<_::binary-size(36), count::32-little, rest::binary>>), do: module_names(rest, count, [])
  defp module_names(_), do: []

  defp module_names(_rest, 0, names), do: names

  defp module_names(bytes, count, names) do
    {size, rest} = varint(bytes, 0, 0)
    <<name::binary-size(size), rest::binary>> = rest
    module_names(rest, count - 1, if(candidate?(name), do: [String.to_atom(name) | names], else: names))
  end

  defp varint(<<1::1, low::7, rest::binary>>, shift, value), do: varint(rest, shift + 7, value + :erlang.bsl(low, shift))
  defp varint(<<0::1, low::7, rest::binary>>, shift, value), do: {value + :erlang.bsl(low, shift), rest}

  defp candidate?("Elixir." <> _ = name), do: :code.which(String.to_atom(name)) != :preloaded
  defp candidate?(_name), do: false

  # -- the manifest ---------------------------------------------------------------------------

  defp manifest_path(config), do: Path.join(Mix.Project.app_path(config), ".manifest")

  defp read_manifest(config, key) do
    with {:ok, bytes} <- File.read(manifest_path(config)),
         {:ok, {^key, entries}} <- term(bytes) do
      entries
    else
      _ ->
        File.rm_rf(Mix.Project.compile_path(config))
        File.mkdir_p!(Mix.Project.compile_path(config))
        %{}
    end
  end

  defp term(bytes) do
    {:ok, :erlang.binary_to_term(bytes)}
  rescue
    ArgumentError -> :error
  end

  defp write_manifest(config, key, entries) do
    bytes = :erlang.term_to_binary({key, entries})
    if File.read(manifest_path(config)) != {:ok, bytes}, do: File.write!(manifest_path(config), bytes)
  end

  # -- the application ------------------------------------------------------------------------

  defp link_priv(config) do
    link = Path.join(Mix.Project.app_path(config), "priv")
    if File.dir?("priv") and not File.exists?(link), do: File.ln_s(Path.expand("priv"), link)
  end

  # What stands in APP.app: the function application of mix.exs, completed.
  defp load_application(config, deps, built) do
    app = config[:app]
    project = Mix.Project.get()

    if app do
      own = if function_exported?(project, :application, 0), do: project.application(), else: []
      modules = for({_, entry} <- built, module <- entry.modules, do: module) |> Enum.sort()
      properties = properties(own, config, deps, modules)
      file = Path.join(Mix.Project.compile_path(config), "#{app}.app")
      text = :io_lib.format(~c"~p.~n", [{:application, app, properties}]) |> IO.chardata_to_string()
      if File.read(file) != {:ok, text}, do: File.write!(file, text)
      known(:application.load({:application, app, properties}), app)
      Exception.__project__(modules, "(#{app} #{config[:version]}) ")
      for included <- Keyword.get(own, :included_applications, []), do: :application.load(included)
    end
  end

  defp known(:ok, _app), do: :ok
  defp known({:error, {:already_loaded, _}}, _app), do: :ok
  defp known({:error, reason}, app), do: Mix.raise("Could not load application #{app}: #{inspect(reason)}")

  defp properties(own, config, deps, modules) do
    validate(own)
    {extra, own} = Keyword.pop(own, :extra_applications, [])
    {listed, own} = Keyword.pop(own, :applications)
    {optional, extra} = Enum.split_with(extra, &match?({_, :optional}, &1))
    optional = Keyword.keys(optional)
    needed = [:kernel, :stdlib, :elixir] ++ extra ++ optional ++ (listed || for(dep <- deps, dep.runtime, do: dep.app))
    included = Keyword.get(own, :included_applications, [])
    version = check_version(config[:version])

    Keyword.merge(
      [
        description: to_charlist(config[:description] || config[:app]),
        vsn: to_charlist(version),
        modules: modules,
        registered: [],
        optional_applications: optional,
        applications: Enum.uniq(needed) -- included
      ],
      own
    )
  end

  defp validate(own) do
    unless Keyword.keyword?(own), do: Mix.raise("Application configuration returned from application/0 should be a keyword list")

    case Keyword.get(own, :mod) do
      nil -> :ok
      {module, _args} when is_atom(module) -> :ok
      other -> Mix.raise("Application callback module (:mod) should be a tuple with a module and start args, got: #{inspect(other)}")
    end
  end

  defp check_version(nil), do: Mix.raise("Please ensure mix.exs file has the :version in the project definition")

  defp check_version(version) do
    unless is_binary(version) and Version.parse(version) != :error do
      Mix.raise("Expected :version to be a valid Version, got: #{inspect(version)} (see the Version module for more information)")
    end

    version
  end
end

defmodule :phial_deps do
  # The dependencies that are folders: `path:` ones, and those that were fetched into deps/. Each is built as a project of its own.
  @moduledoc false

  # [%{app, runtime, stamp}] of the direct dependencies, all of them loadable and known. Tools that are missing are left out.
  def load(config) do
    wanted = for dep <- config[:deps] || [], dep = normalize(dep), wanted?(dep), do: dep
    missing = Enum.reject(wanted, &available?/1)

    case Enum.reject(missing, &tool?/1) do
      [] -> if missing != [], do: IO.puts(:stderr, "(Phial does not fetch dependencies: #{names(missing)} left out)")
      needed -> missing(needed)
    end

    for dep <- wanted -- missing, do: load_one(dep)
  end

  defp names(deps), do: Enum.map_join(deps, ", ", fn {app, _} -> to_string(app) end)

  # What no program needs to run: linters, documentation, coverage.
  defp tool?({_, opts}), do: opts[:path] == nil and (opts[:runtime] == false or (opts[:only] != nil and :prod not in List.wrap(opts[:only])))

  def normalize({app, opts}) when is_atom(app) and is_list(opts) do
    if opts[:in_umbrella], do: {app, Keyword.merge(opts, path: "../#{app}", env: Mix.env())}, else: {app, opts}
  end

  def normalize({app, requirement}) when is_atom(app) and is_binary(requirement), do: {app, []}
  def normalize({app, %Regex{}}) when is_atom(app), do: {app, []}
  def normalize({app, _requirement, opts}) when is_atom(app) and is_list(opts), do: {app, opts}

  def normalize(bad) do
    Mix.raise("""
    Dependency specified in the wrong format:

        #{inspect(bad)}

    Expected:

        {app, opts} | {app, requirement} | {app, requirement, opts}

    Where:

        app :: atom
        requirement :: String.t | Regex.t
        opts :: keyword

    If you want to skip the requirement (not recommended), use ">= 0.0.0".
    """)
  end

  defp path({app, opts}), do: opts[:path] || Path.join(Mix.Project.deps_path(), to_string(app))

  defp available?({app, _} = dep), do: File.regular?(Path.join(path(dep), "mix.exs")) or bundled?(app)

  defp wanted?({_, opts}) do
    case Keyword.get(opts, :only) do
      nil -> true
      envs -> Mix.env() in List.wrap(envs)
    end
  end

  def load_one({app, opts} = dep) do
    path = path(dep)
    build = Mix.Project.build_path()

    cond do
      loaded = :persistent_term.get({__MODULE__, app}, nil) -> %{loaded | runtime: Keyword.get(opts, :runtime, true)}
      File.regular?(Path.join(path, "mix.exs")) -> load_project(app, opts, path, build)
      true -> %{app: app, runtime: Keyword.get(opts, :runtime, true), stamp: nil}
    end
  end

  # Part of Phial itself, such as :poolboy.
  defp bundled?(app), do: :application.load(app) in [:ok, {:error, {:already_loaded, app}}]

  defp missing([{app, opts} | more] = deps) do
    where =
      cond do
        opts[:path] -> "the folder #{opts[:path]} has no mix.exs"
        Mix.Project.get() == Mix.InstallProject -> "Phial does not fetch dependencies: name its folder, {:#{app}, path: \"...\"}"
        true -> "Phial does not fetch dependencies: run \"mix deps.get\" first"
      end

    verb = if more == [], do: "is", else: "are"
    Mix.raise("Can't continue due to errors on dependencies: #{names(deps)} #{verb} not available (#{where})")
  end

  defp load_project(app, opts, path, build) do
    env = Mix.env()

    File.cd!(path, fn ->
      Mix.env(Keyword.get(opts, :env, :prod))
      :phial_project.push_project()
      config = Keyword.put(Mix.Project.config(), :phial_build, build)

      try do
        :phial_project.build(config, load(config), <<>>, [])
        stamp = Path.join([build, "lib", to_string(app), ".manifest"]) |> File.read!() |> :erlang.md5()
        loaded = %{app: app, runtime: Keyword.get(opts, :runtime, true), stamp: stamp}
        :persistent_term.put({__MODULE__, app}, loaded)
        loaded
      after
        Mix.Project.pop()
        Mix.env(env)
      end
    end)
  end
end
