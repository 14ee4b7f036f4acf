IO.inspect((receive do _ -> :message after 10 -> :timeout end)) # => :timeout
IO.inspect((receive do _ -> :message after 0 -> :nothing end)) # => :nothing
send(self(), :m)
IO.inspect((receive do x -> x after 0 -> :nothing end)) # => :m
