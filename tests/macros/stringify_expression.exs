defmodule Check do
  defmacro check(expr) do
    text = Macro.to_string(expr)
    quote do
      {unquote(text), unquote(expr)}
    end
  end
end

defmodule U do
  require Check
  def run, do: Check.check(1 + 1 == 2)
end

IO.inspect(U.run()) # => {"1 + 1 == 2", true}
