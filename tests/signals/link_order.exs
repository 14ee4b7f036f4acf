# The end of a process goes to those linked to it in the order in which OTP takes its tree of links apart, not in that of their ages.
# cmd: ELIXIR_ERL_OPTIONS="+S 1" timeout 20 "$PHIAL" "$FILE"
defmodule Family do
  def ends(n, link) do
    me = self()
    children = for i <- 1..n, do: spawn(fn -> child(me, i) end)
    parent = spawn(fn -> for(i <- link, do: Process.link(Enum.at(children, i - 1))); send(me, :linked); receive do: (:go -> exit(:boom)) end)
    for _ <- 0..n, do: (receive do t when t in [:ready, :linked] -> t end)
    send(parent, :go)
    for _ <- 1..n, do: (receive do i when is_integer(i) -> i end)
  end

  defp child(me, i) do
    Process.flag(:trap_exit, true)
    send(me, :ready)
    receive do: ({:EXIT, _, :boom} -> send(me, i))
  end
end
for n <- 1..5, do: IO.inspect(Family.ends(n, 1..n))
# => [1]
# => [2, 1]
# => [1, 3, 2]
# => [1, 4, 3, 2]
# => [1, 3, 5, 4, 2]
IO.inspect(Family.ends(9, 1..9)) # => [1, 3, 2, 5, 7, 9, 8, 6, 4]
IO.inspect(Family.ends(9, 9..1)) # => [1, 3, 2, 5, 4, 7, 9, 8, 6]
IO.inspect(Family.ends(9, [6, 5, 3, 9, 7, 2, 8, 1, 4])) # => [1, 4, 3, 2, 6, 8, 9, 7, 5]
