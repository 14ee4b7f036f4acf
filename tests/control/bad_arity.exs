f = fn x -> x end
try do
  apply(f, [1, 2])
rescue
  e in BadArityError -> IO.puts(Exception.message(e) |> String.replace(~r/#Function<.*?>/, "FUN")) # => FUN with arity 1 called with 2 arguments (1, 2)
end
try do
  Process.get(:f, :notfun).(1)
rescue
  e in BadFunctionError -> IO.puts(Exception.message(e)) # => expected a function, got: :notfun
end
