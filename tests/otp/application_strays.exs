# With an application end the processes that it started outside its tree, but not those that took another group leader.
defmodule App do
  use Application

  def start(_type, _args) do
    spawn(fn -> Process.register(self(), :stray); Process.flag(:trap_exit, true); Process.sleep(:infinity) end)
    spawn(fn -> Process.group_leader(self(), Process.whereis(:user)); Process.register(self(), :other); Process.sleep(:infinity) end)
    Supervisor.start_link([], strategy: :one_for_one)
  end

  def stop(_state), do: IO.inspect(Process.whereis(:stray) != nil)
end

:ok = :application.load({:application, :app, [vsn: '1', modules: [App], registered: [], applications: [:kernel, :stdlib, :elixir], mod: {App, []}]})
Logger.configure(level: :error)
:ok = Application.start(:app)
Process.sleep(150)
:ok = Application.stop(:app) # => true
IO.inspect(for name <- [:stray, :other], do: Process.whereis(name) != nil) # => [false, true]
