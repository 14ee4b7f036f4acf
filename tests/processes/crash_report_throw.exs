spawn(fn -> throw(:x) end)
Process.sleep(200)
# =>
# => 12:00:00.000 [error] Process #PID<> raised an exception
# => ** (ErlangError) Erlang error: {:nocatch, :x}
# =>     tests/processes/crash_report_throw.exs:1: anonymous fn/0 in :elixir_compiler_0.__FILE__/1
# flags: --virtual-time
