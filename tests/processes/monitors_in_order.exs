# Who monitors a process is told of its end in the order of the monitors.
p = spawn(fn -> Process.sleep(:infinity) end)
refs = for _ <- 1..20, do: Process.monitor(p)
Process.exit(p, :kill)

told =
  for _ <- refs do
    receive do
      {:DOWN, ref, :process, ^p, :killed} -> ref
    end
  end

IO.inspect(told == refs) # => true
