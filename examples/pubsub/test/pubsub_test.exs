defmodule PubSubTest do
  use ExUnit.Case

  setup do
    start_supervised!({PubSub, name: T})
    :ok
  end

  test "subscribers of the topic get the message, others do not" do
    PubSub.subscribe(T, "a")
    PubSub.broadcast(T, "a", 1)
    PubSub.broadcast(T, "b", 2)
    assert_receive 1
    refute_receive 2, 10
  end

  test "broadcast_from leaves out the sender" do
    PubSub.subscribe(T, "a")
    PubSub.broadcast_from(T, self(), "a", 1)
    refute_receive 1, 10
  end

  test "who unsubscribes or dies is not told" do
    PubSub.subscribe(T, "a")
    PubSub.unsubscribe(T, "a")
    Task.await(Task.async(fn -> PubSub.subscribe(T, "a") end))
    PubSub.broadcast(T, "a", 1)
    refute_receive 1, 10
    assert Registry.count(T) == 0
  end
end
