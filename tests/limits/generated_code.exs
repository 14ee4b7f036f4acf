# What macros make may be larger and deeper than what anybody writes: nothing is cut off and nothing overflows.
depth = if :erlang.system_info(:machine) == 'BEAM', do: 500, else: 1_000_000   # the BEAM's compiler takes minutes

defmodule Attempt do
  def eval(quoted) do
    Code.eval_quoted(quoted)
    :ok
  rescue
    e in [CompileError, ArgumentError] -> e.__struct__
  end

  def settled(result), do: result in [:ok, CompileError, ArgumentError]
end

# A definition and a module around a form that is nested very deeply.
deep = Enum.reduce(1..depth, 1, fn _, inner -> {:f, [], [inner]} end)
body = quote do: def(f(x), do: x)
definition = quote do: def(g, do: unquote(deep))
IO.inspect(Attempt.settled(Attempt.eval(quote do: defmodule(DeepDefinition, do: (unquote(body); unquote(definition)))))) # => true
IO.inspect(Attempt.settled(Attempt.eval(quote do: (x = 1; defmodule(DeepBody, do: (_ = x; unquote(deep))))))) # => true

# A nested module's name of many parts.
defmodule Outer do
  parts = Enum.map(1..80, fn _ -> :A end)
  name = Module.concat([__MODULE__ | parts])
  Code.eval_quoted({:defmodule, [], [{:__aliases__, [], parts}, [do: quote(do: def(parts, do: 80))]]}, [], __ENV__)
  IO.inspect(name.parts()) # => 80
end

# Metadata of a quoted form is kept whole.
meta = Enum.map(1..100, fn i -> {:"key#{i}", i} end)
{quoted, _} = Code.eval_quoted({:quote, [], [[do: {:f, meta, []}]]})
IO.inspect(length(elem(quoted, 1) -- [context: Elixir])) # => 100

# A module's environment that is none.
IO.inspect(
  try do
    Module.create(NoModule, quote(do: 1), [])
  rescue
    e in [ArgumentError, FunctionClauseError] -> is_exception(e)
  end
)
# => true

# A name that is no atom, of two scripts; and many names where one is not of ASCII letters.
{:error, {place, _, _}} = Code.string_to_quoted(String.duplicate("аb", 400))
IO.inspect(place[:line]) # => 1
names = Enum.map_join(1..2000, "\n", fn i -> "name_#{i} = #{i}" end)
IO.inspect(match?({:ok, _}, Code.string_to_quoted("é = 1\n" <> names))) # => true
