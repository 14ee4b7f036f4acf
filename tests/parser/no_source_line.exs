# Errors about terminators and reserved words come without the source line.
message = fn s -> try do Code.string_to_quoted!(s) rescue e -> IO.inspect({e.line, e.column, e.snippet}) end end
message.("{1, 2]") # => {1, 6, nil}
message.("else") # => {1, 1, nil}
message.("foo(\n1\n") # => {3, 1, nil}
message.("1 \"b\"") # => {1, 3, nil}
message.("1 + )") # => {1, 5, %{content: "1 + )", offset: 4}}
