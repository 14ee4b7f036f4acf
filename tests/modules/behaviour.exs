defmodule Greeter do
  @callback greet(String.t()) :: String.t()
  @callback bye() :: atom
  @optional_callbacks bye: 0
end
defmodule English do
  @behaviour Greeter
  @impl true
  def greet(n), do: "hello " <> n
end
IO.inspect(English.greet("bob")) # => "hello bob"
IO.inspect(Greeter.behaviour_info(:callbacks) |> Enum.sort()) # => [bye: 0, greet: 1]
IO.inspect(Greeter.behaviour_info(:optional_callbacks)) # => [bye: 0]
