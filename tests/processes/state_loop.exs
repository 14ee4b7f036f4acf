defmodule Counter do
  def loop(n) do
    receive do
      :inc -> loop(n + 1)
      {:get, from} -> send(from, n); loop(n)
    end
  end
end
pid = spawn(fn -> Counter.loop(0) end)
for _ <- 1..5, do: send(pid, :inc)
send(pid, {:get, self()})
IO.inspect((receive do n -> n end)) # => 5
