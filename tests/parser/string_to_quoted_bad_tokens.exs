IO.inspect(Code.string_to_quoted("a ] b"), width: :infinity) # => {:error, {[line: 1, column: 3], "unexpected token: ", "]"}}
IO.inspect(Code.string_to_quoted("foo(1, )"), width: :infinity) # => {:error, {[line: 1, column: 8], "syntax error before: ", "')'"}}
IO.inspect(Code.string_to_quoted("[a: 1, 2]"), width: :infinity) # => {:error, {[line: 1, column: 6], "unexpected expression after keyword list. Keyword lists must always come last in lists and maps. Therefore, this is not allowed:\n\n    [some: :value, :another]\n    %{some: :value, another => value}\n\nInstead, reorder it to be the last entry:\n\n    [:another, some: :value]\n    %{another => value, some: :value}\n\nSyntax error after: ", "','"}}
IO.inspect(Code.string_to_quoted("0b12"), width: :infinity) # => {:error, {[line: 1, column: 4], "syntax error before: ", "\"2\""}}
IO.inspect(Code.string_to_quoted("x = = 1"), width: :infinity) # => {:error, {[line: 1, column: 5], "syntax error before: ", "'='"}}
IO.inspect(Code.string_to_quoted(", 1"), width: :infinity) # => {:error, {[line: 1, column: 1], "syntax error before: ", "','"}}
IO.inspect(Code.string_to_quoted("\"\\x\""), width: :infinity) # => {:error, {[line: 1, column: 2], "invalid hex escape character, expected \\xHH where H is a hexadecimal digit. Syntax error after: ", "\\x"}}
