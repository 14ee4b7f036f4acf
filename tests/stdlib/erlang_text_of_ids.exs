# The texts of pids, references and ports are read to their last character.
pid = self()
IO.inspect(:erlang.list_to_pid(:erlang.pid_to_list(pid)) == pid) # => true
ref = make_ref()
IO.inspect(:erlang.list_to_ref(:erlang.ref_to_list(ref)) == ref) # => true

fails = fn f, text ->
  try do
    f.(text)
  rescue
    ArgumentError -> :refused
  end
end

IO.inspect(fails.(&:erlang.list_to_pid/1, :erlang.pid_to_list(pid) ++ 'x')) # => :refused
IO.inspect(fails.(&:erlang.list_to_pid/1, '<0.1.2')) # => :refused
IO.inspect(fails.(&:erlang.list_to_pid/1, [?<, :a])) # => :refused
IO.inspect(fails.(&:erlang.list_to_ref/1, :erlang.ref_to_list(ref) ++ 'x')) # => :refused
IO.inspect(fails.(&:erlang.list_to_ref/1, [])) # => :refused
IO.inspect(fails.(&:erlang.list_to_port/1, '#Port<0.5>x')) # => :refused
IO.inspect(length(Process.info(pid, List.duplicate(:links, 100)))) # => 100
IO.inspect(fails.(&:erlang.list_to_integer/1, [?1, :a])) # => :refused
