IO.inspect(quote(unquote: false, do: unquote(x)), width: :infinity) # => {:unquote, [], [{:x, [], Elixir}]}
