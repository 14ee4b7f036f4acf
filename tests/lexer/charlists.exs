IO.inspect('abc') # => 'abc'
IO.inspect('a#{1 + 1}b') # => 'a2b'
IO.inspect([97, 98, 99]) # => 'abc'
IO.inspect('it\'s') # => 'it\'s'
IO.inspect('é') # => [233]
IO.inspect([7, 97]) # => '\aa'
IO.inspect('') # => []
