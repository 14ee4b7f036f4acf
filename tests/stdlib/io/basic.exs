IO.puts("text")
IO.puts([?a, "b", [?c]])
IO.puts(:atom)
IO.puts(42)
IO.puts(1.5)
IO.puts('charlist')
IO.puts("")
IO.write("no newline\n")
IO.puts(:stdio, "device")
r = IO.inspect({1, 2}, label: "label")
IO.inspect(r == {1, 2})
IO.inspect([1, 2], [])
IO.puts(IO.iodata_to_binary(["a", [?b, "c"]]))
IO.inspect(IO.iodata_length(["ab", ?c]))
IO.inspect(IO.chardata_to_string(["é", 233]))
# => text
# => abc
# => atom
# => 42
# => 1.5
# => charlist
# =>
# => no newline
# => device
# => label: {1, 2}
# => true
# => [1, 2]
# => abc
# => 3
# => "éé"
