# What several processes capture at a time, what a dead one leaves behind, and the log of a test that is killed.
import ExUnit.CaptureIO
import ExUnit.CaptureLog
require Logger

defmodule Logs do
  use GenServer
  def init(_), do: {:ok, []}

  def handle_cast({:test_finished, test}, state) do
    IO.inspect({test.name, test.logs =~ "from the test", test.logs =~ "from on_exit"})
    {:noreply, state}
  end

  def handle_cast(_, state), do: {:noreply, state}
end

ExUnit.start(seed: 0, autorun: false, formatters: [Logs], capture_log: true)

# the outer capture sees what the inner does
outer = capture_io(:stderr, fn ->
  IO.puts(:stderr, "1")
  IO.inspect(capture_io(:stderr, fn -> IO.puts(:stderr, "2") end)) # => "2\n"
  IO.puts(:stderr, "3")
end)

IO.inspect(outer) # => "1\n2\n3\n"

texts =
  for n <- 1..3 do
    Task.async(fn ->
      capture_io(:stderr, fn ->
        Process.sleep(n)
        IO.puts(:stderr, "own #{n}")
        Process.sleep(5)
      end) =~ "own #{n}"
    end)
  end
  |> Task.await_many()

IO.inspect(texts) # => [true, true, true]

error = catch_error = try do
  capture_io(:stderr, fn -> capture_io(:stderr, "input", fn -> :ok end) end)
rescue
  error -> error.__struct__
end

IO.inspect({error, catch_error}) # => {ArgumentError, ArgumentError}

{pid, ref} = spawn_monitor(fn -> capture_io(:stderr, fn -> Process.sleep(:infinity) end) end)
Process.sleep(5)
Process.exit(pid, :kill)
receive do: ({:DOWN, ^ref, _, _, _} -> :ok)
Process.sleep(5)
IO.inspect(capture_io(:stderr, "in", fn -> IO.puts(:stderr, "free") end)) # => "free\n"

# nothing of a captured log goes to the console
IO.inspect(capture_log(fn -> Logger.error("hidden") end) =~ "[error] hidden") # => true

defmodule LogTest do
  use ExUnit.Case

  test "killed" do
    on_exit(fn -> Logger.info("from on_exit") end)
    Logger.info("from the test")
    Process.exit(self(), :stop)
  end
end

ExUnit.run()
# => {:"test killed", true, true}
