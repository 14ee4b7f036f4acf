# mix run demo.exs, phial run demo.exs
IO.inspect({Bank.balance("ann"), Bank.balance("bob")}, label: "opened by the configuration")
IO.inspect(Bank.transfer("ann", "bob", 115), label: "ann gives 115")
IO.inspect(Bank.transfer("ann", "bob", 10), label: "and 10 more")
IO.inspect(Bank.transfer("ann", "cyd", 1), label: "to nobody")

Application.put_env(:bank, :overdraft, 100)
IO.inspect(Bank.transfer("ann", "bob", 10), label: "with more credit")
IO.inspect({Bank.balance("ann"), Bank.balance("bob")})
IO.inspect(Bank.Auditor.report(), label: "audit")

IO.inspect(Bank.close("bob"), label: "bob closes")
IO.inspect(Application.spec(:bank, :vsn), label: "version")
started = for {app, _, _} <- Application.started_applications(), do: app
IO.inspect(:bank in started, label: "started")

:ok = Application.stop(:bank)
IO.inspect(Process.whereis(Bank.Supervisor), label: "after the stop")
{:ok, started} = Application.ensure_all_started(:bank)
IO.inspect({started, Bank.balance("ann")}, label: "started again")
