# stderr: warning: function greet/1 required by behaviour Greeter is not implemented (in module Broken)
defmodule Greeter do
  @callback greet(String.t()) :: String.t()
end
defmodule Broken do
  @behaviour Greeter
end
