defmodule BankTest do
  use ExUnit.Case

  setup do
    :ok = Bank.open("eve", 10)
    :ok = Bank.open("dan")
    on_exit(fn -> for owner <- ["eve", "dan"], do: Bank.close(owner) end)
  end

  test "money is moved, not made" do
    assert :ok = Bank.transfer("eve", "dan", 7)
    assert {Bank.balance("eve"), Bank.balance("dan")} == {"3 CHF", "7 CHF"}
  end

  test "the overdraft is that of the test environment" do
    assert :ok = Bank.transfer("eve", "dan", 15)
    assert {:error, :insufficient_funds} = Bank.transfer("eve", "dan", 1)
  end

  test "nothing is taken when the receiver does not exist" do
    assert {:error, :no_account} = Bank.transfer("eve", "nobody", 5)
    assert Bank.balance("eve") == "10 CHF"
  end

  test "an account that crashes starts afresh, the others keep theirs" do
    [{pid, _}] = Registry.lookup(Bank.Names, "dan")
    ref = Process.monitor(pid)
    Bank.transfer("eve", "dan", 4)
    Process.exit(pid, :kill)
    assert_receive {:DOWN, ^ref, :process, ^pid, :killed}
    assert eventually(fn -> match?([{other, _}] when other != pid, Registry.lookup(Bank.Names, "dan")) end)
    assert {Bank.balance("eve"), Bank.balance("dan")} == {"6 CHF", "0 CHF"}
  end

  defp eventually(fun), do: Enum.any?(1..100, fn _ -> fun.() || (Process.sleep(1) && false) end)
end
