IO.inspect(System.argv()) # => []
