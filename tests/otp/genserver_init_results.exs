Process.flag(:trap_exit, true)
defmodule S do
  use GenServer
  def init(:ignore), do: :ignore
  def init(:stop), do: {:stop, :because}
  def init(:exit), do: exit(:exited)
  def init(:raise), do: raise("no")
  def init(:bad), do: :bad_value
end
:logger.set_primary_config(:level, :none)
IO.inspect(GenServer.start_link(S, :ignore)) # => :ignore
IO.inspect(GenServer.start_link(S, :stop)) # => {:error, :because}
IO.inspect(GenServer.start_link(S, :exit)) # => {:error, :exited}
IO.inspect(GenServer.start_link(S, :bad)) # => {:error, {:bad_return_value, :bad_value}}
{:error, {e, _}} = GenServer.start_link(S, :raise)
IO.inspect(e) # => %RuntimeError{message: "no"}
