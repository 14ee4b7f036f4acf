# The library's modules belong to applications too, if these are loaded.
for module <- [Enum, GenServer, Logger, ExUnit.Case, :lists, :logger, :erlang, NoSuchModule] do
  IO.inspect({module, Application.get_application(module)})
end

# => {Enum, :elixir}
# => {GenServer, :elixir}
# => {Logger, :logger}
# => {ExUnit.Case, nil}
# => {:lists, :stdlib}
# => {:logger, :kernel}
# => {:erlang, nil}
# => {NoSuchModule, nil}
