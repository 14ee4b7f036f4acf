# The names of arguments in the documentation: clauses refine what the first only hints at.
defmodule Signatures do
  def named(nil), do: 1
  def named(x), do: x
  def conflict([]), do: 1
  def conflict("a"), do: 1
  def twins(%Date{}, %Date{}), do: 1
  def left(1, x), do: x
  def left(y, 2), do: y
  def underscores(_x, __y, _), do: 1
  def here(__MODULE__), do: 1
  def defaults(%{} = map, list \\ [], fun \\ &is_list/1), do: {map, list, fun}
  defstruct []

  @after_compile __MODULE__
  def __after_compile__(_, binary) do
    {:ok, {Signatures, [{'Docs', docs}]}} = :beam_lib.chunks(binary, ['Docs'])
    for {_, _, [signature], _, _} <- elem(:erlang.binary_to_term(docs), 6), do: IO.puts(signature)
  end
end

# => __after_compile__(_, binary)
# => %Signatures{}
# => __struct__(kv)
# => conflict(arg1)
# => defaults(map, list \\ [], fun \\ &is_list/1)
# => here(_MODULE__)
# => left(y, x)
# => named(x)
# => twins(date1, date2)
# => underscores(x, _y, _)
