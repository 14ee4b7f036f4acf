# Variables of a macro call's own are its own, also where calls nest, follow each other and hand their code on.
defmodule M do
  defmacro put(name, value) do
    quote do
      x = unquote(value)
      y = x + 1
      Module.put_attribute(__MODULE__, unquote(name), {x, y, __ENV__.line})
    end
  end

  defmacro twice(do: block) do
    quote do
      x = 10
      unquote(block)
      M.put(:inner, x)
      unquote(block)
      x
    end
  end

  defmacro shared(value), do: quote(do: var!(shared) = unquote(value))
  defmacro given(var, value), do: quote(do: unquote(var) = unquote(value))
end

defmodule A do
  require M
  x = 1
  M.put(:a, 5)
  M.put(:b, x)
  M.shared(3)
  M.given(given, 4)
  z = M.twice(do: x = x + 1)
  @seen {x, z, shared, given, @a, @b, @inner}
  IO.inspect(@seen) # => {3, 10, 3, 4, {5, 6, 28}, {1, 2, 29}, {10, 11, 32}}
  IO.inspect(binding()) # => [given: 4, shared: 3, x: 3, z: 10]

  def f(a) do
    M.shared(a)
    M.given(b, 2)
    M.given(c, b * 10)
    for i <- 1..2, do: M.given(d, i + shared + b + c) && d
  end
end

IO.inspect(A.f(1)) # => [24, 25]
