# SPDX-License-Identifier: Apache-2.0
# Mix.install/2: the dependencies of a script. Those that are folders are built below the system's temporary folder, those that are part of Phial are
# only started; nothing is fetched.
# Invariant: what was installed is one persistent term, and a second call must ask for the same.
defmodule Mix.InstallProject do
  @moduledoc false
  def project do
    {deps, folder} = :persistent_term.get(__MODULE__)
    [app: :mix_install, version: "0.1.0", deps: deps, phial_build: Path.join(folder, "build"), deps_path: Path.join(folder, "deps")]
  end
end

defmodule :phial_install do
  @moduledoc false

  def run(deps, opts) do
    if Mix.Project.get(), do: Mix.raise("Mix.install/2 cannot be used inside a Mix project")
    asked = {deps, opts[:config] || [], opts[:system_env] || []}

    case :persistent_term.get(__MODULE__, nil) do
      nil -> install(asked)
      ^asked -> :ok
      _ -> Mix.raise("Mix.install/2 can only be called with the same dependencies in the given VM")
    end
  end

  def installed?, do: :persistent_term.get(__MODULE__, nil) != nil

  defp install({deps, config, system_env} = asked) do
    deps = Enum.map(deps, &dependency/1)
    System.put_env(system_env)
    Application.put_all_env(config, persistent: true)
    :persistent_term.put(Mix.InstallProject, {deps, folder(deps)})
    Mix.Project.push(Mix.InstallProject)

    try do
      for dep <- :phial_deps.load(Mix.Project.config()), dep.runtime, do: start(dep.app)
    after
      Mix.Project.pop()
    end

    :persistent_term.put(__MODULE__, asked)
    :ok
  end

  defp start(app) do
    case Application.ensure_all_started(app) do
      {:ok, _} -> :ok
      {:error, {failed, reason}} -> Mix.raise("Could not start application #{failed}: " <> Application.format_error(reason))
    end
  end

  defp folder(deps) do
    Path.join([System.tmp_dir!(), "phial_installs", Base.encode16(:erlang.md5(:erlang.term_to_binary(deps)), case: :lower)])
  end

  defp dependency(app) when is_atom(app), do: {app, ">= 0.0.0"}
  defp dependency({app, opts}) when is_atom(app) and is_list(opts), do: {app, expanded(opts)}
  defp dependency({app, requirement}) when is_atom(app) and is_binary(requirement), do: {app, requirement}
  defp dependency({app, %Regex{} = requirement}) when is_atom(app), do: {app, requirement, []}
  defp dependency({app, requirement, opts}) when is_atom(app) and is_list(opts), do: {app, requirement, expanded(opts)}

  defp dependency(other), do: :phial_deps.normalize(other)    # which tells what is wrong with it

  defp expanded(opts), do: if(opts[:path], do: Keyword.update!(opts, :path, &Path.expand/1), else: opts)
end
