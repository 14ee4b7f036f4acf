spawn(fn -> 1 + Process.get(:x) end)
Process.sleep(200)
# =>
# => 12:00:00.000 [error] Process #PID<> raised an exception
# => ** (ArithmeticError) bad argument in arithmetic expression
# =>     tests/processes/crash_report.exs:1: anonymous fn/0 in :elixir_compiler_0.__FILE__/1
# flags: --virtual-time
