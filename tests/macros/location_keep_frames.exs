# A frame names the file that its function was written in: quote location: :keep, @file.
Code.compile_string(
  """
  defmodule Keeps do
    defmacro __using__(_) do
      quote location: :keep do
        def kept(x) do
          Enum.map([x], fn y -> raise "a\#{y}" end)
        end
        def kept2(x), do: hd(x)
      end
    end
  end
  """,
  "lib/keeps.ex"
)

Code.compile_string(
  """
  defmodule User do
    use Keeps
    @file "other/foo.eex"
    def a(x), do: hd(x)
    @file {"other/bar.eex", 77}
    def b(x) do
      hd(x)
    end
    def c(x), do: hd(x)
  end
  """,
  "lib/user.ex"
)

frames = fn f ->
  try do
    apply(User, f, [1])
  rescue
    _ -> for {User, name, _, l} <- __STACKTRACE__, do: {name, l[:file], l[:line]}
  end
end

IO.inspect(frames.(:kept)) # => [{:"-kept/1-fun-0-", 'lib/keeps.ex', 5}]
IO.inspect(frames.(:kept2)) # => [{:kept2, 'lib/keeps.ex', 7}]
IO.inspect(frames.(:a)) # => [{:a, 'other/foo.eex', 4}]
IO.inspect(frames.(:b)) # => [{:b, 'other/bar.eex', 7}]
IO.inspect(frames.(:c)) # => [{:c, 'lib/user.ex', 9}]
