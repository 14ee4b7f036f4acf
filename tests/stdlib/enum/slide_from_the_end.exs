# Positions before the beginning: the first is moved to it, the others count from the end again.
for {index, target} <- [{-10, 0}, {-10, 1}, {-10, -2}, {-5, -9}, {0, -9}, {-3, -9}, {-8..-6, -9}, {1..9, 3}, {-4..-2, 1}] do
  IO.inspect(try do Enum.slide([1, 2, 3, 4, 5], index, target) rescue e -> e.message end, charlists: :as_lists)
end

# => [1, 2, 3, 4, 5]
# => [2, 1, 3, 4, 5]
# => [2, 3, 4, 1, 5]
# => [2, 1, 3, 4, 5]
# => [2, 1, 3, 4, 5]
# => [1, 3, 2, 4, 5]
# => "insertion index for slide must be outside the range being moved (tried to insert 0..4 at 1)"
# => "insertion index for slide must be outside the range being moved (tried to insert 1..9 at 3)"
# => [1, 2, 3, 4, 5]
