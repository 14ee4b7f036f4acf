# Printing, comparing, copying and collecting a term nested 100,000 deep.
deep = Enum.reduce(1..100_000, [], fn _, acc -> [acc] end)
IO.inspect(deep == Enum.reduce(1..100_000, [], fn _, acc -> [acc] end)) # => true
parent = self()
spawn(fn -> send(parent, deep == deep) end)
IO.inspect(receive do x -> x end) # => true
IO.puts(:erlang.phash2(deep) == :erlang.phash2([deep] |> hd())) # => true
