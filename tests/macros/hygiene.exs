defmodule M do
  defmacro set do
    quote do
      x = 1
      x
    end
  end
end

defmodule U do
  require M

  def run do
    x = 10
    y = M.set()
    {x, y}
  end
end

IO.inspect(U.run()) # => {10, 1}
