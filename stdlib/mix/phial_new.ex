# SPDX-License-Identifier: Apache-2.0
# `phial new PATH [--sup] [--app NAME] [--module NAME]`: makes the folder of a project. Invariant: a folder that holds something is not written into.
defmodule :phial_new do
  @moduledoc false

  @spec run([binary]) :: non_neg_integer
  def run(args) do
    {opts, paths} = OptionParser.parse!(args, strict: [sup: :boolean, app: :string, module: :string])

    case paths do
      [path] -> make(path, opts)
      [] -> Mix.raise("Expected PATH to be given, please use \"phial new PATH\"")
      _ -> Mix.raise("Expected one PATH, got: #{Enum.join(paths, " ")}")
    end

    0
  rescue
    error in [Mix.Error] -> failed(Exception.message(error))
    error in [OptionParser.ParseError] -> failed(Exception.message(error))
  end

  defp failed(message) do
    IO.puts(:stderr, "** (Mix) " <> message)
    1
  end

  defp make(path, opts) do
    app = opts[:app] || Path.basename(Path.expand(path))
    module = opts[:module] || Macro.camelize(app)
    check!(app, opts[:app] != nil, module, path)
    names = %{app: app, module: module, sup: opts[:sup] == true}
    File.mkdir_p!(path)
    File.cd!(path, fn -> Enum.each(files(names), &write/1) end)

    IO.puts("""

    The project #{app} is ready.

        cd #{path}
        phial test
        phial run -e "IO.inspect #{module}.hello()"
    """)
  end

  defp check!(app, given?, module, path) do
    unless app =~ ~r/^[a-z][a-z0-9_]*$/ do
      rule = "must start with a lowercase ASCII letter, followed by lowercase ASCII letters, numbers, or underscores"
      Mix.raise("Application name #{rule}, got: #{inspect(app)}#{inferred(given?)}")
    end

    if match?({:ok, _}, :application.known(String.to_atom(app))) and app != "poolboy",
      do: Mix.raise("Cannot use application name #{inspect(app)} because it is already used by Erlang/OTP or Elixir#{inferred(given?)}")

    unless module =~ ~r/^[A-Z]\w*(\.[A-Z]\w*)*$/,
      do: Mix.raise("Module name must be a valid Elixir alias (for example: Foo.Bar), got: #{inspect(module)}")
    if Code.ensure_loaded?(Module.concat([module])), do: Mix.raise("Module name #{module} is already taken, please choose another name")
    if match?({:ok, [_ | _]}, File.ls(path)), do: Mix.raise("The folder #{path} exists and is not empty")
  end

  defp inferred(true), do: ""
  defp inferred(false), do: ". The application name is inferred from the path, if you'd like to explicitly name the application then use the \"--app APP\" option"

  defp write({name, text}) do
    IO.puts("* creating #{name}")
    File.mkdir_p!(Path.dirname(name))
    File.write!(name, text)
  end

  defp files(names) do
    base = [
      {"README.md", readme(names)},
      {".formatter.exs", "[inputs: [\"mix.exs\", \"{config,lib,test}/**/*.{ex,exs}\"]]\n"},
      {".gitignore", "/_build/\n/deps/\n/cover/\nerl_crash.dump\n"},
      {"mix.exs", project(names)},
      {"config/config.exs", config(names)},
      {"lib/#{names.app}.ex", library(names)}
    ]

    tests = [{"test/test_helper.exs", "ExUnit.start()\n"}, {"test/#{names.app}_test.exs", test(names)}]
    base ++ if(names.sup, do: [{"lib/#{names.app}/application.ex", application(names)}], else: []) ++ tests
  end

  defp readme(names) do
    """
    # #{names.module}

    What it is for, in a sentence.

        phial run      # compiles what changed and starts the application
        phial test     # runs test/
    """
  end

  defp project(names) do
    """
    defmodule #{names.module}.MixProject do
      use Mix.Project

      def project do
        [
          app: :#{names.app},
          version: "0.1.0",
          elixir: "~> 1.14",
          start_permanent: Mix.env() == :prod,
          deps: deps()
        ]
      end

      def application do
        [
          extra_applications: [:logger]#{if names.sup, do: ",\n      mod: {#{names.module}.Application, []}"}
        ]
      end

      defp deps do
        []
      end
    end
    """
  end

  defp config(names) do
    """
    import Config

    # Read with Application.get_env(:#{names.app}, :greeting).
    config :#{names.app}, greeting: "Hello"
    """
  end

  defp library(names) do
    """
    defmodule #{names.module} do
      @moduledoc \"\"\"
      The public functions of #{names.app}.
      \"\"\"

      @doc \"\"\"
      Says hello.

          iex> #{names.module}.hello()
          :world
      \"\"\"
      def hello do
        :world
      end
    end
    """
  end

  defp application(names) do
    """
    defmodule #{names.module}.Application do
      @moduledoc false
      use Application

      @impl true
      def start(_type, _args) do
        # Processes are started in this order and stopped in the reverse one.
        children = []

        Supervisor.start_link(children, strategy: :one_for_one, name: #{names.module}.Supervisor)
      end
    end
    """
  end

  defp test(names) do
    """
    defmodule #{names.module}Test do
      use ExUnit.Case, async: true
      doctest #{names.module}

      test "says hello" do
        assert #{names.module}.hello() == :world
      end
    end
    """
  end
end
