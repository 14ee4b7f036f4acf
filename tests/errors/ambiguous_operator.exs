# `a -1` is a call of a, so a variable of that name makes it an error.
# => "a -1" looks like a function call but there is a variable named "a"
# => 0
message = fn code ->
  try do
    elem(Code.eval_string(code), 0)
  rescue
    e in CompileError -> hd(String.split(e.description, "."))
  end
end

IO.puts(message.("a = 1; a -1"))
IO.puts(message.("a = 1; a - 1"))
# => :as option is not supported by multi-alias call
# => invalid :only option for import, expected a keyword list with integer values
# => capture argument &256 cannot be defined without &1 (you cannot skip arguments, all arguments must be numbered)
IO.puts(message.("alias Foo.{A, B}, as: C"))
IO.puts(message.("import Kernel, only: [:a]"))
IO.puts(message.("& &256"))

# What is no quoted form is refused wherever it stands.
quoted = fn q ->
  try do
    Code.eval_quoted(q)
  rescue
    e in CompileError -> IO.puts(hd(String.split(Exception.message(e), "\n")))
  end
end

quoted.(%{a: 1}) # => nofile: invalid quoted expression: %{a: 1}
quoted.([{1, 2, 3, 4}]) # => nofile: invalid quoted expression: {1, 2, 3, 4}
