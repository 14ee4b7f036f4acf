# A do-block behind an attribute's value, names of special forms with other numbers of arguments, and calls of what is no function.
error = fn source -> try do Code.eval_string(source, [], file: "nofile") rescue e -> IO.puts(Exception.message(e)) end end

error.("defmodule A do\n  @a if true do 1 end\nend")
# => expected 0 or 1 argument for @a, got 2.
# =>
# => It seems you are trying to use the do-syntax with @module attributes but the do-block is binding to the attribute name. You probably want to wrap the argument value in parentheses, like this:
# =>
# =>     @a (if true do
# =>       1
# =>     end)
# =>
error.("unquote(1, 2)") # => nofile:1: undefined function unquote/2 (there is no such import)
error.("unquote(1)") # => nofile:1: unquote called outside quote
error.("quote [:a]") # => nofile:1: missing :do option in "quote"
error.("defmodule A do\n  @type t :: %URI{a}\nend") # => nofile:2: expected key-value pairs in struct URI
error.("x = 1; Foo.(x)") # => nofile:1: invalid function call :Elixir.Foo.()
