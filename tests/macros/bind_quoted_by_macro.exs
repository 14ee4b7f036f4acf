defmodule Bound do
  defmacro all(x, y) do
    quote bind_quoted: binding() do
      {x + y, x * y}
    end
  end

  defmacro pairs, do: [a: 1, b: 2]

  defmacro fixed do
    quote bind_quoted: pairs() do
      a + b
    end
  end
end

defmodule UsesBound do
  require Bound
  def run(n), do: Bound.all(n + 1, n * 2)
end

IO.inspect(UsesBound.run(3)) # => {10, 24}
