# A GenServer is suspended, its module replaced, its state changed, and it goes on.
Code.compiler_options(ignore_module_conflict: true)

source = fn version, value ->
  """
  defmodule Counter do
    use GenServer
    def init(n), do: {:ok, n}
    def handle_call(:version, _from, s), do: {:reply, {#{version}, s}, s}
    def handle_call(:next, _from, s), do: {:reply, s, #{value}}
    def code_change(old, s, extra), do: {:ok, {:changed, old, s, extra}}
  end
  """
end

Code.compile_string(source.(1, "s + 1"))
{:ok, pid} = GenServer.start_link(Counter, 10)
IO.inspect({GenServer.call(pid, :next), GenServer.call(pid, :version)})
:ok = :sys.suspend(pid)
Code.compile_string(source.(2, "{s}"))
IO.inspect(:sys.change_code(pid, Counter, 1, :extra))
:ok = :sys.resume(pid)
IO.inspect({GenServer.call(pid, :version), GenServer.call(pid, :next), GenServer.call(pid, :version)})
IO.inspect({:code.soft_purge(Counter), Process.alive?(pid)})
