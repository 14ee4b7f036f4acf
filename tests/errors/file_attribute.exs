# @file is where the errors and warnings of the next definition are placed, and its frames.
defmodule A do
  @file "other.ex"
  def a, do: raise("x")
  def b, do: raise("x")
end

for f <- [:a, :b] do
  try do
    apply(A, f, [])
  rescue
    _ -> IO.inspect(Path.basename(elem(hd(__STACKTRACE__), 3)[:file]))
  end
end

# => "other.ex"
# => "file_attribute.exs"

compile = fn body -> Code.compile_string("defmodule B do\n  @file {\"other.ex\", 1}\n  #{body}\nend", "b.ex") end
IO.puts(try do compile.("def a, do: nope(1)") rescue e -> Exception.message(e) end)
# => other.ex:3: undefined function nope/1 (expected B to define such a function or for it to be imported, but none are available)
IO.puts(try do compile.("def a, do: %Nope{}") rescue e -> Exception.message(e) end)
# => other.ex:3: Nope.__struct__/1 is undefined, cannot expand struct Nope. Make sure the struct name is correct. If the struct name exists and is correct but it still cannot be found, you likely have cyclic module usage in your code
compile.("def a(x), do: 1")
# stderr:   other.ex:3: B.a/1
