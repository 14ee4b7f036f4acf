x = ~s"""
a #{1}
"""
IO.inspect(x) # => "a 1\n"
y = ~S"""
a #{1}\n
"""
IO.inspect(y) # => "a \#{1}\\n\n"
