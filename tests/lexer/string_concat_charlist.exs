IO.inspect("a" <> "b" <> "c") # => "abc"
IO.inspect('a' ++ 'b') # => 'ab'
