# config.exs, what it imports, and runtime.exs make the environment the application starts with; the last word wins, keywords are merged.
# differs: the command is Phial's
# cmd: PHIAL=$(realpath "$PHIAL")
# cmd: mkdir -p $TMP/p/lib $TMP/p/config && cd $TMP/p
# cmd: echo 'defmodule P.MixProject do use Mix.Project; def project, do: [app: :p, version: "0.1.0"]; def application, do: [mod: {P, [1]}, env: [own: 0, a: 0]] end' > mix.exs
# cmd: echo 'import Config; config :p, a: 1, nested: [x: 1, y: [z: 2]]; config :p, P.Repo, size: 3; import_config "#{config_env()}.exs"' > config/config.exs
# cmd: echo 'import Config; config :p, nested: [y: [w: 3]], target: config_target()' > config/dev.exs
# cmd: echo 'import Config; if config_env() == :dev, do: config(:p, late: System.get_env("LATE"))' > config/runtime.exs
# cmd: echo 'defmodule P do use Application; @a Application.compile_env(:p, :a); def start(t, a) do IO.inspect({t, a, @a, Application.get_application(P)}); IO.inspect(Enum.sort(Application.get_all_env(:p))); Supervisor.start_link([], strategy: :one_for_one) end end' > lib/p.ex
# cmd: echo 'IO.inspect(System.argv())' > s.exs
# cmd: LATE=yes $PHIAL run s.exs a -b
# cmd: sed -i 's/a: 1/a: 2/' config/config.exs; LATE=no $PHIAL run | head -1
# => {:normal, [1], 1, :p}
# => [
# =>   {P.Repo, [size: 3]},
# =>   {:a, 1},
# =>   {:late, "yes"},
# =>   {:nested, [x: 1, y: [z: 2, w: 3]]},
# =>   {:own, 0},
# =>   {:target, :host}
# => ]
# => ["a", "-b"]
# => {:normal, [1], 2, :p}
