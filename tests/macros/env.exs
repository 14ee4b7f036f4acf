IO.inspect(__MODULE__) # => nil
IO.inspect(__ENV__.line) # => 2
IO.inspect(Path.basename(__ENV__.file)) # => "env.exs"
IO.inspect(Path.basename(__DIR__)) # => "macros"
defmodule A do
  def m, do: __MODULE__
  def f, do: __ENV__.function
end
IO.inspect({A.m(), A.f()}) # => {A, {:f, 0}}
