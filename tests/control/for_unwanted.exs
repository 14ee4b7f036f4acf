# The value of a comprehension that is a statement is not made: what it would have been made of is ignored, and told of.
# stderr: the result of evaluating operator '+'/2 is ignored (suppress the warning by assigning the expression to the _ variable)
defmodule Unwanted do
  def run(list) do
    for x <- list, do: x + 1
    for x <- list, y <- [x, 2], x != y, do: send(self(), {x, y})
    for x <- list, uniq: true, do: send(self(), x)
    for <<c <- "ab">>, do: send(self(), c)
    for x <- list, into: [], do: send(self(), {:into, x})

    for x <- list do
      for y <- [x], do: send(self(), [y])
      x
    end
  end

  def all do
    receive do
      x -> [x | all()]
    after
      0 -> []
    end
  end
end

IO.inspect(Unwanted.run([1, 2, 1])) # => [1, 2, 1]
IO.inspect(Unwanted.all(), width: 200) # => [{1, 2}, {1, 2}, 1, 2, 1, 97, 98, {:into, 1}, {:into, 2}, {:into, 1}, [1], [2], [1]]
IO.inspect((for x <- [1], do: x; for x <- [2], do: x)) # => [2]
