# Lines are indented as the formatter would: clauses, closers and heredocs' ends go back, arguments of `with` stand under each other.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: open 60 50 "$PHIAL"
# cmd: lines() { while IFS= read -r line; do type "$line"; key Enter; done; }
# cmd: await 'iex(1)>'; lines <<'X'
# cmd: quote do
# cmd: @doc """
# cmd: text
# cmd: """
# cmd: def f(x) when x > 1 do
# cmd: case x do
# cmd: {:ok, y} ->
# cmd: y
# cmd: other when is_list(other) -> other
# cmd: z ->
# cmd: z
# cmd: end
# cmd: end
# cmd: x =
# cmd: if a do
# cmd: b
# cmd: else
# cmd: c
# cmd: end
# cmd: with {:ok, a} <- {:ok, 1},
# cmd: {:ok, b} <- {:ok, 2} do
# cmd: a + b
# cmd: end
# cmd: list
# cmd: |> Enum.map(fn
# cmd: 1 -> :one
# cmd: n ->
# cmd: %{
# cmd: a: "#{
# cmd: n
# cmd: }"
# cmd: }
# cmd: end)
# cmd: end; :ok
# cmd: X
# cmd: await 'iex(2)>'; screen | tail -n +3 | cut -c 9-
# => quote do
# =>   @doc """
# =>   text
# =>   """
# =>   def f(x) when x > 1 do
# =>     case x do
# =>       {:ok, y} ->
# =>         y
# =>       other when is_list(other) -> other
# =>       z ->
# =>         z
# =>     end
# =>   end
# =>   x =
# =>     if a do
# =>       b
# =>     else
# =>       c
# =>     end
# =>   with {:ok, a} <- {:ok, 1},
# =>        {:ok, b} <- {:ok, 2} do
# =>     a + b
# =>   end
# =>   list
# =>   |> Enum.map(fn
# =>     1 -> :one
# =>     n ->
# =>       %{
# =>         a: "#{
# =>           n
# =>         }"
# =>       }
# =>   end)
# => end; :ok
# =>
# =>
