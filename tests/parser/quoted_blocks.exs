IO.inspect(quote(do: (a; b)), width: :infinity) # => {:__block__, [], [{:a, [], Elixir}, {:b, [], Elixir}]}
IO.inspect(quote(do: (a)), width: :infinity) # => {:a, [], Elixir}
IO.inspect(quote(do: fn x -> x end), width: :infinity) # => {:fn, [], [{:->, [], [[{:x, [], Elixir}], {:x, [], Elixir}]}]}
IO.inspect(quote(do: fn x, y when x > y -> x end), width: :infinity) # => {:fn, [], [{:->, [], [[{:when, [], [{:x, [], Elixir}, {:y, [], Elixir}, {:>, [context: Elixir, imports: [{2, Kernel}]], [{:x, [], Elixir}, {:y, [], Elixir}]}]}], {:x, [], Elixir}]}]}
IO.inspect(quote(do: (case x do 1 -> 2; _ -> 3 end)), width: :infinity) # => {:case, [], [{:x, [], Elixir}, [do: [{:->, [], [[1], 2]}, {:->, [], [[{:_, [], Elixir}], 3]}]]]}
