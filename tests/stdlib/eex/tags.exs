# Which tags open, continue and close a block.
tags = [
  "end", " end ", "end]", "end, 1)", " end |> x", "endx", "end.()", "end) do", "end, fn x ->", "end->", " do", "(do", "foo :do", "a do\n", "else", " else ",
  "elsex", " x else", "rescue", "x ->", "fn x ->", "fn x -> 1 end; y ->", "\"fn\" ->", ":fn ->", "fn: x ->", "foo(fn ->", "?f ->", "else if a do", "end # d",
  "x -> # c", "\nend", "=x do"
]

for tag <- tags do
  {:ok, [token | _]} = EEx.tokenize("<%#{tag}%>")
  IO.puts("#{inspect(tag)} #{elem(token, 0)}")
end

IO.inspect(EEx.tokenize("a <%= b %>\n <% if x do %>\n<%# q %><%!-- z --%><% else %> <%% end %>"), limit: :infinity)
