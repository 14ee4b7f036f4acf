IO.inspect(is_binary(inspect(self()))) # => true
IO.inspect(inspect(self()) |> String.starts_with?("#PID<0.")) # => true
IO.inspect(self() |> :erlang.pid_to_list() |> :erlang.list_to_pid() == self()) # => true
