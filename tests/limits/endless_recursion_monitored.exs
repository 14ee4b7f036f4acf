# stress: a collection at every call walks the whole deep stack: quadratic
# differs: Elixir takes the whole machine's memory
defmodule M do
  def f(n), do: [n | f(n + 1)]
end

:logger.set_primary_config(:level, :none)
{pid, ref} = spawn_monitor(fn -> M.f(0) end) # stderr: endless recursion?

receive do
  {:DOWN, ^ref, :process, ^pid, reason} -> IO.puts(reason != :normal) # => true
end

IO.puts("the rest goes on") # => the rest goes on
