defmodule S do
  use GenServer, restart: :transient, shutdown: 100
  def start_link(x), do: GenServer.start_link(__MODULE__, x)
  def init(x), do: {:ok, x}
end
IO.inspect(S.child_spec(:arg)) # => %{id: S, restart: :transient, shutdown: 100, start: {S, :start_link, [:arg]}}
IO.inspect(Supervisor.child_spec({S, 1}, id: :other, restart: :permanent)) # => %{id: :other, restart: :permanent, shutdown: 100, start: {S, :start_link, [1]}}
IO.inspect(Supervisor.child_spec(S, [])) # => %{id: S, restart: :transient, shutdown: 100, start: {S, :start_link, [[]]}}
