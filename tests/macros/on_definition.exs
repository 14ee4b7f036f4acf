defmodule Hook do
  def on_def(_env, kind, name, args, _guards, _body) do
    IO.inspect({kind, name, length(args)})
  end
end

defmodule A do
  @on_definition {Hook, :on_def}
  def f(a), do: a
  defp g(a, b), do: {a, b}
  def h, do: g(1, 2)
end
# => {:def, :f, 1}
# => {:defp, :g, 2}
# => {:def, :h, 0}
