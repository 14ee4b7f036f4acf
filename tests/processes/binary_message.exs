big = String.duplicate("abc", 100_000)
parent = self()
spawn(fn -> send(parent, {byte_size(big), binary_part(big, 3, 3)}) end)
IO.inspect((receive do x -> x end)) # => {300000, "abc"}
