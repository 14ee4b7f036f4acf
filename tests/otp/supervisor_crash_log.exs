defmodule W do
  use GenServer
  def start_link(n), do: GenServer.start_link(__MODULE__, n, name: n)
  def init(n), do: {:ok, n}
  def handle_cast(:crash, _), do: raise("worker crash")
end
{:ok, _} = Supervisor.start_link([{W, :w}], strategy: :one_for_one)
GenServer.cast(:w, :crash)
Process.sleep(200)
# =>
# => 12:00:00.000 [error] GenServer :w terminating
# => ** (RuntimeError) worker crash
# =>     tests/otp/supervisor_crash_log.exs:5: W.handle_cast/2
# => Last message: {:"$gen_cast", :crash}
# => State: :w
# flags: --virtual-time
