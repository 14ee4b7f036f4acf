ast =
  quote do
    quote do
      unquote(x)
    end
  end
IO.puts(Macro.to_string(ast)) # => quote do
# =>   unquote(x)
# => end
