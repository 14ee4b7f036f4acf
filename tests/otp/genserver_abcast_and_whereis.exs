IO.inspect(GenServer.whereis(:nobody)) # => nil
IO.inspect(GenServer.whereis(self()) == self()) # => true
IO.inspect(GenServer.cast(:nobody, :x)) # => :ok
