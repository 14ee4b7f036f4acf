# super in a callback of GenServer is deprecated; a doc of one's own may replace that of the function `use` defined.
# stderr: calling super for GenServer callback handle_info/2 is deprecated
# stderr: redefining @doc attribute previously set at line
defmodule Server do
  use GenServer
  def init(x), do: {:ok, x}
  def child_spec(x), do: Map.put(super(x), :id, :mine)
  def handle_info(:known, x), do: {:noreply, x}
  def handle_info(other, x), do: super(other, x)
end

defmodule Documented do
  use Agent
  @doc "Its own."
  def child_spec(x), do: %{super(x) | id: x}
end

defmodule Both do
  use Agent
  use Task
end

defmodule Twice do
  @doc "First."
  def fun(1), do: 1
  @doc "Second."
  def fun(2), do: 2
end

IO.inspect(Server.child_spec(1).id) # => :mine
IO.inspect(Documented.child_spec(:x).id) # => :x
IO.inspect(Both.child_spec(1).restart) # => :temporary
IO.inspect(Twice.fun(2)) # => 2
IO.puts(Exception.format_exit({:bad_start_spec, [1]})) # => bad child specification, invalid children: [1]
