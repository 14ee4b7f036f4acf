IO.inspect("plain") # => "plain"
IO.inspect("tab\tnew\\line") # => "tab\tnew\\line"
IO.puts("a\tb") # => a	b
IO.inspect("quote \" in") # => "quote \" in"
IO.inspect("\x41\u0042\u{1F642}") # => "AB🙂"
IO.inspect("\a\b\d\e\f\r\v\0") # => <<7, 8, 127, 27, 12, 13, 11, 0>>
IO.inspect("é") # => "é"
x = "multi
line"
IO.inspect(x) # => "multi\nline"
