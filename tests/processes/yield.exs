IO.inspect(:erlang.yield()) # => true
IO.inspect(Process.list() |> Enum.member?(self())) # => true
