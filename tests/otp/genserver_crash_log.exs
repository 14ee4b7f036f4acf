defmodule S do
  use GenServer
  def init(x), do: {:ok, x}
  def handle_cast(:crash, _), do: raise("bad cast")
end
{:ok, pid} = GenServer.start(S, :my_state)
GenServer.cast(pid, :crash)
Process.sleep(200)
# =>
# => 12:00:00.000 [error] GenServer #PID<> terminating
# => ** (RuntimeError) bad cast
# =>     tests/otp/genserver_crash_log.exs:4: S.handle_cast/2
# => Last message: {:"$gen_cast", :crash}
# => State: :my_state
# flags: --virtual-time
