IO.inspect(if(true, do: 1)) # => 1
IO.inspect(quote(do: f(x, do: 1)), width: :infinity) # => {:f, [], [{:x, [], Elixir}, [do: 1]]}
IO.inspect(quote(do: f x do 1 end) == quote(do: f(x, do: 1)), width: :infinity) # => true
