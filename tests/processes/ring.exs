parent = self()
last = Enum.reduce(1..500, parent, fn _, next ->
  spawn(fn -> receive do n -> send(next, n + 1) end end)
end)
send(last, 0)
IO.inspect((receive do n -> n end)) # => 500
