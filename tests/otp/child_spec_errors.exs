f = fn c -> try do Supervisor.start_link([c], strategy: :one_for_one) rescue e in ArgumentError -> Exception.message(e) |> String.split("\n") |> hd() end end
IO.inspect(f.(NotAModule)) # => "The module NotAModule was given as a child to a supervisor but it does not exist."
IO.inspect(f.({Enum, 1})) # => "The module Enum was given as a child to a supervisor"
