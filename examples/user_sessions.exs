# SPDX-License-Identifier: Apache-2.0
# flags: --virtual-time
# One process per logged-in user, found by name through a Registry. A session that nobody uses ends by itself:
# it looks at the clock now and then, and stops normally, which a :transient child may.

defmodule Session do
  use GenServer, restart: :transient

  @idle 600
  @check 100

  def start_link(user), do: GenServer.start_link(__MODULE__, user, name: via(user))

  def login(user, password), do: GenServer.call(via(user), {:login, password})
  def put(user, key, value), do: GenServer.call(via(user), {:put, key, value})
  def get(user, key), do: GenServer.call(via(user), {:get, key})
  def logout(user), do: GenServer.cast(via(user), :logout)

  defp via(user), do: {:via, Registry, {SessionRegistry, user}}

  @impl true
  def init(user) do
    schedule_check()
    {:ok, %{user: user, logged_in: false, data: %{}, last_used: now()}}
  end

  @impl true
  def handle_call({:login, password}, _from, state) do
    if password == String.reverse(state.user) do
      {:reply, :ok, touch(%{state | logged_in: true})}
    else
      {:reply, {:error, :wrong_password}, state}
    end
  end

  def handle_call(_request, _from, %{logged_in: false} = state) do
    {:reply, {:error, :not_logged_in}, state}
  end

  def handle_call({:put, key, value}, _from, state) do
    {:reply, :ok, touch(put_in(state.data[key], value))}
  end

  def handle_call({:get, key}, _from, state) do
    {:reply, {:ok, state.data[key]}, touch(state)}
  end

  @impl true
  def handle_cast(:logout, state), do: {:stop, :normal, state}

  @impl true
  def handle_info(:check, state) do
    if now() - state.last_used > @idle do
      IO.puts("  (#{state.user} was idle too long)")
      {:stop, :normal, state}
    else
      schedule_check()
      {:noreply, state}
    end
  end

  defp touch(state), do: %{state | last_used: now()}
  defp schedule_check, do: Process.send_after(self(), :check, @check)
  defp now, do: System.monotonic_time(:millisecond)
end

defmodule Sessions do
  use Supervisor

  def start_link(_), do: Supervisor.start_link(__MODULE__, [], name: __MODULE__)

  # Whoever comes first starts the session, everybody after that finds it.
  def open(user) do
    case DynamicSupervisor.start_child(SessionSupervisor, {Session, user}) do
      {:ok, _pid} -> :new
      {:error, {:already_started, _pid}} -> :existing
    end
  end

  def count, do: DynamicSupervisor.count_children(SessionSupervisor).active

  @impl true
  def init(_) do
    children = [
      {Registry, keys: :unique, name: SessionRegistry},
      {DynamicSupervisor, name: SessionSupervisor, strategy: :one_for_one}
    ]

    Supervisor.init(children, strategy: :one_for_all)
  end
end

{:ok, _} = Sessions.start_link([])

IO.inspect(for user <- ["ann", "bob", "ann"], do: Sessions.open(user))
IO.inspect(Session.put("ann", :cart, [:tea]), label: "before the login")
IO.inspect(Session.login("ann", "guess"))
IO.inspect({Session.login("ann", "nna"), Session.login("bob", "bob")})

Session.put("ann", :cart, [:tea, :milk])
IO.inspect(Session.get("ann", :cart), label: "ann's cart")
IO.inspect(Session.get("bob", :cart), label: "bob's cart")

# ann comes back in time, bob does not.
for _ <- 1..3 do
  Process.sleep(300)
  Session.get("ann", :cart)
end

IO.inspect(Sessions.count(), label: "sessions")

caller_sees = fn fun ->
  try do
    fun.()
  catch
    :exit, {reason, {GenServer, :call, _}} -> reason
  end
end

IO.inspect(caller_sees.(fn -> Session.get("bob", :cart) end), label: "bob")
IO.inspect(caller_sees.(fn -> Session.get("ann", :cart) end), label: "ann")

Session.logout("ann")
Process.sleep(100)
IO.inspect({Sessions.count(), Registry.count(SessionRegistry)}, label: "after the logout")
IO.inspect(Sessions.open("ann"))
