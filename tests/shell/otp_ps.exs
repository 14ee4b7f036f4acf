# differs: Elixir has no IEx.OTP
# Processes by memory, reductions and queue; mailboxes; links.
big = spawn(fn -> list = Enum.to_list(1..10_000); receive do :stop -> list end end)
Process.register(big, :big)
full = spawn(fn -> receive do :stop -> :ok end end)
Process.register(full, :full)
for i <- 1..3, do: send(full, {:mail, i})
Process.sleep(20)
alias IEx.OTP.Processes
IO.inspect(hd(Processes.list(:memory)).name) # => :big
IO.inspect(hd(Processes.list(:queue)) |> Map.take([:name, :queue, :status])) # => %{name: :full, queue: 3, status: :waiting}
counts = Enum.map(Processes.list(:reductions), & &1.reductions)
IO.inspect(counts == Enum.sort(counts, :desc)) # => true
IEx.OTP.mailbox(:full)
# => 1. {:mail, 1}
# => 2. {:mail, 2}
# => 3. {:mail, 3}
IEx.OTP.mailbox(big) # => no message waits
row = %{pid: full, name: :full, started_with: {:erlang, :apply, 2}, status: :waiting, queue: 3, memory: 2048, reductions: 10, in: {:erlang, :apply, 2}}
IO.puts(Processes.table([row, %{row | name: :b, memory: 7, queue: 100}]))
# => process  memory  reductions  queue  status   in
# => :full    2.0 KB          10      3  waiting  :erlang.apply/2
# => :b          7 B          10    100  waiting  :erlang.apply/2
watcher = spawn(fn -> Process.monitor(:big); Process.link(full); Process.flag(:trap_exit, true); receive do :stop -> :ok end end)
Process.register(watcher, :watcher)
Process.sleep(1)
IEx.OTP.links(:watcher)
# => :watcher
# =>   linked to    :full (turns exit signals into messages)
# =>   monitors     :big
# =>   monitored by nobody
IEx.OTP.links(full)
# => :full
# =>   linked to    :watcher (dies with them)
# =>   monitors     nobody
# =>   monitored by nobody
