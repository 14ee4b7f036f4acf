defmodule M do
  def f(x) when is_atom(x), do: :atom
  def f(x) when is_list(x) when is_tuple(x), do: :seq
  def f(_), do: :else
end
IO.inspect(Enum.map([:a, [], {}, 1], &M.f/1)) # => [:atom, :seq, :seq, :else]
