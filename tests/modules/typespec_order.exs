# Variables of a spec in order of appearance, struct types of exceptions, and which of several undefined types is told.
defmodule Specs do
  @spec fold([b], a, (b, a -> a)) :: a when a: var, b: var
  def fold(_, a, _), do: a
  @spec raised(%ArgumentError{}) :: %ArgumentError{message: String.t()}
  def raised(e), do: e
  @type twice :: ((integer -> atom) -> (atom -> integer))
  @after_compile __MODULE__
  def __after_compile__(_, binary) do
    {:ok, specs} = Code.Typespec.fetch_specs(binary)
    for {{name, _}, [spec]} <- Enum.sort(specs), do: IO.puts(Macro.to_string(Code.Typespec.spec_to_quoted(name, spec)))
    {:ok, [type: type]} = Code.Typespec.fetch_types(binary)
    IO.puts(Macro.to_string(Code.Typespec.type_to_quoted(type)))
  end
end

# => fold([b], a, (b, a -> a)) :: a when b: var, a: var
# => raised(%ArgumentError{__exception__: true, message: term()}) :: %ArgumentError{
# =>   __exception__: true,
# =>   message: String.t()
# => }
# => twice() :: ((integer() -> atom()) -> (atom() -> integer()))

error = fn source -> try do Code.eval_string(source) rescue e -> IO.puts(e.description) end end
error.("defmodule A do\n@type t :: {key, value}\nend") # => type key/0 undefined (no such type in A)
error.("defmodule A do\n@type t :: (key -> value)\nend") # => type key/0 undefined (no such type in A)
