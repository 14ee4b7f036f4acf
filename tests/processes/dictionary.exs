IO.inspect(Process.put(:k, 1)) # => nil
IO.inspect(Process.put(:k, 2)) # => 1
IO.inspect(Process.get(:k)) # => 2
IO.inspect(Process.get(:none, :default)) # => :default
IO.inspect(Process.delete(:k)) # => 2
IO.inspect(Process.get(:k)) # => nil
parent = self()
Process.put(:mine, true)
spawn(fn -> send(parent, Process.get(:mine)) end)
IO.inspect((receive do x -> x end)) # => nil
Process.put(:z, 1)
IO.inspect(Process.get_keys() |> Enum.member?(:z)) # => true
