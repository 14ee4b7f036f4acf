# Warnings about what an expression can hardly mean.
# stderr: Elixir does not support nested comparisons
# stderr: You wrote: 1 < (2 <= 3)
# stderr: the @foo() notation (with parenthesis) is deprecated, please use @foo (without parenthesis) instead
# stderr: unknown compiler variable "__PROC__" (expected one of __MODULE__, __ENV__, __DIR__, __CALLER__, __STACKTRACE__)
# stderr: "else" shouldn't be used as the only clause in "def", use "case" instead
# stderr: use Bitwise is deprecated. import Bitwise instead
# stderr: HashDict.new/0 is deprecated. Use maps and the Map module instead
# stderr: :erlang.pid_to_lis/1 is undefined or private. Did you mean:
Code.eval_string("1 < (2 <= 3)")
Code.eval_string("HashDict.new()")

Code.eval_string("""
defmodule Hardly do
  use Bitwise
  @foo 1
  def foo, do: @foo()
  def name, do: (__PROC__ = 1)
  def text(x), do: :erlang.pid_to_lis(x)

  def only_else do
    1
  else
    x -> x
  end
end
""")

IO.puts("done") # => done
