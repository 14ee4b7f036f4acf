IO.inspect(nil == :nil) # => true
IO.inspect(true == :true) # => true
IO.inspect(is_atom(nil)) # => true
IO.inspect(is_boolean(:false)) # => true
