defmodule Bank do
  defstruct accounts: %{}, log: []
  def open(b, n), do: %{b | accounts: Map.put(b.accounts, n, 0)}
  def deposit(%Bank{accounts: a} = b, n, x) when x > 0 and is_map_key(a, n) do
    {:ok, %{b | accounts: Map.update!(a, n, &(&1 + x)), log: [{:dep, n, x} | b.log]}}
  end
  def deposit(_, _, _), do: {:error, :invalid}
end
b = struct(Bank) |> Bank.open("a")
{:ok, b} = Bank.deposit(b, "a", 50)
IO.inspect(b) # => %Bank{accounts: %{"a" => 50}, log: [{:dep, "a", 50}]}
IO.inspect(Bank.deposit(b, "zz", 1)) # => {:error, :invalid}
