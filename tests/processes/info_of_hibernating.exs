# A process that hibernates is in :erlang.hibernate/3; a quiet heap limit ends a process without a word.
me = self()
pid = spawn(fn -> Process.hibernate(Kernel, :send, [me, :woken]) end)
Process.sleep(10)
IO.inspect(Process.info(pid, :current_function)) # => {:current_function, {:erlang, :hibernate, 3}}
send(pid, :wake)
IO.inspect(receive(do: (message -> message))) # => :woken

limit = %{size: 20_000, kill: true, error_logger: false}
{pid, ref} = Process.spawn(fn -> Enum.reduce(1..10_000_000, [], &[&1 | &2]) end, [:monitor, max_heap_size: limit])
IO.inspect(receive(do: ({:DOWN, ^ref, _, ^pid, reason} -> reason))) # => :killed
Process.flag(:max_heap_size, %{size: 0, error_logger: false})
IO.inspect(Process.info(self(), :max_heap_size)) # => {:max_heap_size, %{error_logger: false, kill: true, size: 0}}
