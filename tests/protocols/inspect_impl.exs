defmodule T do
  defstruct v: 1
  defimpl Inspect do
    import Inspect.Algebra
    def inspect(t, opts), do: concat(["#T<", to_doc(t.v, opts), ">"])
  end
end
IO.inspect(struct(T)) # => #T<1>
IO.inspect([struct(T, v: "x")]) # => [#T<"x">]
