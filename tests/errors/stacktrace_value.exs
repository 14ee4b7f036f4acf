defmodule M do
  def f do
    g()
    :ok
  end

  def g, do: raise "x"
end

try do
  M.f()
rescue
  _ ->
    [{m1, f1, a1, loc1}, {m2, f2, _, loc2} | _] = __STACKTRACE__
    IO.inspect({m1, f1, a1, loc1[:line]}) # => {M, :g, 0, 7}
    IO.inspect({m2, f2, loc2[:line]}) # => {M, :f, 3}
end
