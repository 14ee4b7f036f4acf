# :timer to names that nobody has: once is nothing, an interval ends then; what is no timer cannot be cancelled.
# flags: --virtual-time
IO.inspect(:timer.send_after(1, :nobody, :x) |> elem(1) |> elem(0)) # => :once
IO.inspect(:timer.send_after(0, self(), :now) |> elem(1) |> elem(0)) # => :instant
IO.inspect(receive do m -> m end) # => :now
{:ok, lost} = :timer.send_interval(5, :later, :lost)
Process.sleep(2)
Process.register(self(), :later)
{:ok, timer} = :timer.send_interval(5, :later, :tick)
IO.inspect(for _ <- 1..3, do: (receive do m -> m end)) # => [:tick, :tick, :tick]
IO.inspect(:timer.cancel(timer)) # => {:ok, :cancel}
IO.inspect(:timer.cancel(lost)) # => {:ok, :cancel}
IO.inspect(:timer.cancel(:foo)) # => {:error, :badarg}
IO.inspect(:timer.send_after(:x, :y)) # => {:error, :badarg}
