defmodule PubSub do
  @moduledoc """
  Publish and subscribe on one node, with the functions of Phoenix.PubSub.

  Subscriptions are the entries of a `Registry` with duplicate keys: they end with the subscriber, and a
  broadcast runs in the process that publishes, without a server in between.
  """

  @type topic :: String.t()

  @doc "A child specification: `{PubSub, name: MyApp.PubSub}`."
  def child_spec(opts) do
    name = Keyword.fetch!(opts, :name)
    %{id: name, type: :supervisor, start: {Registry, :start_link, [[keys: :duplicate, name: name, partitions: Keyword.get(opts, :pool_size, 1)]]}}
  end

  @doc "Subscribes the caller to a topic; `:metadata` of the options goes to the dispatcher."
  @spec subscribe(atom, topic, keyword) :: :ok
  def subscribe(pubsub, topic, opts \\ []) when is_atom(pubsub) and is_binary(topic) do
    {:ok, _} = Registry.register(pubsub, topic, opts[:metadata])
    :ok
  end

  @doc "Ends all of the caller's subscriptions to a topic."
  @spec unsubscribe(atom, topic) :: :ok
  def unsubscribe(pubsub, topic), do: Registry.unregister(pubsub, topic)

  @doc "Sends a message to every subscriber of a topic."
  @spec broadcast(atom, topic, term, module) :: :ok
  def broadcast(pubsub, topic, message, dispatcher \\ __MODULE__), do: dispatch(pubsub, :none, topic, message, dispatcher)

  @doc "As `broadcast/4`, but not to `from`."
  @spec broadcast_from(atom, pid, topic, term, module) :: :ok
  def broadcast_from(pubsub, from, topic, message, dispatcher \\ __MODULE__) when is_pid(from), do: dispatch(pubsub, from, topic, message, dispatcher)

  @doc "`broadcast/4` on this node, which is the only one."
  @spec local_broadcast(atom, topic, term, module) :: :ok
  def local_broadcast(pubsub, topic, message, dispatcher \\ __MODULE__), do: broadcast(pubsub, topic, message, dispatcher)

  defp dispatch(pubsub, from, topic, message, dispatcher) do
    Registry.dispatch(pubsub, topic, fn entries -> dispatcher.dispatch(entries, from, message) end)
    :ok
  end

  @doc "The dispatcher unless another module is given: sends the message to each subscriber but `from`."
  def dispatch(entries, from, message) do
    for {pid, _metadata} <- entries, pid != from, do: send(pid, message)
    :ok
  end
end
