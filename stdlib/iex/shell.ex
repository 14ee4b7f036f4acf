# SPDX-License-Identifier: Apache-2.0
# `phial iex [options] [FILE ARGS]`: what is loaded before the session, then the session.
# Invariant: what goes wrong before the first prompt is reported, and the session starts all the same.
defmodule :phial_shell do
  @moduledoc false

  @switches [
    dot_iex: :string,
    require: :keep,
    eval: :keep,
    script: :string,
    mix_exs: :boolean,
    virtual_time: :boolean,
    seed: :integer,
    max_heap: :integer
  ]
  @aliases [r: :require, e: :eval, S: :script]

  @doc "Runs a session with the arguments after the command; the answer is the exit status."
  def run(args) do
    {opts, rest, _invalid} = OptionParser.parse_head(args, switches: @switches, aliases: @aliases)
    {file, argv} = file_and_arguments(opts, rest)
    System.argv(argv)
    prepare(opts, file)
    IEx.Server.run(dot_iex: opts[:dot_iex])
    0
  end

  # `-S mix` is what a folder with mix.exs does anyway.
  defp file_and_arguments(opts, rest) do
    case {opts[:script], rest} do
      {"mix", _} -> {nil, []}
      {nil, [file | argv]} -> {file, argv}
      {_, argv} -> {nil, argv}
    end
  end

  defp prepare(opts, file) do
    if file == nil and File.regular?("mix.exs"), do: reported(&start_project/0)
    if opts[:script] not in [nil, "mix"], do: reported(fn -> Code.require_file(System.find_executable(opts[:script]) || opts[:script]) end)
    for pattern <- Keyword.get_values(opts, :require), path <- Path.wildcard(pattern), do: reported(fn -> Code.require_file(path) end)
    for code <- Keyword.get_values(opts, :eval), do: reported(fn -> Code.eval_string(code, [], file: "nofile") end)
    if file, do: reported(fn -> Code.require_file(file) end)
  end

  defp start_project do
    if :phial_project.load(compile: true, force: nil), do: :phial_project.start()
  end

  defp reported(work) do
    work.()
  rescue
    error in [Mix.Error] -> IO.puts(:stderr, "** (Mix) " <> Exception.message(error))
  catch
    kind, reason -> IO.puts(:stderr, Exception.format(kind, reason, IEx.Evaluator.prune(__STACKTRACE__)))
  end
end
