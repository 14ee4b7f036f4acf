{:ok, _} = Registry.start_link(keys: :duplicate, name: R)
Registry.register(R, :topic, 1)
Registry.register(R, :topic, 2)
IO.inspect(Registry.lookup(R, :topic) |> Enum.map(&elem(&1, 1)) |> Enum.sort()) # => [1, 2]
Registry.dispatch(R, :topic, fn entries -> for {pid, v} <- entries, do: send(pid, {:m, v}) end)
IO.inspect((for _ <- 1..2, do: (receive do {:m, v} -> v end)) |> Enum.sort()) # => [1, 2]
IO.inspect(Registry.count_match(R, :topic, 1)) # => 1
