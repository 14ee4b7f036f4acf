# differs: Elixir's console is another process on another core; this is what it mostly prints
# stress: with a budget of one reduction another process prints in between
# A message is written a little after the call: behind what its process prints next, before what comes after that.
require Logger
Logger.configure_backend(:console, format: "$message\n", colors: [enabled: false])

defmodule S do
  use GenServer
  require Logger
  def init(_), do: (Logger.info("init"); {:ok, 1})
  def handle_call(:a, _, s), do: (Logger.info("in call"); IO.puts("call"); {:reply, s, s})
  def handle_cast(:c, s), do: (Logger.info("in cast"); {:noreply, s})
end

# => 1
# => one
# => 2
# => two
for {n, word} <- [{1, "one"}, {2, "two"}] do
  Logger.info(word)
  IO.puts(n)
end

Process.sleep(20)
{:ok, p} = GenServer.start_link(S, 1) # => init
IO.puts("started") # => started
# => call
# => in call
GenServer.call(p, :a)
IO.puts("called") # => called
GenServer.cast(p, :c)
IO.puts("cast") # => cast
Process.sleep(20) # => in cast
Logger.info("last") # => last
Process.sleep(20)
