a = make_ref()
b = make_ref()
IO.inspect(a == b) # => false
IO.inspect(a == a) # => true
IO.inspect(a < b) # => true
IO.inspect(is_reference(a)) # => true
