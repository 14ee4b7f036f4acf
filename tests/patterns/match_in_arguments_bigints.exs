x = 2 ** 70
IO.inspect(match?(^x, 1180591620717411303424)) # => true
IO.inspect((case x do 1180591620717411303424 -> :big; _ -> :no end)) # => :big
