IO.inspect(~c(abc)) # => 'abc'
IO.inspect(~C(a#{b})) # => 'a\#{b}'
