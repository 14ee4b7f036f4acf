IO.inspect(Supervisor.init([], strategy: :one_for_one)) # => {:ok, {%{intensity: 3, period: 5, strategy: :one_for_one}, []}}
IO.inspect(Supervisor.init([{Agent, fn -> 1 end}], strategy: :one_for_all, max_restarts: 1, max_seconds: 2) |> elem(1) |> elem(0)) # => %{intensity: 1, period: 2, strategy: :one_for_all}
