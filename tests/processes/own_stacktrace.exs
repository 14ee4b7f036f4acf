defmodule M do
  def f, do: {g(), :done}
  def g, do: {Process.info(self(), :current_stacktrace), 1}
end
{{{:current_stacktrace, trace}, 1}, :done} = M.f()
IO.inspect(for {M, f, a, _} <- trace, do: {f, a}) # => [g: 0, f: 0]
