# recompile in a project's session: :noop, :ok, or the error; the modules are the new ones.
# differs: the compiler does not say how many files it compiles
# cmd: mkdir -p "$TMP/lib"; printf 'defmodule Proj.MixProject do\n  use Mix.Project\n  def project, do: [app: :proj, version: "0.1.0"]\n  def application, do: []\nend\n' > "$TMP/mix.exs"
# cmd: printf 'defmodule Proj do\n  @moduledoc "The project."\n  def hello, do: :world\nend\n' > "$TMP/lib/proj.ex"
# cmd: options='--dot-iex /dev/null -S mix'; . "${FILE%/*}/iex_piped.sh"
Proj.hello()
h Proj
recompile()
File.write!("lib/proj.ex", "defmodule Proj do\n  def hello, do: :again\nend\n")
recompile()
Proj.hello()
h Proj
recompile(force: true)
recompile()
System.halt(0)
