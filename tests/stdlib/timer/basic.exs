IO.inspect(:timer.seconds(2)) # => 2000
IO.inspect(:timer.minutes(1)) # => 60000
{t, v} = :timer.tc(fn -> 42 end)
IO.inspect({is_integer(t), v}) # => {true, 42}
IO.inspect(:timer.sleep(1)) # => :ok
{:ok, _} = :timer.send_after(10, :hi)
IO.inspect((receive do m -> m after 1000 -> :none end)) # => :hi
