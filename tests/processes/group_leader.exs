IO.inspect(is_pid(Process.group_leader())) # => true
IO.inspect(Process.group_leader() == Process.info(self(), :group_leader) |> elem(1)) # => true
