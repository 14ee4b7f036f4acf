# differs: Elixir has no IEx.OTP
# flags: --virtual-time
# A diagram that is wider than the terminal: columns are closer, texts beside their arrows, who is started is named there and shares columns.
answer = fn -> receive do: ({from, n} -> send(from, {:a_rather_long_answer, n})) end
ask = fn pid, n -> (send(pid, {self(), n}); receive do: ({:a_rather_long_answer, ^n} -> n)) end
first = spawn(answer)
Process.register(first, :a_process_with_a_long_name)

record =
  IEx.OTP.Msc.record(fn ->
    ask.(first, 1)
    for n <- 2..3, do: ask.(spawn(answer), n)
    {a, b} = {spawn(answer), spawn(answer)}
    ask.(b, 4) + ask.(a, 5)
  end)

IO.write(IEx.OTP.Msc.Text.draw(record, 72))
# =>  you             #PID<>
# =>   ├──────────────────▶│ {#PID<>, 1}
# =>   │◀──────────────────┤ {:a_rather_long_answer, 1}
# =>   │                   ╳ :normal
# =>   ├╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ spawn ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌▶┬ #PID<>
# =>   ├────────── {#PID<>, 2} ──────────▶│
# =>   │◀───── {:a_rather_long_answer, 2} ─────┤
# =>   │                                       ╳ :normal
# =>   ├╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ spawn ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌▶┬ #PID<>
# =>   ├────────── {#PID<>, 3} ──────────▶│
# =>   │◀───── {:a_rather_long_answer, 3} ─────┤
# =>   │                                       ╳ :normal
# =>   ├╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ spawn ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌▶┬ #PID<>
# =>   ├╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ spawn ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌▶┬ #PID<0.…
# =>   ├──────────────────── {#PID<>, 4} ────────────────────▶│
# =>   │◀─────────────── {:a_rather_long_answer, 4} ───────────────┤
# =>   │                                       │                   ╳ :normal
# =>   ├────────── {#PID<>, 5} ──────────▶│
# =>   │◀───── {:a_rather_long_answer, 5} ─────┤
# =>   │                                       ╳ :normal
# =>   │
