try do
  apply(String, :upcase, [1, 2, 3])
rescue
  UndefinedFunctionError ->
    [{m, f, args, _} | _] = __STACKTRACE__
    IO.inspect({m, f, args}) # => {String, :upcase, [1, 2, 3]}
end
