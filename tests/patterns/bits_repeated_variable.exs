defmodule M do
  def f([{:char, c} | items], <<c::utf8, rest::binary>>), do: {items, rest}
  def f(<<n, _::binary>>, {n, x}), do: {:size, x}
  def f(_, _), do: :none
end

IO.inspect(M.f([{:char, ?a}, {:char, ?x}], "ax")) # => {[char: 120], "x"}
IO.inspect(M.f([{:char, ?b}], "ax")) # => :none
IO.inspect(M.f(<<7, 1>>, {7, :y})) # => {:size, :y}
IO.inspect(M.f(<<7, 1>>, {8, :y})) # => :none
