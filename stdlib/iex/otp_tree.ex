# SPDX-License-Identifier: Apache-2.0
# The supervision tree: of one supervisor, of an application, or of everything that runs.
# Invariant: a supervisor is asked for its children, nobody else gets a message (a server only when its state is asked for and it waits in
# its loop); one that does not answer within ANSWER ms is shown without children, so that a tree is drawn whatever state the program is in.
defmodule IEx.OTP.Tree do
  @moduledoc "Supervision trees, as data and as text."

  alias IEx.OTP.Processes

  @answer 300
  @loops [{:gen_server, :loop}, {:gen_statem, :loop}, {:gen_event, :loop}]

  @type tree :: %{
          id: term,
          pid: pid | :restarting | :undefined | nil,
          kind: :application | :supervisor | :worker | :process,
          name: String.t() | nil,
          status: atom,
          queue: non_neg_integer,
          restarts: non_neg_integer,
          strategy: atom,
          state: {:ok, term} | nil,
          children: [tree] | :no_answer
        }

  @doc """
  The tree of a supervisor (by pid or name), of an application (by its name), or, for `:all`, a list of trees: the applications, the
  supervisors that belong to none, and the processes that nobody supervises. With `state: true` the states of the servers are fetched.
  """
  @spec build(pid | atom, keyword) :: tree | [tree]
  def build(what, opts \\ [])
  def build(:all, opts), do: everything(opts)

  def build(what, opts) do
    case application_tree(what, opts) do
      nil -> node_of(nil, Processes.find!(what), nil, :undefined, opts)
      tree -> tree
    end
  end

  # -- applications --------------------------------------------------------------------------------------------------------

  defp application_tree(app, opts) when is_atom(app) and not is_nil(app) do
    case List.keyfind(running(), app, 0) do
      nil -> nil
      {_, master} -> application(app, master, opts)
    end
  end

  defp application_tree(_, _opts), do: nil

  defp running, do: Enum.sort(:application.info()[:running] || [])

  defp application(app, master, opts) do
    children = for pid <- tops(master), do: node_of(nil, pid, nil, :undefined, opts)
    %{leaf(app, nil, :application) | children: children}
  end

  # The master of an application is linked to the process that started the top supervisor, and that to the supervisor.
  defp tops(master) when is_pid(master) do
    with {:links, links} <- :erlang.process_info(master, :links),
         starter when starter != nil <- Enum.find(links, &starter?/1),
         {:links, links} <- :erlang.process_info(starter, :links) do
      Enum.filter(links, &(is_pid(&1) and &1 != master))
    else
      _ -> []
    end
  end

  defp tops(_no_processes), do: []

  defp starter?(pid), do: is_pid(pid) and match?({_, {:application_master, :loop, _}}, :erlang.process_info(pid, :current_function))

  defp everything(opts) do
    apps = for {app, master} <- running(), is_pid(master), do: {master, application(app, master, opts)}
    seen = for {master, tree} <- apps, pid <- [master | helper(master)] ++ pids(tree), into: MapSet.new(), do: pid
    infos = Process.list() |> Enum.reject(&MapSet.member?(seen, &1)) |> Enum.map(&Processes.info/1) |> Enum.reject(&is_nil/1)
    supervisors = Enum.filter(infos, &supervisor?/1)
    inner = for i <- supervisors, child <- children_pids(i.pid), into: MapSet.new(), do: child
    tops = for i <- supervisors, not MapSet.member?(inner, i.pid), do: node_of(nil, i.pid, nil, :undefined, opts)
    seen = for tree <- tops, pid <- pids(tree), into: seen, do: pid
    loose = for i <- infos, not MapSet.member?(seen, i.pid), not hidden?(i), do: node_of(nil, i.pid, nil, :undefined, opts)
    Enum.map(apps, &elem(&1, 1)) ++ tops ++ loose
  end

  defp helper(master) do
    case :erlang.process_info(master, :links) do
      {:links, links} -> Enum.filter(links, &starter?/1)
      _ -> []
    end
  end

  # The VM's own: who started the program, input and output, the application controller, the writer of logs, the shell.
  defp hidden?(%{name: name, started_with: {module, _, _}, in: place}) do
    name in [:user, :application_controller, :phial_shell] or module in [:phial_main, :phial_signals] or inner?(place)
  end

  defp inner?({module, _, _}), do: module == Logger.Writer or String.starts_with?(Atom.to_string(module), "Elixir.IEx.")
  defp inner?(_), do: false

  defp pids(%{pid: pid, children: children}) do
    inner = if is_list(children), do: Enum.flat_map(children, &pids/1), else: []
    if is_pid(pid), do: [pid | inner], else: inner
  end

  # -- supervisors and workers -----------------------------------------------------------------------------------------------

  defp supervisor?(%{dictionary: dictionary}) do
    match?({_, {:supervisor, _, _}}, List.keyfind(dictionary, :"$initial_call", 0))
  end

  defp leaf(id, pid, kind) do
    %{id: id, pid: pid, kind: kind, name: nil, status: nil, queue: 0, restarts: 0, strategy: nil, state: nil, children: []}
  end

  # `above`: what the supervisor's dictionary says of restarts.
  defp node_of(id, pid, above, key, opts) when is_pid(pid) do
    case Processes.info(pid) do
      nil ->
        %{leaf(id, pid, :worker) | status: :dead}

      info ->
        supervisor = supervisor?(info)
        kind = if supervisor, do: :supervisor, else: if(above, do: :worker, else: :process)
        tree = %{leaf(id, pid, kind) | name: Processes.name_of(info, pid), status: info.status, queue: info.queue, restarts: restarts(above, key)}
        if supervisor, do: with_children(tree, info, opts), else: %{tree | state: state(info, opts)}
    end
  end

  defp node_of(id, other, _above, _key, _opts), do: %{leaf(id, other, :worker) | status: if(other == :undefined, do: :stopped, else: other)}

  defp restarts(above, key) do
    case List.keyfind(above || [], :"$phial_restarts", 0) do
      {_, %{^key => n}} -> n
      _ -> 0
    end
  end

  defp with_children(tree, info, opts) do
    case children(tree.pid, info.status) do
      :no_answer ->
        %{tree | children: :no_answer}

      children ->
        nodes =
          for {id, pid, _type, _modules} <- Enum.reverse(children) do
            key = if id == :undefined, do: pid, else: id
            node_of(if(id == :undefined, do: nil, else: id), pid, info.dictionary, key, opts)
          end

        %{tree | children: nodes}
    end
  end

  defp children(_pid, :suspended), do: :no_answer

  defp children(pid, _status) do
    :gen_server.call(pid, :which_children, @answer)
  catch
    _, _ -> :no_answer
  end

  defp children_pids(pid) do
    case children(pid, nil) do
      :no_answer -> []
      children -> for {_, pid, _, _} <- children, is_pid(pid), do: pid
    end
  end

  # A server in its loop answers; one that is paused or busy is not asked.
  defp state(%{pid: pid, status: :waiting, in: {module, function, _}}, opts) do
    if opts[:state] && {module, function} in @loops do
      try do
        {:ok, :sys.get_state(pid, @answer)}
      catch
        _, _ -> nil
      end
    end
  end

  defp state(_info, _opts), do: nil

  # -- text --------------------------------------------------------------------------------------------------------------------

  @doc "The drawing of a tree or of a list of trees."
  @spec text(tree | [tree]) :: String.t()
  def text(trees) when is_list(trees), do: Enum.map_join(trees, "\n", &text/1)
  def text(tree), do: [label(tree) | below(tree, "")] |> Enum.join("\n")

  defp below(%{children: :no_answer}, indent), do: [indent <> "└─ (does not answer)"]
  defp below(%{children: []}, _indent), do: []

  defp below(%{children: children}, indent) do
    {rest, [last]} = Enum.split(children, -1)
    Enum.flat_map(rest, &branch(&1, indent, "├─ ", "│  ")) ++ branch(last, indent, "└─ ", "   ")
  end

  defp branch(tree, indent, knot, line), do: [indent <> knot <> label(tree) | below(tree, indent <> line)]

  defp label(%{kind: :application, id: app}), do: "application #{app}"

  defp label(tree) do
    [title(tree), status(tree), queue(tree.queue), again(tree.restarts), shown(tree.state)]
    |> Enum.reject(&is_nil/1)
    |> Enum.join("  ")
  end

  # A child's id says more than a module's name, unless they are the same.
  defp title(%{id: nil} = tree), do: tree.name || inspect(tree.pid)
  defp title(%{name: nil} = tree), do: inspect(tree.id)
  defp title(%{id: id, name: name}) do
    if String.starts_with?(name, inspect(id)), do: name, else: "#{inspect(id)} #{name}"
  end

  defp status(%{status: nil}), do: nil
  defp status(%{status: status, kind: :supervisor}), do: "supervisor, #{status}"
  defp status(%{status: status}), do: "#{status}"

  defp queue(0), do: nil
  defp queue(1), do: "1 message waits"
  defp queue(n), do: "#{n} messages wait"

  defp again(0), do: nil
  defp again(1), do: "restarted once"
  defp again(n), do: "restarted #{n} times"

  defp shown({:ok, state}), do: "state " <> Processes.shorten(inspect(state, limit: 10, printable_limit: 40, width: :infinity), 60)
  defp shown(nil), do: nil
end
