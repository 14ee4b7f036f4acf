# A finished test's tags are its context: what the callbacks of its module have added is there too.
ExUnit.start(autorun: false)

defmodule Formatter do
  use GenServer
  def init(_opts), do: {:ok, nil}
  def handle_cast({:test_finished, test}, state), do: (IO.inspect({test.name, test.tags[:all], test.tags[:one]}) && {:noreply, state})
  def handle_cast(_event, state), do: {:noreply, state}
end

defmodule Tags do
  use ExUnit.Case
  setup_all do: {:ok, all: 1}
  setup %{all: all} = context, do: if(context[:bad], do: raise("bad"), else: {:ok, one: all + 1})
  test "passes", do: :ok
  test "fails", do: flunk()
  @tag :bad
  test "has no context", do: :ok
end

ExUnit.configure(formatters: [Formatter], seed: 0)
ExUnit.Server.modules_loaded()
IO.inspect(ExUnit.run())
# => {:"test passes", 1, 2}
# => {:"test fails", 1, 2}
# => {:"test has no context", nil, nil}
# => %{excluded: 0, failures: 2, skipped: 0, total: 3}
