f = fn {:ok, _} = whole -> whole
       %{a: a} = m when a > 1 -> {m, a}
       other -> {:other, other} end
IO.inspect(f.({:ok, 1})) # => {:ok, 1}
IO.inspect(f.(%{a: 2, b: 3})) # => {%{a: 2, b: 3}, 2}
IO.inspect(f.(%{a: 1})) # => {:other, %{a: 1}}
