# SPDX-License-Identifier: Apache-2.0
# :code's Elixir part: where applications stand. The rest are natives (vm/natives/code.c, vm/code_path.c).
# Invariant: an application's folder is the one whose ebin is on the code path; those that stand in the image have a name of a folder only.
defmodule :code do
  @moduledoc false

  def lib_dir(app) when is_atom(app) do
    name = :erlang.atom_to_list(app)
    found =
      for dir <- :code.get_path(),
          :filename.basename(dir) == ~c"ebin",
          root = :filename.dirname(dir),
          named?(:filename.basename(root), name),
          do: root

    case found do
      [root | _] -> root
      [] -> library_dir(app, name)
    end
  end

  def lib_dir(app, sub) do
    with root when is_list(root) <- lib_dir(app), do: :filename.join(root, :erlang.atom_to_list(sub))
  end

  def lib_dir, do: :filename.join(root_dir(), ~c"lib")

  # Elixir's own applications are named without their version.
  defp library_dir(app, name) do
    case :application.known(app) do
      {:ok, _} when app in [:elixir, :logger, :ex_unit, :eex, :iex, :mix] -> :filename.join(lib_dir(), name)
      {:ok, spec} -> :filename.join(lib_dir(), name ++ ~c"-" ++ :proplists.get_value(:vsn, spec))
      :error -> {:error, :bad_name}
    end
  end

  # APP or APP-VERSION.
  defp named?(folder, name), do: folder == name or :lists.prefix(name ++ ~c"-", folder)

  def priv_dir(app), do: lib_dir(app, :priv)
  def root_dir, do: ~c"/"
  def get_mode, do: :interactive

  # Erlang's own modules are.
  def is_sticky(module) do
    case :code.which(module) do
      :preloaded -> true
      [?s, ?t, ?d, ?l, ?i, ?b, ?/ | _] -> not :lists.prefix(~c"Elixir.", :erlang.atom_to_list(module))
      _ -> false
    end
  end


  @doc "Whether the module is loaded."
  def module_status(module) when is_atom(module), do: if(:code.is_loaded(module) == false, do: :not_loaded, else: :loaded)

  # Versions. A purge is done by a process of its own, so that it can end its caller, too, when that one runs in the code that goes.

  @doc "Removes the old version of a module and kills the processes that run in it: whether there were any."
  def purge(module) when is_atom(module), do: :erlang.check_old_code(module) and elsewhere(fn -> kill(module) end)

  @doc "Removes the old version of a module unless a process runs in it: whether it is gone."
  def soft_purge(module) when is_atom(module) do
    not :erlang.check_old_code(module) or
      elsewhere(fn -> not Enum.any?(:erlang.processes(), &:erlang.check_process_code(&1, module)) and remove(module) end)
  end

  @doc "Makes the current version of a module the old one: false if it is not loaded or has an old version already."
  def delete(module) when is_atom(module) do
    if :erlang.check_old_code(module) do
      :error_logger.error_msg(:io_lib.format(~c"Module ~w must be purged before deleting\n", [module]))
      false
    else
      :erlang.delete_module(module) == true
    end
  end

  defp elsewhere(work) do
    {_pid, ref} = :erlang.spawn_monitor(fn -> :erlang.exit({:done, work.()}) end)

    receive do
      {:DOWN, ^ref, :process, _pid, {:done, answer}} -> answer
    end
  end

  defp kill(module) do
    lingering = for pid <- :erlang.processes(), :erlang.check_process_code(pid, module), do: pid
    for pid <- lingering, do: end_process(pid)
    remove(module)
    lingering != []
  end

  defp end_process(pid) do
    ref = :erlang.monitor(:process, pid)
    :erlang.exit(pid, :kill)

    receive do
      {:DOWN, ^ref, :process, _pid, _reason} -> :ok
    end
  end

  # Another purge may have been faster.
  defp remove(module), do: not :erlang.check_old_code(module) or :erlang.purge_module(module)
end
