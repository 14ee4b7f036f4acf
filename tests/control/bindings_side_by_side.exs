# What one part of a literal, a call or an update binds, the parts beside it do not see; what follows does. Nothing bound right of <- gets out.
x = 3
IO.inspect({[x = 1, x], x})
# => {[1, 3], 3}
x = 3
IO.inspect({"#{x}#{x = 4}#{x}", x})
# => {"343", 3}
x = 5
y = %{(x = %{a: 1}) | a: x}
IO.inspect({x, y})
# => {%{a: 1}, %{a: 5}}
z = %{(x = %{a: 1, b: 2}) | a: w = 7, b: 0}
IO.inspect({x, w, z})
# => {%{a: 1, b: 2}, 7, %{a: 7, b: 0}}
port = 3
IO.inspect(Map.take(%URI{(port = %URI{host: "h"}) | port: port}, [:host, :port]))
# => %{host: "h", port: 3}
IO.inspect(is_integer(port))
# => false
n = 8
bits = <<(n = 3)::size(n), n::size(16)>>
IO.inspect({bits, n})
# => {<<3, 0, 8>>, 3}
x = 3
IO.inspect(for y <- [x = 1], do: {x, y})
# => [{3, 1}]
IO.inspect(for(<<c <- (x = "ab")>>, do: {x, c}))
# => [{3, 97}, {3, 98}]
IO.inspect(for y <- [1], z <- [x = y], do: {x, y, z})
# => [{3, 1, 1}]
IO.inspect(with a <- (x = 1), b <- x, do: {a, b, x})
# => {1, 3, 3}
IO.inspect(with x = 1, b <- x, do: {x, b})
# => {1, 1}
IO.inspect(x)
# => 3
# stderr: variable "x" is unused
