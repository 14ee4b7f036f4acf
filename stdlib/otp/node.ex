# SPDX-License-Identifier: Apache-2.0
#
# Node: the one node there is. Invariant: nothing here pretends that another node exists;
# reaching for one answers as an unconnected node does.

defmodule Node do
  @moduledoc "Functions related to nodes."

  @type t :: node
  @type state :: :visible | :hidden | :connected | :this | :known

  @doc "Tells whether the node is part of a distributed system."
  @spec alive?() :: boolean
  def alive?, do: false

  @doc "The name of the node."
  @spec self() :: t
  def self, do: :erlang.node()

  @doc "The visible nodes other than this one."
  @spec list() :: [t]
  def list, do: []

  @doc "The nodes in a given state."
  @spec list(state | [state]) :: [t]
  def list(state) when state in [:this, :known], do: [:erlang.node()]
  def list(state) when state in [:visible, :hidden, :connected], do: []
  def list(states), do: :erlang.nodes(states)

  @doc "Makes the node distributed, which this system cannot be."
  @spec start(node, :longnames | :shortnames, non_neg_integer) :: {:ok, pid} | {:error, term}
  def start(_name, _type \\ :longnames, _tick_time \\ 15000),
    do: {:error, :distribution_not_supported}

  @doc "Ends distribution."
  @spec stop() :: :ok | {:error, term}
  def stop, do: {:error, :not_found}

  @doc "Connects to a node; `:ignored` when this one is not alive."
  @spec connect(t) :: boolean | :ignored
  def connect(node) when is_atom(node), do: if(node == :erlang.node(), do: true, else: :ignored)

  @doc "Disconnects from a node."
  @spec disconnect(t) :: boolean | :ignored
  def disconnect(node) when is_atom(node), do: :ignored

  @doc "Tries to reach a node; one that is not alive reaches none."
  @spec ping(t) :: :pong | :pang
  def ping(node) when is_atom(node), do: :pang

  @doc "Monitors a node; another one only when this one is alive."
  @spec monitor(t, boolean) :: true
  def monitor(node, flag) when is_atom(node) and is_boolean(flag), do: :erlang.monitor_node(node, flag)

  @doc "Monitors a node with options."
  @spec monitor(t, boolean, [:allow_passive_connect]) :: true
  def monitor(node, flag, options), do: :erlang.monitor_node(node, flag, options)

  @doc "Spawns a function on a node."
  @spec spawn(t, (() -> any)) :: pid
  def spawn(node, fun), do: if(here?(node), do: :erlang.spawn(fun), else: unreachable())

  @doc "Spawns a function, or `apply(module, fun, args)`, with options."
  @spec spawn(t, (() -> any), [term]) :: pid | {pid, reference}
  def spawn(node, fun, opts) do
    if here?(node), do: :erlang.spawn_opt(fun, opts), else: unreachable(opts)
  end

  @doc "Spawns `apply(module, fun, args)` on a node."
  @spec spawn(t, module, atom, [any]) :: pid
  def spawn(node, module, fun, args) do
    if here?(node), do: :erlang.spawn(module, fun, args), else: unreachable()
  end

  @doc "Spawns `apply(module, fun, args)` on a node with options."
  @spec spawn(t, module, atom, [any], [term]) :: pid | {pid, reference}
  def spawn(node, module, fun, args, opts) do
    if here?(node), do: :erlang.spawn_opt(module, fun, args, opts), else: unreachable(opts)
  end

  @doc "Spawns a function on a node and links to it."
  @spec spawn_link(t, (() -> any)) :: pid
  def spawn_link(node, fun), do: Node.spawn(node, fun, [:link])

  @doc "Spawns `apply(module, fun, args)` on a node and links to it."
  @spec spawn_link(t, module, atom, [any]) :: pid
  def spawn_link(node, module, fun, args), do: Node.spawn(node, module, fun, args, [:link])

  @doc "Spawns a function on a node and monitors it."
  @spec spawn_monitor(t, (() -> any)) :: {pid, reference}
  def spawn_monitor(node, fun), do: Node.spawn(node, fun, [:monitor])

  @doc "Spawns `apply(module, fun, args)` on a node and monitors it."
  @spec spawn_monitor(t, module, atom, [any]) :: {pid, reference}
  def spawn_monitor(node, module, fun, args), do: Node.spawn(node, module, fun, args, [:monitor])

  @doc "Sets the cookie; needs a node that is alive."
  @spec set_cookie(t, atom) :: true
  def set_cookie(_node \\ Node.self(), cookie) when is_atom(cookie),
    do: raise(ArgumentError, "errors were found at the given arguments:\n\n  * 1st argument: the node name is not part of a distributed system\n")

  @doc "The cookie of the node."
  @spec get_cookie() :: atom
  def get_cookie, do: :nocookie

  defp here?(node), do: node == :erlang.node()
  # What a spawn on a node that cannot be reached gives: a process that is gone at once.
  defp unreachable(opts \\ []), do: :erlang.spawn_opt(fn -> exit(:noconnection) end, opts)
end
