defmodule PubSub.Room do
  @moduledoc "A member of a chat room: a process that keeps what it hears."
  use GenServer

  def join(room, nick), do: GenServer.start_link(__MODULE__, {room, nick})
  def say(member, text), do: GenServer.call(member, {:say, text})
  def heard(member), do: GenServer.call(member, :heard)
  def leave(member), do: GenServer.stop(member)

  @impl true
  def init({room, nick}) do
    :ok = PubSub.subscribe(Chat.PubSub, "room:" <> room)
    PubSub.broadcast_from(Chat.PubSub, self(), "room:" <> room, {:joined, nick})
    {:ok, %{room: room, nick: nick, heard: []}}
  end

  @impl true
  def handle_call({:say, text}, _from, state) do
    PubSub.broadcast_from(Chat.PubSub, self(), "room:" <> state.room, {:said, state.nick, text})
    {:reply, :ok, state}
  end

  def handle_call(:heard, _from, state), do: {:reply, Enum.reverse(state.heard), state}

  @impl true
  def handle_info(message, state), do: {:noreply, %{state | heard: [message | state.heard]}}
end
