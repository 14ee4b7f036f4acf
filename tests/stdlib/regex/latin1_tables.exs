# Without :unicode the classes and the cases of letters are those of Latin-1.
IO.inspect(Regex.run(~r/\w+/, "éa1")) # => [<<195>>]
IO.inspect(:re.run(<<0xE9>>, "[[:alpha:]]")) # => {:match, [{0, 1}]}
IO.inspect(:re.run(<<0xC9>>, <<0xE9>>, [:caseless])) # => {:match, [{0, 1}]}
IO.inspect(:re.run(<<0xD7>>, "[[:punct:]]")) # => {:match, [{0, 1}]}
IO.inspect(:re.run(<<0xA0>>, "\\s")) # => :nomatch
IO.inspect(:re.run(<<0x85>>, "[[:cntrl:]]")) # => {:match, [{0, 1}]}
IO.inspect(inspect(~r/a/, syntax_colors: [regex: :red])) # => "\e[31m~r/a/\e[0m"
