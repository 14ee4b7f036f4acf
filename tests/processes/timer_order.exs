for {m, t} <- [c: 60, a: 20, b: 40], do: Process.send_after(self(), m, t)
IO.inspect((for _ <- 1..3, do: (receive do x -> x end))) # => [:a, :b, :c]
