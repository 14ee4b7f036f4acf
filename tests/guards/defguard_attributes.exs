# The guard of a defguard sees the attributes as they are there, default values, other private guards.
defmodule Guards do
  @allowed [1, :a]
  defguard is_allowed(x) when x in @allowed
  @allowed [2]
  defguardp is_second(x) when x in @allowed
  defguard is_any(x, y \\ nil) when is_allowed(x) or is_second(x) or x == y

  def f(x) when is_any(x), do: true
  def f(_), do: false
  def allowed(x), do: match?(y when is_allowed(y), x)
  def g(x), do: is_any(x, 7)
end

IO.inspect(for x <- [1, :a, 2, 3, nil], do: {Guards.f(x), Guards.allowed(x)})
# => [true: true, true: true, true: false, false: false, true: false]
IO.inspect(Guards.g(7)) # => true

try do
  Code.eval_string("defmodule G do\ndefguard foo(x) when x when is_nil(x)\nend")
rescue
  error -> IO.puts(Exception.message(error)) # => invalid syntax in defguard foo(x), only a single when clause is allowed
end
