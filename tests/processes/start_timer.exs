ref = :erlang.start_timer(10, self(), :payload)
IO.inspect((receive do {:timeout, ^ref, m} -> m end)) # => :payload
