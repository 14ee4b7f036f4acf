# While programs run and standard input is awaited, the other processes go on, and children do not wait for each other.
me = self()
spawn(fn -> for i <- 1..3 do Process.sleep(20); send(me, {:tick, i}) end end)
task = Task.async(fn -> IO.gets("") end)
{micros, results} =
  :timer.tc(fn ->
    for _ <- 1..4 do
      Task.async(fn -> System.cmd("sleep", ["0.4"]) end)
    end
    |> Task.await_many()
  end)

IO.inspect(results) # => [{"", 0}, {"", 0}, {"", 0}, {"", 0}]
IO.inspect(micros < 1_500_000) # => true
for i <- 1..3, do: receive(do: ({:tick, ^i} -> IO.puts("tick #{i}")))
# => tick 1
# => tick 2
# => tick 3
IO.inspect(Task.await(task)) # => "line\n"
# stdin: line
{zombies, 0} = System.shell("cat /proc/[0-9]*/stat 2>/dev/null | awk -v p=#{System.pid()} '$4 == p && $3 == \"Z\"' | wc -l")
IO.puts(String.trim(zombies)) # => 0
