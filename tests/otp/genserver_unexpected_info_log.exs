defmodule S do
  use GenServer
  def init(x), do: {:ok, x}
end
{:ok, pid} = GenServer.start(S, 1)
send(pid, :surprise)
Process.sleep(200)
# =>
# => 12:00:00.000 [error] S #PID<> received unexpected message in handle_info/2: :surprise
# =>
# flags: --virtual-time
