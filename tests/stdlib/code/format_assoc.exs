# Keys of maps that are operators stand in brackets; after a key of several lines the value stays on its last line; width is one of characters.
for source <- [
      "%{a..b => 1, a + b => 2, -a => 3, a in b => 4, a not in b => 5, a..b//2 => 6, c: 7}",
      "%{[1, \"#{String.duplicate("x", 60)}\", \"#{String.duplicate("y", 30)}\"] => foo(a)}",
      "foo(\"#{String.duplicate("é", 80)}\", bar)",
      "%{\"#{String.duplicate("İ", 40)}\" => \"#{String.duplicate("é", 20)}\", a: 1, b: 2, c: 3, ddddd: 4}"
    ] do
  IO.puts(Code.format_string!(source))
end

IO.puts(Macro.to_string({:f, [], [2..1//1, 1..2//3]}))
# => %{(a..b) => 1, (a + b) => 2, -a => 3, (a in b) => 4, a not in b => 5, (a..b//2) => 6, c: 7}
# => %{
# =>   [
# =>     1,
# =>     "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
# =>     "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"
# =>   ] => foo(a)
# => }
# => foo("éééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé", bar)
# => %{
# =>   "İİİİİİİİİİİİİİİİİİİİİİİİİİİİİİİİİİİİİİİİ" => "éééééééééééééééééééé",
# =>   a: 1,
# =>   b: 2,
# =>   c: 3,
# =>   ddddd: 4
# => }
# => f(2..1, 1..2//3)
