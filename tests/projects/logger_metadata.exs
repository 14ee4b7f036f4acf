# Log messages of a project know its application.
# differs: the command is Phial's
# cmd: PHIAL=$(realpath "$PHIAL")
# cmd: mkdir -p $TMP/p/lib $TMP/p/config && cd $TMP/p
# cmd: echo 'defmodule P.MixProject do use Mix.Project; def project, do: [app: :p, version: "0.1.0"]; def application, do: [extra_applications: [:logger]] end' > mix.exs
# cmd: echo 'import Config; config :logger, :console, format: "$metadata$message\n", metadata: [:application, :module, :function]' > config/config.exs
# cmd: echo 'defmodule P do require Logger; def hi, do: Logger.info("hi") end' > lib/p.ex
# cmd: $PHIAL run -e 'P.hi()'
# => application=p module=P function=hi/0 hi
