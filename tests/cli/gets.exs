# stdin: first line
# stdin: second
IO.inspect(IO.gets("")) # => "first line\n"
IO.inspect(IO.gets("")) # => "second\n"
IO.inspect(IO.gets("")) # => :eof
