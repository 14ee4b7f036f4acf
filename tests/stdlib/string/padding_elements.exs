# Padding of several elements, and of what is none.
IO.inspect({String.pad_leading("abc", 10, "12"), String.pad_trailing("abc", 10, "12é"), String.pad_leading("abc", 2, "x")})
IO.inspect({String.pad_leading("a", 6, ["<", "=>"]), String.pad_leading("", 0), String.pad_trailing("a", 2, ["x", :b])})
try do
  String.pad_leading("a", 5, ["x", :b])
rescue
  e -> IO.puts(e.message)
end
