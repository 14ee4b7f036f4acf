# Products of floats that run as one instruction with the sum that takes them: zeros, integers, huge and tiny values, errors.
defmodule Floats do
  def norm(x, y), do: x * x + y * y
  def diff(x, y), do: x * x - y * y
  def step(x, y, c), do: 2.0 * x * y + c
  def swapped(x, y, c), do: y * (2.0 * x) + c
  def mixed(x, y, z), do: x * y + z
end

values = [0.0, -0.0, 1.5, -2.25, 3, 0, 1.0e154, 1.0e200, 1.0e-200, 5.0e-324, 0xFFFFFFFFFFFFFFF, 2 ** 70, :a]

answer = fn fun ->
  try do
    fun.()
  rescue
    e in ArithmeticError -> Exception.message(e)
  end
end

for f <- [&Floats.norm/2, &Floats.diff/2, &Floats.step(&1, &2, 0.5), &Floats.swapped(&1, &2, 3), &Floats.mixed(&1, &2, -1.0e300)] do
  all = for x <- values, y <- values, do: answer.(fn -> f.(x, y) end)
  IO.puts(:erlang.phash2(inspect(all, limit: :infinity)))
  IO.inspect(Enum.take(all, -13) |> Enum.uniq())
  IO.inspect(Enum.slice(all, 26, 13))
end
# => 53266711
# => ["bad argument in arithmetic expression"]
# => [2.25, 2.25, 4.5, 7.3125, 11.25, 2.25, 1.0e308,
# =>  "bad argument in arithmetic expression", 2.25, 2.25, 1.329227995784916e36,
# =>  1.393796574908164e42, "bad argument in arithmetic expression"]
# => 78551976
# => ["bad argument in arithmetic expression"]
# => [2.25, 2.25, 0.0, -2.8125, -6.75, 2.25, -1.0e308,
# =>  "bad argument in arithmetic expression", 2.25, 2.25, -1.329227995784916e36,
# =>  -1.393796574908164e42, "bad argument in arithmetic expression"]
# => 49177443
# => ["bad argument in arithmetic expression"]
# => [0.5, 0.5, 5.0, -6.25, 9.5, 0.5, 3.0e154, 3.0e200, 0.5, 0.5,
# =>  3.458764513820541e18, 3.541774862152234e21,
# =>  "bad argument in arithmetic expression"]
# => 21283734
# => ["bad argument in arithmetic expression"]
# => [3.0, 3.0, 7.5, -3.75, 12.0, 3.0, 3.0e154, 3.0e200, 3.0, 3.0,
# =>  3.458764513820541e18, 3.541774862152234e21,
# =>  "bad argument in arithmetic expression"]
# => 38711697
# => ["bad argument in arithmetic expression"]
# => [-1.0e300, -1.0e300, -1.0e300, -1.0e300, -1.0e300, -1.0e300, -1.0e300, -1.0e300,
# =>  -1.0e300, -1.0e300, -1.0e300, -1.0e300,
# =>  "bad argument in arithmetic expression"]
