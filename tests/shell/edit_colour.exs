# Source as the editor colours it.
# differs: the editor is Phial's own
show = fn source -> IO.puts(source |> :phial_edit.highlight() |> String.replace("\e", "^")) end
show.("x = :a + 1.5 # note") # => x = ^[36m:a^[0m + ^[33m1.5^[0m ^[90m# note^[0m
show.(~S|"a#{b <> "c"}d"|) # => ^[32m"a^[0m^[33m#{^[0mb <> ^[32m"c"^[0m^[33m}^[0m^[32md"^[0m
show.("def f(), do: nil") # => ^[35mdef^[0m f(), ^[36mdo:^[0m ^[35mnil^[0m
show.("~r/a/i and Foo.if") # => ^[32m~r/a/i^[0m ^[35mand^[0m ^[34mFoo^[0m.if
show.("\"open") # => ^[32m"open^[0m
show.("1 ` 2") # => ^[33m1^[0m ^[31m`^[0m ^[33m2^[0m
status = fn sources -> IO.inspect(Enum.uniq(for s <- sources, do: :phial_edit.status(s))) end
status.(["", "1", "foo(\n)", "|> f", ")", "1 +)", "# text", "fn -> 1 end"]) # => [:complete]
status.(["1 +", "x =", "(", "if x do", "\"\"\"", "|> f(fn ->", "\"a", "%{a: ", "\"\#{", "~s(a"]) # => [:incomplete]
before = :erlang.system_info(:atom_count)
:phial_edit.highlight("never_seen_name Never.Seen.Alias :never_seen_atom")
IO.inspect(:erlang.system_info(:atom_count) - before) # => 0
