# At the greatest number of failures a module is broken off and does not finish; a setup_all that fails counts for all tests of its module.
ExUnit.start(autorun: false)

defmodule Formatter do
  use GenServer
  def init(_opts), do: {:ok, nil}
  def handle_cast({:module_finished, module}, state), do: (IO.inspect({module.name, for(test <- module.tests, do: test.name)}) && {:noreply, state})
  def handle_cast({:test_finished, test}, state), do: (IO.puts(test.name) && {:noreply, state})
  def handle_cast(event, state), do: (is_atom(event) && IO.inspect(event); {:noreply, state})
end

defmodule Late do
  use ExUnit.Case
  test "late", do: :ok
end

defmodule Failing do
  use ExUnit.Case
  test "a", do: :ok
  test "b", do: flunk()
  test "c", do: flunk()
end

defmodule Invalid do
  use ExUnit.Case
  setup_all do: raise("no")
  test "d", do: :ok
  test "e", do: :ok
  @tag :skip
  test "f", do: :ok
end

ExUnit.configure(formatters: [Formatter], seed: 0, max_failures: 4)
ExUnit.Server.modules_loaded()
IO.inspect(ExUnit.run())
# => test f
# => test d
# => test e
# => {Invalid, [:"test d", :"test e"]}
# => test a
# => test b
# => :max_failures_reached
# => %{excluded: 0, failures: 3, skipped: 1, total: 5}
