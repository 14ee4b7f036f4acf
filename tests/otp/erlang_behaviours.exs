# Erlang's behaviours are behaviours: a module may say that it follows them, and what is missing or misspelt is warned about.
defmodule Tree do
  @behaviour :supervisor
  @impl true
  def init(:arg), do: {:ok, {%{strategy: :one_for_one}, [%{id: :w, start: {Worker, :start_link, []}}]}}
end

defmodule Worker do
  @behaviour :gen_server
  def start_link, do: :gen_server.start_link({:local, :worker}, __MODULE__, 41, [])
  @impl true
  def init(n), do: {:ok, n}
  @impl true
  def handle_call(:next, _from, n), do: {:reply, n + 1, n + 1}
  @impl true
  def handle_cast(:stop, n), do: {:stop, :normal, n}
end

defmodule Light do
  @behaviour :gen_statem
  @impl true
  def init(_), do: {:ok, :off, nil}
  @impl true
  def callback_mode, do: :state_functions
  def off({:call, from}, :push, data), do: {:next_state, :on, data, [{:reply, from, :on}]}
end

{:ok, _} = :supervisor.start_link(Tree, :arg)
IO.inspect(:gen_server.call(:worker, :next)) # => 42
{:ok, light} = :gen_statem.start_link(Light, [], [])
IO.inspect(:gen_statem.call(light, :push)) # => :on

defmodule Half do
  @behaviour :gen_server
  def init(n), do: {:ok, n}
  def handle_call(_, _, n), do: {:reply, n, n}
end

# stderr: function handle_cast/2 required by behaviour :gen_server is not implemented (in module Half)

for module <- [:gen_server, :supervisor, :gen_statem, :gen_event, :application] do
  IO.puts("#{module} #{Enum.sort(module.behaviour_info(:callbacks)) |> Keyword.keys() |> Enum.uniq() |> Enum.join(" ")}")
end

# => gen_server code_change format_status handle_call handle_cast handle_continue handle_info init terminate
# => supervisor init
# => gen_statem callback_mode code_change format_status handle_event init state_name terminate
# => gen_event code_change format_status handle_call handle_event handle_info init terminate
# => application start stop
