# What cannot be fetched: tools are left out with a word, anything else is named. test_paths and test_pattern say where tests are.
# differs: the command is Phial's
# cmd: PHIAL=$(realpath "$PHIAL")
# cmd: mkdir -p $TMP/p/lib $TMP/p/spec && cd $TMP/p
# cmd: project() { echo "defmodule P.MixProject do use Mix.Project; def project, do: [app: :p, version: \"0.1.0\", test_paths: [\"spec\"], test_pattern: \"*_spec.exs\", deps: [$1]]; def application, do: [extra_applications: [:logger, :ssl, :inets]] end" > mix.exs; }
# cmd: echo 'defmodule P do def hi, do: :hi end' > lib/p.ex
# cmd: echo 'ExUnit.start(); IO.puts("helper")' > spec/test_helper.exs; echo 'defmodule PSpec do use ExUnit.Case; test "hi" do assert P.hi() == :hi end end' > spec/p_spec.exs
# cmd: project '{:credo, "~> 1.0", only: [:dev, :test], runtime: false}, {:ex_doc, ">= 0.0.0", only: :dev}'
# cmd: $PHIAL run -e 'IO.inspect(P.hi())' 2>&1
# cmd: $PHIAL test 2>&1 | grep -e helper -e failure -e left
# cmd: project '{:jason, "~> 1.2"}, {:plug, "~> 1.0"}, {:credo, "~> 1.0", runtime: false}'
# cmd: $PHIAL test 2>&1; echo $?
# => (Phial does not fetch dependencies: credo, ex_doc left out)
# => :hi
# => (Phial does not fetch dependencies: credo left out)
# => helper
# => 1 test, 0 failures
# => ** (Mix) Can't continue due to errors on dependencies: jason, plug are not available (Phial does not fetch dependencies: run "mix deps.get" first)
# => 1
