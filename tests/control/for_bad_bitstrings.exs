# SPDX-License-Identifier: Apache-2.0
# What is no bitstring in a generator of bits, and what is none for a binary that is not empty.
defmodule M do
  def alone(x), do: for(<<c <- x>>, do: c)
  def into_binary(x), do: for(<<c <- x>>, into: "", do: <<c>>)
  def among_others(x), do: for(n <- 1..2, <<c <- x>>, do: {n, c})
  def into_map(x), do: for(<<c <- x>>, into: %{}, do: {c, c})

  def reduced(x) do
    for <<c <- x>>, reduce: 0 do
      acc -> acc + c
    end
  end

  def onto(x), do: for(c <- x, into: "q", do: c)
end

for f <- [&M.alone/1, &M.into_binary/1, &M.among_others/1, &M.into_map/1, &M.reduced/1] do
  IO.puts(try do f.(1) rescue e -> Exception.message(e) end)
end

# => Erlang error: {:bad_generator, 1}
# => Erlang error: {:bad_generator, 1}
# => argument error: 1
# => argument error: 1
# => argument error: 1

IO.puts(M.onto(["a", "b"])) # => qab
IO.puts(try do M.onto([:a]) rescue e -> Exception.message(e) end)
# => no function clause matching in anonymous fn/2 in Collectable.BitString.into/1
