# An update of a small map by several keys: the last value of a key counts, a key that is not there is named, 3.0 is not 3.
m = %{:a => 1, "s" => 2, 3 => 4, nil => 5}
key = :a
IO.inspect(%{m | key => 10, nil => 6} == %{:a => 10, "s" => 2, 3 => 4, nil => 6})
# => true
IO.inspect(%{m | :a => 0, key => 11} |> Map.get(:a))
# => 11
IO.inspect(%{m | "s" => 1, :a => 2, 3 => 9} == %{:a => 2, "s" => 1, 3 => 9, nil => 5})
# => true

for f <- [fn k -> %{m | :a => 1, k => 2} end, fn k -> %{m | k => 1, :zzz => 2} end], k <- [:zz, 3.0] do
  try do
    f.(k)
  rescue
    e in KeyError -> IO.inspect(e.key)
  end
end

# => :zz
# => 3.0
# => :zz
# => 3.0
IO.inspect(m == %{:a => 1, "s" => 2, 3 => 4, nil => 5})
# => true
