alias PubSub.Room

{:ok, ann} = Room.join("elixir", "ann")
{:ok, bob} = Room.join("elixir", "bob")
{:ok, cyd} = Room.join("erlang", "cyd")

Room.say(ann, "hello")
Room.say(bob, "hi ann")
Room.say(cyd, "anybody here?")

for {nick, pid} <- [ann: ann, bob: bob, cyd: cyd], do: IO.inspect(Room.heard(pid), label: nick)

Room.leave(bob)
Room.say(ann, "bye bob")
IO.inspect(Registry.count(Chat.PubSub), label: "subscriptions")

:ok = PubSub.subscribe(Chat.PubSub, "news", metadata: :loud)

defmodule Shouter do
  def dispatch(entries, _from, message) do
    for {pid, :loud} <- entries, do: send(pid, String.upcase(message))
  end
end

PubSub.broadcast(Chat.PubSub, "news", "quiet")
PubSub.broadcast(Chat.PubSub, "news", "noticed", Shouter)

for _ <- 1..2 do
  receive do
    message -> IO.puts(message)
  end
end
