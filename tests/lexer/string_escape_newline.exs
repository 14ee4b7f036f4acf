x = "joined \
line"
IO.inspect(x) # => "joined line"
