# Over source files of this repository: formatting keeps the quoted form and is its own fixed point, and so does Macro.to_string.
# stress: with a budget of one reduction it takes minutes
strip = fn quoted -> Macro.prewalk(quoted, fn {a, meta, b} when is_list(meta) -> {a, [], b}; other -> other end) end
root = Path.expand("../../..", __DIR__)
places = ["examples/**/*.{ex,exs}", "tests/{macros,patterns,control,structs}/*.exs", "stdlib/otp/g*.ex"]
files = for place <- places, file <- Enum.sort(Path.wildcard(Path.join(root, place))), do: file
IO.inspect(length(files) > 100) # => true

for file <- files, {:ok, quoted} <- [Code.string_to_quoted(File.read!(file))] do
  quoted = strip.(quoted)
  formatted = IO.iodata_to_binary(Code.format_file!(file))
  if strip.(Code.string_to_quoted!(formatted)) != quoted, do: IO.puts("formatted otherwise: #{file}")
  if IO.iodata_to_binary([Code.format_string!(formatted), ?\n]) != formatted, do: IO.puts("formatted twice: #{file}")
  if strip.(Code.string_to_quoted!(Macro.to_string(quoted))) != quoted, do: IO.puts("to_string: #{file}")
end
