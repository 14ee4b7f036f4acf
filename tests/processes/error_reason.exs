:logger.set_primary_config(:level, :none)
{_, ref} = spawn_monitor(fn -> raise "oops" end)
IO.inspect((receive do {:DOWN, ^ref, _, _, {e, stack}} -> {e, is_list(stack)} end)) # => {%RuntimeError{message: "oops"}, true}
{_, ref} = spawn_monitor(fn -> throw(:x) end)
IO.inspect((receive do {:DOWN, ^ref, _, _, {e, _}} -> e end)) # => {:nocatch, :x}
{_, ref} = spawn_monitor(fn -> :erlang.error(:bad) end)
IO.inspect((receive do {:DOWN, ^ref, _, _, {e, _}} -> e end)) # => :bad
{_, ref} = spawn_monitor(fn -> 1 + Process.get(:x) end)
IO.inspect((receive do {:DOWN, ^ref, _, _, {e, _}} -> e end)) # => :badarith
