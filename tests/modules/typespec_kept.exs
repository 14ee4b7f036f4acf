# Types, specs and callbacks of a compiled module, in Erlang's abstract format, and as quoted forms.
[{_, bytes}] =
  Code.compile_string("""
  defmodule Kept do
    require Record
    Record.defrecord(:user, :tag, name: "x", age: 1)
    defstruct [:a, b: 1]
    alias String, as: S
    @foo Range
    @type t :: %__MODULE__{a: integer, b: S.t() | nil}
    @type u(x, y) :: {x, y} | [x] | %{required(atom) => x, optional(y) => y, a: 1} | %{atom => integer}
    @typep p :: (integer, atom -> p2)
    @type p2 :: (... -> any) | (() -> 1..10) | -1 | <<>> | <<_::8>> | <<_::_*8>> | <<_::8, _::_*8>>
    @opaque o :: keyword(integer) | [] | [integer, ...] | [a: 1, b: p] | nonempty_list(atom) | struct
    @type v :: @foo.t() | {} | tuple | map | charlist | mfa | list(a :: integer) | record(:user, age: 2) | (1 | 2)
    @spec f(integer, x) :: x | nil when x: var
    @spec f(a :: atom, b :: integer) :: no_return
    def f(a, b), do: {a, b}
    @spec m(x) :: x when x: Macro.t()
    defmacro m(a), do: a
    @callback cb(x :: integer) :: o
    @macrocallback mcb(x) :: Macro.t() when x: integer
    @spec foo(1) :: 2
    def foo(x), do: x
    true = Module.spec_to_callback(__MODULE__, {:foo, 1})
  end
  """)

{:ok, types} = Code.Typespec.fetch_types(bytes)
{:ok, specs} = Code.Typespec.fetch_specs(bytes)
{:ok, callbacks} = Code.Typespec.fetch_callbacks(bytes)
for part <- [types, specs, callbacks], do: IO.inspect(part, limit: :infinity, width: 120)
for {kind, type} <- types, do: IO.puts("#{kind} #{Macro.to_string(Code.Typespec.type_to_quoted(type))}")
for {{name, _}, list} <- specs ++ callbacks, spec <- list, do: IO.puts(Macro.to_string(Code.Typespec.spec_to_quoted(name, spec)))
IO.inspect(Code.Typespec.fetch_types(NoSuchModule))
IO.inspect(Code.Typespec.fetch_specs("no bytes"))
