IO.inspect(quote(do: not(a in b)) == quote(do: a not in b), width: :infinity) # => true
IO.inspect(5 not in [1, 2]) # => true
