# A format_status/1 that fails is told of in place of the state.
# flags: --virtual-time
Logger.configure_backend(:console, format: "$message\n", colors: [enabled: false])
defmodule B do
  use GenServer
  def init(x), do: {:ok, x}
  def handle_cast(:bad, _), do: :bad
  def format_status(_), do: raise("in format_status")
end
{:ok, pid} = GenServer.start(B, %{a: 1}, name: B)
{:status, _, _, [_, _, _, _, misc]} = :sys.get_status(pid)
IO.inspect(List.last(misc)) # => {:data, [{'State', 'Elixir.B:format_status/1 crashed'}]}
GenServer.cast(pid, :bad)
Process.sleep(50)
Logger.flush()
# => GenServer B terminating
# => ** (stop) bad return value: :bad
# => Last message: {:"$gen_cast", :bad}
# => State: 'Elixir.B:format_status/1 crashed'
