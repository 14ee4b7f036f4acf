# Which reports of the Erlang logger are printed: a map with a label and more than a report is not, unless it is a server's end.
# flags: --virtual-time
require Logger
show = fn report, meta -> :logger.error(report, meta); Logger.flush() end
show.(%{label: {:some, :thing}, other: 1}, %{domain: [:otp]})
show.(%{label: {:gen_server, :no_handle_info}, module: Mod, message: 1}, %{domain: [:otp]})
show.(%{label: {:some, :thing}, report: [a: 1]}, %{domain: [:otp]})
# =>
# => TIME [error] [label: {:some, :thing}, report: [a: 1]]
show.(%{label: {:supervisor, :thing}, report: [a: 1]}, %{})
# =>
# => TIME [error] [label: {:supervisor, :thing}, report: [a: 1]]
show.(%{a: 1}, %{report_cb: fn report, opts -> inspect({report, opts}) end})
# =>
# => TIME [error] {%{a: 1}, %{chars_limit: 4096, depth: 50, single_line: false}}
Logger.error(%ArgumentError{message: "a struct is a map"})
Logger.flush()
# =>
# => TIME [error] [__exception__: true, __struct__: ArgumentError, message: "a struct is a map"]
{:ok, sup} = Supervisor.start_link([], strategy: :one_for_one)
send(sup, :hello)
:sys.get_state(sup)
Logger.flush()
# =>
# => TIME [error] Supervisor received unexpected message: :hello
# =>
