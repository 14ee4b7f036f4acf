defmodule M do
  defmacro repeat(n, do: block) do
    quote do
      for _ <- 1..unquote(n), do: unquote(block)
    end
  end
end

defmodule U do
  import M

  def run do
    repeat 3 do
      :x
    end
  end
end

IO.inspect(U.run()) # => [:x, :x, :x]
