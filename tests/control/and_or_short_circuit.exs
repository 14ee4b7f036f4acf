IO.inspect(false and raise("no")) # => false
IO.inspect(true or raise("no")) # => true
IO.inspect(nil && raise("no")) # => nil
IO.inspect(1 || raise("no")) # => 1
IO.inspect(nil || :default) # => :default
IO.inspect(false || nil) # => nil
IO.inspect(1 && 2) # => 2
IO.inspect(!1) # => false
