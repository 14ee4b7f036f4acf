# A log goes on as it was when it is asked for again; debug functions and exits of :sys.
defmodule Server do
  use GenServer
  def init(x), do: {:ok, x}
  def handle_cast(x, _), do: {:noreply, x}
end

{:ok, pid} = GenServer.start(Server, 0)
:sys.log(pid, {true, 2})
for n <- 1..3, do: GenServer.cast(pid, n)
IO.inspect(:sys.log(pid, :get)) # => {:ok, [in: {:"$gen_cast", 3}, noreply: 3]}
IO.inspect(:sys.log(pid, true)) # => :ok
IO.inspect(:sys.log(pid, :get)) # => {:ok, [in: {:"$gen_cast", 3}, noreply: 3]}
IO.inspect(:sys.log(pid, {true, 0})) # => :unknown_debug
:sys.statistics(pid, true)
{:status, _, _, [_, _, _, debug, _]} = :sys.get_status(pid)
IO.inspect(Keyword.keys(debug)) # => [:statistics, :log]

me = self()
:sys.install(pid, {:id, fn state, _, _ -> send(me, {:first, state}); state + 1 end, 1})
:sys.install(pid, {:id, fn state, _, _ -> send(me, {:second, state}); state + 1 end, 1})
GenServer.cast(pid, :x)
:sys.get_state(pid)
IO.inspect(Process.info(me, :messages)) # => {:messages, [first: 1, first: 2]}

file = Path.join(System.tmp_dir!(), "phial_sys_log_#{System.pid()}")
for _ <- 1..2 do
  :sys.log_to_file(pid, String.to_charlist(file))
  GenServer.cast(pid, :y)
  :sys.log_to_file(pid, false)
end
IO.puts(File.read!(file) |> String.replace(~r/<[^>]*>/, "pid"))
# => *DBG* pid got cast y
# => *DBG* pid new state y
# =>
File.rm!(file)

for call <- [fn -> :sys.replace_state(:nobody, & &1, 10) end, fn -> :sys.no_debug(:nobody) end, fn -> :sys.terminate(:nobody, :x) end] do
  try do
    call.()
  catch
    :exit, {:noproc, {:sys, {:replace_state, _}, args}} -> IO.inspect(args)
    :exit, reason -> IO.inspect(reason)
  end
end
# => [:nobody, 10]
# => {:noproc, {:sys, {:debug, :no_debug}, [:nobody]}}
# => {:noproc, {:sys, :terminate, [:nobody, :x]}}
