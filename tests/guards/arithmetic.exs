f = fn
  x when rem(x, 15) == 0 -> "FizzBuzz"
  x when rem(x, 5) == 0 -> "Buzz"
  x when rem(x, 3) == 0 -> "Fizz"
  x -> x
end
IO.inspect(Enum.map(1..15, f), width: :infinity) # => [1, 2, "Fizz", 4, "Buzz", "Fizz", 7, 8, "Fizz", "Buzz", 11, "Fizz", 13, 14, "FizzBuzz"]
