# A call to oneself is explained after Elixir's words.
# differs: Elixir does not explain
defmodule Me do
  def ask do
    r = GenServer.call(self(), :x)
    {:ok, r}
  end
end
Me.ask()
# stderr:     ** (EXIT) process attempted to call itself
# stderr: calls itself in Me.ask/0 (
# exit: 1
