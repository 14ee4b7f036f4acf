# ExUnit is an application: started by name it captures output without ExUnit.start, which then finds it running.
import ExUnit.CaptureIO
IO.inspect(Application.ensure_all_started(:ex_unit)) # => {:ok, [:ex_unit]}
IO.inspect(Application.get_env(:ex_unit, :timeout)) # => 60000
IO.inspect(Supervisor.count_children(ExUnit.Supervisor).workers) # => 3
IO.inspect(capture_io(fn -> IO.puts("a") end)) # => "a\n"
IO.inspect(ExUnit.start(autorun: false)) # => :ok
IO.inspect(Application.spec(:ex_unit, :mod)) # => {ExUnit, []}
