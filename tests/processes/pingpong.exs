defmodule P do
  def loop do
    receive do
      {:ping, from, n} -> send(from, {:pong, n}); loop()
      :stop -> :ok
    end
  end
end
pid = spawn(&P.loop/0)
IO.inspect(Enum.sum(for n <- 1..1000, do: (send(pid, {:ping, self(), n}); receive do {:pong, ^n} -> n end))) # => 500500
