IO.inspect(Code.ensure_loaded?(Enum)) # => true
IO.inspect(Code.ensure_loaded?(Nope.Nope)) # => false
IO.inspect(Code.ensure_loaded(Nope.Nope)) # => {:error, :nofile}
IO.inspect(function_exported?(Enum, :map, 2)) # => true
