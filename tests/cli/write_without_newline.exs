IO.write("a")
IO.write(["b", ?c, ["d"]])
IO.puts("")
# => abcd
