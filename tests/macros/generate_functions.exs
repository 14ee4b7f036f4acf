defmodule Gen do
  for {name, value} <- [one: 1, two: 2, three: 3] do
    def unquote(name)(), do: unquote(value)
  end

  for n <- 1..3 do
    def num(unquote(n)), do: unquote(Integer.to_string(n))
  end
end

IO.inspect({Gen.one(), Gen.two(), Gen.three()}) # => {1, 2, 3}
IO.inspect(Gen.num(2)) # => "2"
