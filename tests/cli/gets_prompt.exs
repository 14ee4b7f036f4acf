# stdin: bob
name = IO.gets("name? ") |> String.trim()
IO.puts("hello #{name}") # => name? hello bob
