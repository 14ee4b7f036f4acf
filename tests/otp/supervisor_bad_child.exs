Process.flag(:trap_exit, true)
:logger.set_primary_config(:level, :none)
defmodule W do
  use GenServer
  def start_link(_), do: {:error, :nope}
  def init(n), do: {:ok, n}
end
{:error, {:shutdown, {:failed_to_start_child, id, reason}}} = Supervisor.start_link([W], strategy: :one_for_one)
IO.inspect({id, reason}) # => {W, :nope}
