IO.inspect(IO.ANSI.red()) # => "\e[31m"
IO.inspect(IO.ANSI.reset()) # => "\e[0m"
IO.inspect(IO.ANSI.format([:red, "x"], true) |> IO.iodata_to_binary()) # => "\e[31mx\e[0m"
IO.inspect(IO.ANSI.enabled?()) # => false
