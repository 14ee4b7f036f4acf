IO.inspect(is_exception(%RuntimeError{})) # => true
IO.inspect(is_struct(1..2, Range)) # => true
IO.inspect(is_struct(%{}, Range)) # => false
IO.inspect(is_struct(1..2)) # => true
