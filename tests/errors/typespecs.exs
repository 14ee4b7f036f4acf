# What is wrong with types and specs: undefined, twice, built-in, malformed; variables used once.
cases = [
  ~S"""
  @type foo :: bar
  """,
  ~S"""
  @type foo :: integer
  @type foo :: atom
  """,
  ~S"""
  @type foo(a) :: integer
  """,
  ~S"""
  @type foo(a, b) :: {a, b}
  """,
  ~S"""
  @type integer :: atom
  """,
  ~S"""
  @type foo(a, a) :: a
  """,
  ~S"""
  @spec foo(a) :: integer
  """,
  ~S"""
  @spec foo(a) :: integer when a: integer
  def foo(a), do: a
  """,
  ~S"""
  @spec foo(integer) :: integer
  """,
  ~S"""
  @spec foo(integer)
  """,
  ~S"""
  @spec 1
  """,
  ~S"""
  @type foo
  """,
  ~S"""
  @type 1 :: 2
  """,
  ~S"""
  @type foo(1) :: 2
  """,
  ~S"""
  @type foo :: 1 + 2
  """,
  ~S"""
  @type foo :: %{foo}
  """,
  ~S"""
  @type foo :: %Range{bogus: 1}
  """,
  ~S"""
  @type foo :: {:a, x}
  """,
  ~S"""
  @type foo :: fn x -> x end
  """,
  ~S"""
  @type foo :: <<_::x>>
  """,
  ~S"""
  @type foo :: 1..x
  """,
  ~S"""
  @type foo :: x.y
  """,
  ~S"""
  @type foo :: unknown(1)
  """,
  ~S"""
  @type foo :: [integer, atom]
  """,
  ~S"""
  @type foo :: integer when x: 1
  """,
  ~S"""
  @spec foo(x) :: integer when x
  def foo(a), do: a
  """,
  ~S"""
  @spec foo(x) :: {x, y} when x: z
  def foo(a), do: a
  """,
  ~S"""
  @callback foo(x) :: y
  """,
  ~S"""
  @callback foo
  """,
  ~S"""
  @callback foo :: integer
  @callback foo :: atom
  @spec foo :: atom
  def foo, do: 1
  """,
  ~S"""
  @opaque foo :: bar
  @typep bar :: integer
  """,
  ~S"""
  @type _foo :: integer
  @type foo(_a) :: 1
  """,
  ~S"""
  @spec foo(a :: integer, a) :: a when a: integer
  def foo(a, b), do: {a, b}
  """,
  ~S"""
  @type t :: bar(integer)
  @type bar :: 1
  """,
  ~S"""
  @type t :: String.T.foo | record(:user)
  """,
  ~S"""
  @type t :: "foo"
  """,
  ~S"""
  @type t :: ^x
  """,
  ~S"""
  @type t :: __MODULE__.x | __MODULE__
  """,
  ~S"""
  @type t(a) :: [a]
  @type t2 :: t(x)
  """,
  ~S"""
  @spec foo(a) :: b when a: b, b: a
  def foo(a), do: a
  """,
  ~S"""
  @type x :: (integer, ... -> atom)
  """,
  ~S"""
  @type x :: (... -> atom) | ...
  """,
  ~S"""
  @type x :: true and false
  """,
  ~S"""
  @type x :: -x
  """,
  ~S"""
  @type x :: <<_::7, _::_*257>>
  """,
  ~S"""
  @type x :: @foo
  """,
  ~S"""
  @type x :: ?a
  """,
  ~S"""
  @type x :: 1.0
  """,
  ~S"""
  @type foo :: bar(1, 2) when a: integer
  """,
  ~S"""
  @type var :: 1
  """,
  ~S"""
  @type var(a) :: a
  """,
  ~S"""
  @type list(a, b) :: {a, b}
  """,
  ~S"""
  @type map(a, b) :: {a, b}
  """,
  ~S"""
  @type list(a) :: {a}
  """,
  ~S"""
  @type struct :: {a}
  """,
  ~S"""
  @type foo :: var
  """,
  ~S"""
  @spec foo(var) :: 1
  def foo(_), do: 1
  """,
  ~S"""
  @spec foo((a -> b)) :: [b] when a: var, b: var
  def foo(_), do: 1
  """,
  ~S"""
  @spec foo(a) :: 1 when a: var
  def foo(_), do: 1
  """,
  ~S"""
  @type foo :: list(1,2,3)
  """,
  ~S"""
  @type foo :: integer(1)
  """,
  ~S"""
  @opaque a :: 1
  @type a :: 2
  """,
  ~S"""
  @type a :: %{optional(:x) => 1, required(:y) => 2} | required(1)
  """,
  ~S"""
  @type a :: 3..1
  """,
  ~S"""
  @spec foo(a) :: a when a
  def foo(a), do: a
  """,
  ~S"""
  require Record
  Record.defrecord(:user, name: 1)
  @type a :: record(:user, bogus: integer)
  """,
  ~S"""
  defstruct [:a]
  @type a :: %__MODULE__{b: 1}
  """
]

for {source, i} <- Enum.with_index(cases) do
  try do
    Code.eval_string("defmodule Typespec#{i} do\n#{source}end", [], file: "nofile")
    IO.puts("#{i} ok")
  rescue
    e -> IO.puts("#{i} #{inspect(e.__struct__)} #{Exception.message(e)}")
  end
end
