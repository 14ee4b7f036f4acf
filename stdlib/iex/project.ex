# SPDX-License-Identifier: Apache-2.0
# recompile/0: the project of the session, compiled anew. Invariant: true means that a module has been compiled.
defmodule IEx.Project do
  @moduledoc false

  def recompile(force) do
    before = stamps()
    replaced = Code.get_compiler_option(:ignore_module_conflict)
    Code.put_compiler_option(:ignore_module_conflict, true)

    try do
      :phial_project.load(compile: true, force: force)
    after
      Code.put_compiler_option(:ignore_module_conflict, replaced)
    end

    force or stamps() != before
  end

  # The versions of the modules that are not the library's, which is loaded when it is used.
  defp stamps do
    library = MapSet.new(:phial.modules())
    for {module, _} <- :code.all_loaded(), not MapSet.member?(library, module), into: %{}, do: {module, module.module_info(:md5)}
  end
end
