# A script installs what it needs: folders; nothing is fetched.
# cmd: mkdir -p $TMP/greeter/lib
# cmd: echo 'defmodule Greeter.MixProject do use Mix.Project; def project, do: [app: :greeter, version: "0.1.0"]; def application, do: [] end' > $TMP/greeter/mix.exs
# cmd: echo 'defmodule Greeter do def hi, do: {:hi, Application.get_env(:greeter, :name)} end' > $TMP/greeter/lib/greeter.ex
# cmd: [ -x "$PHIAL" ] && PHIAL=$(realpath "$PHIAL"); FILE=$(realpath $FILE)
# cmd: cd $TMP; MIX_INSTALL_DIR=$TMP/installed $PHIAL $FILE | grep -v "^==>\|^Compiling\|^Generated"
again = fn deps -> try do Mix.install(deps) rescue e in Mix.Error -> e.message |> String.split("\n") |> hd() end end
IO.puts(again.([{:greeter, 1}])) # => Dependency specified in the wrong format:
IO.inspect(Mix.install([{:greeter, path: "greeter"}], config: [greeter: [name: "Al"]])) # => :ok
IO.inspect(apply(Greeter, :hi, [])) # => {:hi, "Al"}
IO.inspect(Mix.installed?()) # => true
IO.puts(again.([:other])) # => Mix.install/2 can only be called with the same dependencies in the given VM
