# args: one --two 3
IO.inspect(System.argv()) # => ["one", "--two", "3"]
