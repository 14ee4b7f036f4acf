IO.inspect(String.upcase("a")) # => "A"
IO.inspect(:lists.reverse([1, 2])) # => [2, 1]
IO.inspect(String . length("abc")) # => 3
mod = String
IO.inspect(mod.upcase("x")) # => "X"
IO.inspect(:"Elixir.String".downcase("X")) # => "x"
