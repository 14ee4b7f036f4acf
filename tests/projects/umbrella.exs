# An umbrella is built, run and tested as a whole; one of its applications also on its own, with the umbrella's configuration.
# differs: the command is Phial's
# cmd: PHIAL=$(realpath "$PHIAL")
# cmd: mkdir -p $TMP/u/config $TMP/u/apps/web/lib $TMP/u/apps/web/test $TMP/u/apps/core/lib $TMP/u/apps/core/test && cd $TMP/u
# cmd: echo 'defmodule U.MixProject do use Mix.Project; def project, do: [apps_path: "apps", version: "0.1.0", deps: []] end' > mix.exs
# cmd: echo 'import Config; config :core, x: 42' > config/config.exs
# cmd: mix() { echo "defmodule $1.MixProject do use Mix.Project; def project, do: [app: :$2, version: \"0.1.0\", build_path: \"../../_build\", config_path: \"../../config/config.exs\", deps: $3]; end" > apps/$2/mix.exs; echo 'ExUnit.start()' > apps/$2/test/test_helper.exs; }
# cmd: mix Core core '[]'; mix Web web '[{:core, in_umbrella: true}]'
# cmd: echo 'defmodule Core do def x, do: Application.get_env(:core, :x) end' > apps/core/lib/core.ex
# cmd: echo 'defmodule Web do def y, do: Core.x() + 1 end' > apps/web/lib/web.ex
# cmd: echo 'defmodule CoreTest do use ExUnit.Case; test "x" do assert Core.x() == 42 end end' > apps/core/test/core_test.exs
# cmd: echo 'defmodule WebTest do use ExUnit.Case; test "y" do assert Web.y() == 0 end end' > apps/web/test/web_test.exs
# cmd: $PHIAL run -e 'IO.inspect({Web.y(), Application.spec(:web, :applications)})'
# cmd: $PHIAL test | grep -e ^==. -e failure; echo $?
# cmd: $PHIAL test | grep web_test.exs:
# cmd: $PHIAL test apps/core/test/core_test.exs | grep -e ^==. -e failure
# cmd: cd apps/web; $PHIAL run -e 'IO.inspect(Web.y())'
# => {43, [:kernel, :stdlib, :elixir, :core]}
# => ==> core
# => 1 test, 0 failures
# => ==> web
# => 1 test, 1 failure
# => 0
# =>      apps/web/test/web_test.exs:1
# =>        test/web_test.exs:1: (test)
# => ==> core
# => 1 test, 0 failures
# => 43
