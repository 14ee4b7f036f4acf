IO.inspect((try do throw(:ball) catch x -> {:caught, x} end)) # => {:caught, :ball}
IO.inspect((try do exit(:bye) catch :exit, r -> {:exit, r} end)) # => {:exit, :bye}
IO.inspect((try do :erlang.error(:bad) catch :error, r -> {:error, r} end)) # => {:error, :bad}
IO.inspect((try do raise "x" catch k, %RuntimeError{message: m} -> {k, m} end)) # => {:error, "x"}
IO.inspect((try do throw(1) catch :throw, n when n > 5 -> :big; :throw, n -> {:small, n} end)) # => {:small, 1}
