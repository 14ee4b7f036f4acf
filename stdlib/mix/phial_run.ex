# SPDX-License-Identifier: Apache-2.0
# `phial run [options] [FILE ARGS]`: loads the project of the working directory, starts its application, runs what the command line names.
# Invariant: the answer is the exit status; an error of the project (Mix.Error) is one line on standard error.
defmodule :phial_run do
  @moduledoc false

  @switches [
    config: :keep,
    eval: :keep,
    require: :keep,
    parallel: :boolean,
    preload_modules: :boolean,
    compile: :boolean,
    deps_check: :boolean,
    elixir_version_check: :boolean,
    force: :boolean,
    halt: :boolean,
    mix_exs: :boolean,
    start: :boolean,
    seed: :integer,
    virtual_time: :boolean,
    max_heap: :integer
  ]
  @aliases [c: :config, e: :eval, p: :parallel, r: :require]

  @spec run([binary]) :: non_neg_integer
  def run(args) do
    {opts, rest} = OptionParser.parse_head!(args, strict: @switches, aliases: @aliases)
    {file, argv} = file_and_arguments(opts, rest)
    System.argv(argv)
    if opts[:halt] == false, do: {System.no_halt(true), :phial_explain.stays()}
    prepare(opts, file)
    for pattern <- Keyword.get_values(opts, :require), do: require_files(pattern)
    for code <- Keyword.get_values(opts, :eval), do: Code.eval_string(code, [], file: "nofile", line: 1)
    if file, do: Code.require_file(file)
    0
  rescue
    error in [Mix.Error] -> failed("** (Mix) " <> Exception.message(error))
    error in [OptionParser.ParseError] -> failed("** (Mix) Could not invoke task \"run\": " <> Exception.message(error))
    error in [Mix.NoProjectError] -> failed("** (Mix) " <> Exception.message(error))
  end

  defp failed(message) do
    IO.puts(:stderr, message)
    1
  end

  defp file_and_arguments(opts, rest) do
    case rest do
      [file | argv] -> if opts[:eval] || opts[:require], do: {nil, rest}, else: {file, argv}
      [] -> {nil, []}
    end
  end

  # A script outside a project runs as it would without `run`.
  defp prepare(opts, file) do
    if file && !File.regular?(file), do: Mix.raise("No such file: #{file}")

    cond do
      opts[:mix_exs] == false -> :ok
      :phial_project.load(compile: opts[:compile] != false, force: opts[:force], consolidate: true) -> if opts[:start] != false, do: :phial_project.start()
      file || opts[:eval] || opts[:require] -> :ok
      true -> raise Mix.NoProjectError
    end
  end

  defp require_files(pattern) do
    case Enum.filter(Path.wildcard(pattern), &File.regular?/1) do
      [] -> Mix.raise("No files matched pattern #{inspect(pattern)} given to --require")
      files -> Enum.each(files, &Code.require_file/1)
    end
  end
end
