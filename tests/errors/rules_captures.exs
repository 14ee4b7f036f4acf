# What the compiler refuses: captures. The first line of each message, cut.
check = fn source ->
  try do
    Code.compile_string(source <> "\n", "s.exs")
  rescue
    e ->
      text = inspect(e.__struct__) <> ": " <> hd(String.split(Exception.message(e), "\n"))
      IO.puts(String.trim_trailing(String.slice(text, 0, 110)))
  end
end

check.("&(1)")
# => CompileError: s.exs:1: capture argument &1 must be used within the capture operator &
check.("&(&(&1))")
# => CompileError: s.exs:1: nested captures are not allowed. You cannot define a function using  the capture operat
check.("& &0")
# => CompileError: s.exs:1: capture argument &0 must be numbered between 1 and 255
check.("& &2")
# => CompileError: s.exs:1: capture argument &2 cannot be defined without &1 (you cannot skip arguments, all argume
check.("&1")
# => CompileError: s.exs:1: capture argument &1 must be used within the capture operator &
check.("&(foo; &1)")
# => CompileError: s.exs:1: block expressions are not allowed inside the capture operator &, got: foo
check.("&(&1; &2)")
# => CompileError: s.exs:1: block expressions are not allowed inside the capture operator &, got: &1
check.("&:foo")
# => CompileError: s.exs:1: invalid args for &, expected one of:
check.("&foo")
# => CompileError: s.exs:1: invalid args for &, expected one of:
check.("&foo/256")
# => CompileError: s.exs:1: capture argument &256 must be numbered between 1 and 255
check.("&\"foo\"")
# => CompileError: s.exs:1: invalid args for &, expected one of:
check.("&1 + 2")
# => CompileError: s.exs:1: capture argument &1 must be used within the capture operator &
