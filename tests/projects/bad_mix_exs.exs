# What mix.exs may say wrong: versions, a callback module that is not there, dependencies; and warnings as errors.
# differs: the command is Phial's
# cmd: PHIAL=$(realpath "$PHIAL")
# cmd: mkdir -p $TMP/p/lib && cd $TMP/p
# cmd: project() { echo "defmodule P.MixProject do use Mix.Project; def project, do: [app: :p, $1]; def application, do: [$2] end" > mix.exs; $PHIAL run 2>&1 | head -2; }
# cmd: echo 'defmodule P do def hi, do: :hi end' > lib/p.ex
# cmd: project 'version: "1.0.0", elixir: "~> 2.0"'
# => ** (Mix) You're trying to run :p on Elixir v1.14.0 but it has declared in its mix.exs file it supports only Elixir ~> 2.0
# cmd: project 'version: "1.0.0", elixir: "new"'
# => ** (Mix) Invalid Elixir version requirement new in mix.exs file
# cmd: project 'version: "one"'
# => ** (Mix) Expected :version to be a valid Version, got: "one" (see the Version module for more information)
# cmd: project 'name: "P"'
# => ** (Mix) Please ensure mix.exs file has the :version in the project definition
# cmd: project 'version: "1.0.0"' 'mod: {P.Nowhere, []}' > /dev/null
# cmd: $PHIAL run 2>&1 >/dev/null | grep -e '(Mix)' -e '(Undef'
# => ** (Mix) Could not start application p: exited in: P.Nowhere.start(:normal, [])
# =>         ** (UndefinedFunctionError) function P.Nowhere.start/2 is undefined (module P.Nowhere is not available)
# cmd: project 'version: "1.0.0", deps: [{:y}]' | head -1
# => ** (Mix) Dependency specified in the wrong format:
# cmd: echo 'defmodule P do def hi(x), do: :hi end' > lib/p.ex; project 'version: "1.0.0", elixirc_options: [warnings_as_errors: true]' > /dev/null; $PHIAL run 2>&1 | tail -1; $PHIAL run > /dev/null 2>&1; echo $?
# => Compilation failed due to warnings while using the --warnings-as-errors option
# => 1
