fact = fn f, n -> if n == 0, do: 1, else: n * f.(f, n - 1) end
IO.inspect(fact.(fact, 20)) # => 2432902008176640000
IO.inspect(fact.(fact, 25)) # => 15511210043330985984000000
