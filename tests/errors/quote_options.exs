# Options of quote and import, whole bytes in a binary, `when` in rescue: what is refused, and how.
try_out = fn source ->
  try do
    {value, _} = Code.eval_string(source, [], file: "nofile")
    IO.inspect(value)
  rescue
    e -> IO.puts("#{inspect(e.__struct__)} #{Exception.message(e)}")
  end
end

for option <- ["line: 1", "line: :foo", "line: nil", "file: :a", "context: nil", "context: 1", "generated: 5", "unquote: 1", "bind_quoted: [1]"],
    do: try_out.("quote(#{option}, do: x)")
# => {:x, [line: 1], Elixir}
# => ArgumentError invalid runtime value for option :line in quote, got: :foo
# => ArgumentError invalid runtime value for option :line in quote, got: nil
# => ArgumentError invalid runtime value for option :file in quote, got: :a
# => ArgumentError invalid runtime value for option :context in quote, got: nil
# => ArgumentError invalid runtime value for option :context in quote, got: 1
# => ArgumentError invalid runtime value for option :generated in quote, got: 5
# => ArgumentError invalid runtime value for option :unquote in quote, got: 1
# => CompileError nofile:1: invalid :bind_quoted for quote, expected a keyword list of variable names, got: [1]

try_out.("import List, only: [first: 1], except: [last: 1]")
# => CompileError nofile:1: :only and :except can only be given together to import when :only is :functions, :macros, or :sigils
try_out.("try do\n 1\nrescue x when x == 1 -> 2\nend")
# => CompileError nofile:3: undefined function when/2 (there is no such import)

try_out.(~S'"ab" <> <<1::17>>')
# => CompileError nofile:1: expected <<1::integer-size(17)>> to be a binary but its number of bits is not divisible by 8
try_out.(~S'<<1::7>> <> <<1::3>>')
# => CompileError nofile:1: expected <<1::integer-size(7)>> to be a binary but its number of bits is not divisible by 8
try_out.(~S'"ab" <> <<"a", 1::4>>')
# => CompileError nofile:1: expected <<"a", 1::integer-size(4)>> to be a binary but its number of bits is not divisible by 8
try_out.(~S'"ab" <> <<1::3, 1::5>>') # => "ab!"
IO.puts(try do y = String.length("abc"); "ab" <> <<1::size(y)>> rescue ArgumentError -> "not whole bytes" end) # => not whole bytes
IO.inspect({:reverse, 1} in :lists.module_info(:exports)) # => true
