# :sets and :dict are hash tables whose order of members programs can see.
set = :sets.from_list([1, :a, "b", {3, 4}, 2.5, [1, 300], nil])
IO.inspect(:sets.to_list(set)) # => [2.5, :a, {3, 4}, [1, 300], 1, "b", nil]
IO.inspect(:sets.from_list([2, 1], version: 2)) # => %{1 => [], 2 => []}

# They grow and shrink one bucket at a time.
many = :sets.from_list(Enum.to_list(1..200))
IO.inspect(many |> Tuple.delete_at(8) |> Tuple.delete_at(7)) # => {:set, 200, 40, 64, 32, 200, 120}
fewer = Enum.reduce(1..180, many, &:sets.del_element/2)
IO.inspect(:sets.to_list(fewer), charlists: :as_lists, width: 300) # => [192, 195, 182, 198, 185, 188, 191, 194, 181, 197, 200, 184, 187, 190, 193, 196, 199, 183, 186, 189]
IO.inspect(:sets.to_list(:sets.filter(&(rem(&1, 3) == 0), fewer)), charlists: :as_lists, width: 200) # => [192, 195, 198, 183, 186, 189]
IO.inspect(:sets.size(:sets.union(fewer, :sets.from_list([1, 2])))) # => 22

dict = :dict.from_list(for x <- 1..17, do: {x, x * x})
IO.inspect(:dict.to_list(dict), width: 300) # => [{16, 256}, {3, 9}, {6, 36}, {9, 81}, {12, 144}, {15, 225}, {2, 4}, {5, 25}, {8, 64}, {11, 121}, {14, 196}, {17, 289}, {1, 1}, {4, 16}, {7, 49}, {10, 100}, {13, 169}]
IO.inspect(:dict.fetch_keys(:dict.append(:k, 1, :dict.erase(3, dict))), width: 200) # => [16, 6, 9, 12, 15, 2, 5, 8, 11, 14, :k, 17, 1, 4, 7, 10, 13]
IO.inspect(:dict.to_list(:dict.merge(fn _, a, b -> a + b end, :dict.from_list(a: 1, b: 2), :dict.from_list(b: 3, c: 4)))) # => [a: 1, b: 5, c: 4]

try do
  :dict.size(7)
rescue
  e -> IO.puts(Exception.message(e)) # => no function clause matching in :dict.size/1
end

IO.inspect((for t <- [1, -1, :ok, "abc", 'abc', {1, 2}, 1.5, [], %{a: 1}, <<5::3>>], do: :erlang.phash(t, 1_000_000_007)), width: 200) # => [788898414, 680185263, 1884, 972007559, 654580145, 114748219, 73217530, 2, 670235867, 507216088]
