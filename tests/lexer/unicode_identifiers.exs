naïve = 1
größe = 2
変数 = 3
IO.inspect(naïve + größe + 変数) # => 6
