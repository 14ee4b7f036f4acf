IO.inspect(Macro.to_string(quote(do: (if a, do: b, else: c)))) # => "if a do\n  b\nelse\n  c\nend"
x = Macro.to_string(quote do
  case x do
    1 -> :one
    _ -> :other
  end
end)
IO.inspect(x) # => "case x do\n  1 -> :one\n  _ -> :other\nend"
y = Macro.to_string(quote do
  a = 1
  b = 2
end)
IO.inspect(y) # => "a = 1\nb = 2"
