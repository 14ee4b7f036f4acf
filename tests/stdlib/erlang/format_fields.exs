# A precision makes a text exactly so long, on its right; a width adjusts that. Big maps come in the order of an iterator.
show = fn format, args -> IO.puts(:io_lib.format(format, args)) end
show.('~.5s|', ['abc']) # => abc  |
show.('~.2s|', ['abc']) # => ab|
show.('~10.5s|', ["abc"]) # =>      abc  |
show.('~-10.5s|', [:abc]) # => abc       |
show.('~5.5s|', ['abc']) # =>   abc|
show.('~10.5.*s|', [?-, 'abc']) # => -----abc--|
show.('~2s|', ['abc']) # => ab|
show.('~8.2f|~-8.3e|~5.3c|~6.16.0b', [3.14159, 1.5, ?x, 255]) # =>     3.14|1.50e+0 |  xxx|0000ff
show.('~0p', [Map.new(1..34, &{&1, &1})]) # => #{16 => 16,18 => 18,5 => 5,19 => 19,27 => 27,10 => 10,24 => 24,4 => 4,21 => 21,22 => 22,17 => 17,3 => 3,8 => 8,1 => 1,7 => 7,2 => 2,14 => 14,15 => 15,20 => 20,13 => 13,6 => 6,28 => 28,25 => 25,34 => 34,32 => 32,9 => 9,11 => 11,31 => 31,26 => 26,30 => 30,29 => 29,23 => 23,12 => 12,33 => 33}
IO.puts(try(do: :io_lib.format('~3.5s', ['a']), rescue: (e -> Exception.message(e)))) # => argument error
