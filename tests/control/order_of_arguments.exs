# Arguments are evaluated from left to right, except where Elixir puts an Erlang function with another order in the place of its own.
defmodule Order do
  def i(x), do: (IO.write([inspect(x), " "]); x)

  def run do
    Map.put(i(%{}), i(:k), i(1)) |> line()
    Map.put(i(%{}), :k, i(1)) |> line()
    Map.fetch(i(%{}), i(:k)) |> line()
    Map.replace!(i(%{k: 1}), i(:k), i(2)) |> line()
    put_elem(i({1, 2}), i(1), i(3)) |> line()
    Tuple.insert_at(i({1, 2}), i(1), i(3)) |> line()
    Tuple.delete_at(i({1, 2}), i(1)) |> line()
    Tuple.duplicate(i(:a), i(2)) |> line()
    Process.cancel_timer(Process.send_after(self(), i(:message), i(1000))) |> is_integer() |> line()
    Map.update(i(%{}), i(:a), i(1), &(&1 + 1)) |> line()
  end

  defp line(x), do: IO.inspect(x)
end

Order.run()
# => %{} :k 1 %{k: 1}
# => %{} 1 %{k: 1}
# => :k %{} :error
# => :k 2 %{k: 1} %{k: 2}
# => 1 {1, 2} 3 {1, 3}
# => 1 {1, 2} 3 {1, 3, 2}
# => 1 {1, 2} {1}
# => 2 :a {:a, :a}
# => 1000 :message true
# => %{} :a 1 %{a: 1}
IO.inspect(try(do: Map.put(throw(:first), :k, throw(:second)), catch: (x -> x)))
# => :first
