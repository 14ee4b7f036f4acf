# SPDX-License-Identifier: Apache-2.0
# An umbrella: the folder whose mix.exs names others under `apps_path`. Its applications are built and started like dependencies of the folder, in its
# environment; the tests of each run as `phial test` in its folder. Invariant: an application comes after those of the umbrella it depends on.
defmodule :phial_umbrella do
  @moduledoc false

  # [{app, path}] of the projects below, those that others need first.
  @spec apps(keyword) :: [{atom, binary}]
  def apps(config) do
    found = for file <- Path.wildcard(Path.join(config[:apps_path], "*/mix.exs")), into: %{}, do: named(Path.dirname(file))

    wanted =
      case config[:apps] do
        nil -> found
        names -> Map.take(found, names)
      end

    ordered(Enum.sort(Map.keys(wanted)), wanted, []) |> Enum.map(&{&1, elem(wanted[&1], 0)})
  end

  defp named(path) do
    config = File.cd!(path, fn -> configuration() end)
    needs = for dep <- config[:deps] || [], {app, opts} = :phial_deps.normalize(dep), opts[:in_umbrella] || opts[:path], do: app
    {config[:app] || path |> Path.basename() |> String.to_atom(), {path, needs}}
  end

  defp configuration() do
    :phial_project.push_project()
    Mix.Project.config()
  after
    Mix.Project.pop()
  end

  defp ordered([], _apps, done), do: Enum.reverse(done)

  defp ordered(names, apps, done) do
    ready = Enum.find(names, hd(names), fn name -> Enum.all?(elem(apps[name], 1), &(&1 in done or &1 not in names)) end)
    ordered(List.delete(names, ready), apps, [ready | done])
  end

  # Builds them all; what they are configured with is in the umbrella's config/.
  @spec load(keyword) :: [map]
  def load(config), do: for({app, path} <- apps(config), do: :phial_deps.load_one({app, path: path, env: Mix.env()}))

  # Runs the tests of each application, or of those that hold one of the files, in a process of its own. The exit status.
  @spec test(keyword, [binary], [binary]) :: non_neg_integer
  def test(config, flags, files) do
    statuses =
      for {app, path} <- apps(config), own = files_of(path, files), files == [] or own != [] do
        IO.puts("==> #{app}")
        {_, status} = System.cmd(File.read_link!("/proc/self/exe"), ["test" | flags] ++ own, cd: path, into: IO.stream(:stdio, :line), env: [{"PHIAL_TEST_PATH", path}])
        status
      end

    Enum.max(statuses, fn -> 0 end)
  end

  defp files_of(path, files), do: for(file <- files, String.starts_with?(file, path <> "/"), do: Path.relative_to(file, path))
end
