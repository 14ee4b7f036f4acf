for n <- 1..15 do
  case {rem(n, 3), rem(n, 5)} do
    {0, 0} -> "FizzBuzz"
    {0, _} -> "Fizz"
    {_, 0} -> "Buzz"
    _ -> n
  end
end
|> Enum.join(" ")
|> IO.puts()
# => 1 2 Fizz 4 Buzz Fizz 7 8 Fizz Buzz 11 Fizz 13 14 FizzBuzz
