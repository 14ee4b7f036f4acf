# cmd: $PHIAL $FILE | grep -v -e "^Finished" -e "^$"
# What setup_all gives is in the tags of a finished test; where it is killed, nothing is told about the tests.
defmodule Tags do
  use GenServer
  def init(_), do: {:ok, []}
  def handle_cast({:test_finished, test}, seen), do: {:noreply, [{test.name, test.tags[:given]} | seen]}

  def handle_cast({:suite_finished, _}, seen) do
    IO.inspect(Enum.sort(seen))
    {:noreply, seen}
  end

  def handle_cast(_, seen), do: {:noreply, seen}
end

ExUnit.start(seed: 0, formatters: [Tags])
IO.inspect(ExUnit.configuration()[:autorun])
# => false

defmodule GivenTest do
  use ExUnit.Case
  setup_all do: [given: 1]
  test "a", %{given: given}, do: assert(given == 1)
end

defmodule KilledTest do
  use ExUnit.Case

  setup_all do
    Process.exit(self(), :stop)
    :ok
  end

  test "never", do: flunk()
end

ExUnit.after_suite(fn result -> IO.inspect(result) end)
# => ["test a": 1]
# => %{excluded: 0, failures: 0, skipped: 0, total: 1}
