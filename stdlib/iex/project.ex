# SPDX-License-Identifier: Apache-2.0
# recompile/0: the project of the session, compiled anew. Invariant: true means that a module has been compiled.
defmodule IEx.Project do
  @moduledoc false

  def recompile(force) do
    before = stamps()
    :phial_project.load(compile: true, force: force)
    stamps() != before
  end

  # What is loaded of each module of the project.
  defp stamps, do: for({module, _} <- :code.all_loaded(), match?("Elixir." <> _, Atom.to_string(module)), do: {module, module.module_info(:md5)})
end
