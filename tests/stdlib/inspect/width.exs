IO.inspect([1, 2, 3, 4, 5], width: 10)
IO.inspect(%{a: 1, b: 2}, width: 5)
IO.inspect({:tuple, [1, 2]}, width: 8)
IO.inspect("short", width: 1)
IO.inspect(Enum.to_list(1..30), width: 40)
# => [1, 2, 3,
# =>  4, 5]
# => %{
# =>   a: 1,
# =>   b: 2
# => }
# => {:tuple,
# =>  [1, 2]}
# => "short"
# => [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
# =>  13, 14, 15, 16, 17, 18, 19, 20, 21, 22,
# =>  23, 24, 25, 26, 27, 28, 29, 30]
