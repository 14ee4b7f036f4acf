# Values that nobody looks at are warned of outside of modules too; clauses that cannot match are not.
length(System.argv())

case System.argv() do
  x -> x
  4 -> 4
end

Enum.each([1], fn x ->
  x == 2
  x
end)

defmodule A do
  x = 1
  x == 2
end

IO.puts("end") # => end
# stderr: the result of calling length/1 is ignored (suppress the warning by assigning the expression to the _ variable)
# stderr: use of operator == has no effect
