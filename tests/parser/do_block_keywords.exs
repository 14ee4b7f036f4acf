IO.inspect(quote(do: (if a do b else c end)), width: :infinity) # => {:if, [context: Elixir, imports: [{2, Kernel}]], [{:a, [], Elixir}, [do: {:b, [], Elixir}, else: {:c, [], Elixir}]]}
IO.inspect((if true, do: 1, else: 2)) # => 1
x = if false do
  1
end
IO.inspect(x) # => nil
