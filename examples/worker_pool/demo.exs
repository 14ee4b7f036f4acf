IO.inspect(WorkerPool.status(), label: "at rest")
IO.inspect(map_size(WorkerPool.hash_all(for i <- 1..20, do: "text #{i}")), label: "hashed")

[a, b, c] = for _ <- 1..3, do: :poolboy.checkout(:hashers)
IO.inspect(WorkerPool.status(), label: "three borrowed")
IO.inspect(:poolboy.checkout(:hashers, false), label: "one more, without waiting")

try do
  :poolboy.checkout(:hashers, true, 20)
catch
  :exit, {:timeout, _} -> IO.puts("one more, waiting 20 ms: timed out")
end

Enum.each([a, b, c], &:poolboy.checkin(:hashers, &1))
IO.inspect(WorkerPool.status(), label: "given back")

catch_exit = fn fun ->
  try do
    fun.()
  catch
    :exit, {reason, _} -> {:exit, reason}
  end
end

IO.inspect(catch_exit.(fn -> WorkerPool.hash(:crash) end), label: "a worker crashes")
IO.inspect(WorkerPool.status(), label: "replaced")

spawn(fn -> :poolboy.checkout(:hashers) end)
Process.sleep(20)
IO.inspect(WorkerPool.status(), label: "a client that died gave back")
