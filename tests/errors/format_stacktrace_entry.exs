IO.puts(Exception.format_stacktrace_entry({M, :f, 1, [file: 'a.ex', line: 3]})) # => a.ex:3: M.f/1
IO.puts(Exception.format_stacktrace_entry({M, :f, [1, :a], []})) # => M.f(1, :a)
IO.puts(Exception.format_stacktrace_entry({M, :"-f/1-fun-0-", 1, [file: 'a.ex', line: 3]})) # => a.ex:3: anonymous fn/1 in M.f/1
IO.puts(Exception.format_mfa(M, :"odd name", 2)) # => M."odd name"/2
IO.puts(Exception.format_fa(fn -> 1 end, 0) |> String.replace(~r/#Fun.*>/, "F")) # => F/0
IO.puts(Exception.format_file_line("a.ex", 5)) # => a.ex:5:
