Task.start(fn -> raise "logged" end)
Process.sleep(200)
# =>
# => 12:00:00.000 [error] Task #PID<> started from #PID<> terminating
# => ** (RuntimeError) logged
# =>     tests/otp/task_crash_log.exs:1: anonymous fn/0 in :elixir_compiler_0.__FILE__/1
# => Function: #Function< in file:tests/otp/task_crash_log.exs>
# =>     Args: []
# flags: --virtual-time
