# Map.get and value[key] of all there is.
defmodule Plain do
  defstruct [:a]
end

defmodule Door do
  defstruct [:a]
  def fetch(door, key), do: {:ok, {key, door.a}}
end

failure = fn fun ->
  try do
    fun.()
  rescue
    e -> {e.__struct__, Exception.message(e) |> String.split("\n") |> hd()}
  end
end

big = Map.new(1..50, &{&1, -&1})
IO.inspect({%{a: 1}[:a], %{a: 1}[:b], %{"a" => 1}["a"], nil[:a], [a: 1, b: 2][:b], [a: 1][:b], [][:a], big[17], big[77]})
IO.inspect({Access.get(%{}, :a, 5), Access.get([a: 1], :b, 5), Access.get(nil, :a, 5), Access.get(big, 0, 5)})
IO.inspect({Map.get(%{a: nil}, :a, 1), Map.get(%{}, :a), Map.get(struct(Plain, a: 3), :a), Map.get(big, 50), Map.get(%{1 => :a}, 1.0)})
IO.inspect({struct(Door, a: 1)[:x], %{__struct__: "no module", a: 2}[:a]})
IO.inspect(failure.(fn -> Map.get(nil, :a) end))
IO.inspect(failure.(fn -> Map.get([a: 1], :a, 1) end))
IO.inspect(failure.(fn -> struct(Plain)[:a] end))
IO.inspect(failure.(fn -> [a: 1]["a"] end))
IO.inspect(failure.(fn -> [1, 2][:a] end))
IO.inspect(failure.(fn -> [{:b, 1}, {:a, 2, 3}][:a] end))
IO.inspect(failure.(fn -> 5[:a] end))
IO.inspect({&Map.get/2, &Map.get/3, &Access.get/2})
