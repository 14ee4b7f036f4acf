IO.inspect(IO.gets("")) # => :eof
IO.inspect(IO.read(:stdio, :line)) # => :eof
