for i <- 1..5000, do: send(self(), {:n, i})
send(self(), :last)
IO.inspect((receive do :last -> :found end)) # => :found
IO.inspect((receive do {:n, i} -> i end)) # => 1
