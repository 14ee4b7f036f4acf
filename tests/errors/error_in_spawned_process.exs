spawn(fn -> raise "in child" end)
Process.sleep(200)
# =>
# => 12:00:00.000 [error] Process #PID<> raised an exception
# => ** (RuntimeError) in child
# =>     tests/errors/error_in_spawned_process.exs:1: anonymous fn/0 in :elixir_compiler_0.__FILE__/1
