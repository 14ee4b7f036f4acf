defmodule M do
  def run(parent, x), do: send(parent, {:got, x * 2})
end
spawn(M, :run, [self(), 21])
IO.inspect((receive do {:got, x} -> x end)) # => 42
