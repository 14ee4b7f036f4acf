defmodule M do
  @moduledoc "About M"
  @doc "About f"
  @spec f(integer) :: integer
  @typedoc "a t"
  @type t :: integer
  @doc since: "1.0"
  def f(x), do: x
end
IO.inspect(M.f(1)) # => 1
