defmodule Calc do
  def eval(text), do: text |> tokens() |> expr() |> elem(0)
  defp tokens(t), do: Regex.scan(~r/\d+|[-+*\/()]/, t) |> List.flatten()
  defp expr(ts) do
    {v, rest} = term(ts)
    expr_rest(v, rest)
  end
  defp expr_rest(v, ["+" | r]), do: ({w, r} = term(r); expr_rest(v + w, r))
  defp expr_rest(v, ["-" | r]), do: ({w, r} = term(r); expr_rest(v - w, r))
  defp expr_rest(v, r), do: {v, r}
  defp term(ts) do
    {v, rest} = factor(ts)
    term_rest(v, rest)
  end
  defp term_rest(v, ["*" | r]), do: ({w, r} = factor(r); term_rest(v * w, r))
  defp term_rest(v, ["/" | r]), do: ({w, r} = factor(r); term_rest(div(v, w), r))
  defp term_rest(v, r), do: {v, r}
  defp factor(["(" | r]) do
    {v, [")" | r]} = expr(r)
    {v, r}
  end
  defp factor([n | r]), do: {String.to_integer(n), r}
end
IO.inspect(Calc.eval("2 * (3 + 4) - 10 / 5")) # => 12
