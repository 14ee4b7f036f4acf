# What happens in the else clauses of a `with` happens in the function that it stands in; what a generator cannot walk, too.
defmodule A do
  def tail(x) do
    with {:ok, a} <- x, {:ok, b} <- a do
      b
    else
      :error -> raise "a"
    end
  end

  def inside(x) do
    y =
      with {:ok, a} <- x do
        a
      else
        :error -> {raise("a")}
      end

    [y]
  end

  def in_fun(x), do: Enum.map([x], fn x -> with({:ok, a} <- x, do: a, else: (:error -> 1)) end)
  def generator(x), do: for(y <- x, do: y)
end

for {name, arg} <- [tail: :error, tail: 1, tail: {:ok, 1}, inside: :error, inside: 1, in_fun: 1, generator: nil] do
  try do
    apply(A, name, [arg])
  rescue
    _ -> IO.inspect(for {A, name, arity, place} <- __STACKTRACE__, do: {hd(String.split("#{name}", "-fun")), arity, place[:line]})
  end
end

# => [{"tail", 1, 7}]
# => [{"tail", 1, 4}]
# => [{"tail", 1, 4}]
# => [{"inside", 1, 16}]
# => [{"inside", 1, 13}]
# => [{"-in_fun/1", 1, 22}]
# => [{"generator", 1, 23}]
