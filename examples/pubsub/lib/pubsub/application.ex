defmodule PubSub.Application do
  @moduledoc false
  use Application

  @impl true
  def start(_type, _args), do: Supervisor.start_link([{PubSub, name: Chat.PubSub, pool_size: 2}], strategy: :one_for_one)
end
