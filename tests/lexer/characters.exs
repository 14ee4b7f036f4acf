IO.inspect(?a) # => 97
IO.inspect(?\n) # => 10
IO.inspect(?\s) # => 32
IO.inspect(?\\) # => 92
IO.inspect(?é) # => 233
IO.inspect(?🙂) # => 128578
IO.inspect([?a, ?b | 'c']) # => 'abc'
