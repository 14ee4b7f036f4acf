parent = self()
busy = spawn(fn -> Stream.repeatedly(fn -> :ok end) |> Enum.each(fn x -> x end) end)
spawn(fn -> send(parent, :alive) end)
IO.inspect((receive do :alive -> :alive after 3000 -> :starved end)) # => :alive
Process.exit(busy, :kill)
