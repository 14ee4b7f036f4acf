IO.inspect(Task.async_stream(1..5, fn x -> x * 2 end) |> Enum.to_list()) # => [ok: 2, ok: 4, ok: 6, ok: 8, ok: 10]
IO.inspect(Task.async_stream([3, 1, 2], fn x -> Process.sleep(x * 10); x end, max_concurrency: 3) |> Enum.map(fn {:ok, v} -> v end)) # => [3, 1, 2]
IO.inspect(Task.async_stream([1], fn _ -> Process.sleep(1000) end, timeout: 20, on_timeout: :kill_task) |> Enum.to_list()) # => [exit: :timeout]
# flags: --virtual-time
