# A trace names a place that calls itself once, and has as many entries as erlang:system_flag/2 allows.
defmodule Deep do
  def same(0), do: raise("bottom")
  def same(n), do: 1 + same(n - 1)

  for i <- 1..30 do
    def unquote(:"f#{i}")(), do: 1 + unquote(:"f#{i + 1}")()
  end

  def f31, do: same(100)

  def entries(fun) do
    fun.()
  rescue
    RuntimeError -> for {Deep, name, arity, _} <- __STACKTRACE__, do: {name, arity}
  end
end

IO.inspect(Enum.uniq(Deep.entries(fn -> Deep.same(50) end)) -- [entries: 1])
# => [same: 1]
IO.inspect(length(Deep.entries(&Deep.f1/0)))
# => 8
IO.inspect(:erlang.system_flag(:backtrace_depth, 20))
# => 8
IO.inspect(length(Deep.entries(&Deep.f1/0)))
# => 20
IO.inspect(Enum.take(Deep.entries(&Deep.f1/0), 4))
# => [same: 1, same: 1, f30: 0, f29: 0]
IO.inspect(:erlang.system_flag(:backtrace_depth, 1000))
# => 20
IO.inspect(:erlang.system_flag(:backtrace_depth, 8))
# => 64
