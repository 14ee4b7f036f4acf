defmodule E do
  defexception [:message]
  @impl true
  def exception(value), do: %E{message: "got #{inspect(value)}"}
end
IO.inspect((try do raise E, :x rescue e -> e.message end)) # => "got :x"
