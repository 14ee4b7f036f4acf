# stdin: a
# stdin: b
IO.inspect(IO.read(:stdio, :all)) # => "a\nb\n"
