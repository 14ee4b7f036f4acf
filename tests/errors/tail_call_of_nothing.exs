# stderr: Foo.bar/1 is undefined
# A tail call gives up its frame, an instruction for arithmetic names its operands, except where it adds a constant.
defmodule M do
  def undef(x), do: Foo.bar(x)
  def add(x, y), do: x + y
  def add1(x), do: x + 1
  def try_it(f) do
    f.()
    1
  catch
    _, _ -> IO.inspect(for {m, f, a, _} <- Enum.take(__STACKTRACE__, 2), do: {m, f, a})
  end
end
M.try_it(fn -> M.undef(1) end) # => [{Foo, :bar, [1]}, {M, :try_it, 1}]
M.try_it(fn -> M.add(1, :a) end) # => [{:erlang, :+, [1, :a]}, {M, :add, 2}]
M.try_it(fn -> M.add1(:a) end) # => [{M, :add1, 1}, {M, :try_it, 1}]
