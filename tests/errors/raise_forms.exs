IO.inspect((try do raise ArgumentError rescue e -> e end)) # => %ArgumentError{message: "argument error"}
IO.inspect((try do raise %RuntimeError{message: "m"} rescue e -> e end)) # => %RuntimeError{message: "m"}
IO.inspect((try do raise KeyError, key: :a, term: %{} rescue e -> Exception.message(e) end)) # => "key :a not found in: %{}"
IO.inspect((try do raise Process.get(:e, 5) rescue e -> Exception.message(e) end)) # => "raise/1 and reraise/2 expect a module name, string or exception as the first argument, got: 5"
