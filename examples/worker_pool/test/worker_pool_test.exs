defmodule WorkerPoolTest do
  use ExUnit.Case

  test "the same text has the same hash, whoever makes it" do
    assert WorkerPool.hash("a") == WorkerPool.hash("a")
    refute WorkerPool.hash("a") == WorkerPool.hash("b")
  end

  test "more requests than workers are all answered" do
    texts = for i <- 1..50, do: "t#{i}"
    assert Enum.sort(Map.keys(WorkerPool.hash_all(texts))) == Enum.sort(texts)
    assert {:ready, 2, 0, 0} = WorkerPool.status()
  end

  test "a worker that dies is replaced" do
    assert catch_exit(WorkerPool.hash(:crash))
    assert {:ready, 2, 0, 0} = WorkerPool.status()
  end
end
