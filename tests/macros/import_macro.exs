defmodule M do
  defmacro say(x) do
    quote do
      "said #{unquote(x)}"
    end
  end
end

defmodule U do
  import M
  def run, do: say("hi")
end

IO.inspect(U.run()) # => "said hi"
