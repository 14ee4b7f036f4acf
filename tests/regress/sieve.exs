defmodule Sieve do
  def primes([]), do: []
  def primes([p | rest]), do: [p | primes(for(n <- rest, rem(n, p) != 0, do: n))]
end
IO.inspect(Sieve.primes(Enum.to_list(2..60)), width: :infinity) # => [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59]
