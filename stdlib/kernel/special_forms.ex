# SPDX-License-Identifier: Apache-2.0
# Kernel.SpecialForms: the forms that the compiler itself knows, documented.
#
# The expander (compiler/special.c) never calls these macros: they stand here so that `h` and reflection find them.
# Invariant: one macro per special form of Elixir, with its arity.
defmodule Kernel.SpecialForms do
  @moduledoc "Special forms are the basic building blocks of Elixir, and therefore cannot be overridden by the developer."

  @doc "Makes a tuple of any size.\n\n    iex> {1, 2, 3}\n    {1, 2, 3}"
  defmacro unquote(:{})(args), do: form!([args])

  @doc """
  Makes a map. Keys may be of any type; `%{map | key: value}` replaces the values of keys that exist.

      iex> %{:a => 1, "b" => 2}["b"]
      2
  """
  defmacro unquote(:%{})(args), do: form!([args])

  @doc "Matches on or builds a struct: its fields are checked when the code is compiled.\n\n    iex> %Range{first: 1, last: 3, step: 1}\n    1..3"
  defmacro unquote(:%)(struct, map), do: form!([struct, map])

  @doc "Makes a bitstring of segments, each with its type, size and unit.\n\n    iex> <<1, 2::16>>\n    <<1, 0, 2>>"
  defmacro unquote(:<<>>)(args), do: form!([args])

  @doc "Calls a function of a module or an anonymous function, reads a field of a map, or makes an alias.\n\n    iex> String.upcase(\"a\")\n    \"A\""
  defmacro unquote(:.)(left, right), do: form!([left, right])

  @doc "Gives a module another name in the lexical scope.\n\n    iex> alias String, as: S\n    iex> S.upcase(\"a\")\n    \"A\""
  defmacro alias(module, opts), do: form!([module, opts])

  @doc "Loads a module and makes its macros callable.\n\n    iex> require Integer\n    iex> Integer.is_odd(3)\n    true"
  defmacro require(module, opts), do: form!([module, opts])

  @doc "Makes functions and macros of a module callable without its name.\n\n    iex> import List, only: [first: 1]\n    iex> first([1, 2])\n    1"
  defmacro import(module, opts), do: form!([module, opts])

  @doc "The environment where it stands, as a `Macro.Env` struct."
  defmacro __ENV__, do: form!([])

  @doc "The name of the current module as an atom, or nil outside of modules."
  defmacro __MODULE__, do: form!([])

  @doc "The absolute path of the directory of the current file."
  defmacro __DIR__, do: form!([])

  @doc "The environment of the caller, inside a macro."
  defmacro __CALLER__, do: form!([])

  @doc "The stacktrace of the exception being handled, inside `rescue` and `catch`."
  @doc since: "1.7.0"
  defmacro __STACKTRACE__, do: form!([])

  @doc "Reads an existing variable in a match instead of binding it anew.\n\n    iex> x = 1\n    iex> match?(^x, 2)\n    false"
  defmacro ^var, do: form!([var])

  @doc "Matches the value on the right against the pattern on the left.\n\n    iex> {a, _} = {1, 2}\n    iex> a\n    1"
  defmacro left = right, do: form!([left, right])

  @doc "Gives the type of a segment of a bitstring, and separates a type's name from its definition."
  defmacro left :: right, do: form!([left, right])

  @doc "The quoted form of an expression.\n\n    iex> quote(do: 1 + 2) |> elem(2)\n    [1, 2]"
  defmacro quote(opts, block), do: form!([opts, block])

  @doc "Puts the value of an expression into the quoted form around it.\n\n    iex> x = 1\n    iex> quote(do: unquote(x))\n    1"
  defmacro unquote(:unquote)(expr), do: form!([expr])

  @doc """
  Puts the elements of a list into the quoted form around it.

      iex> list = [2, 3]
      iex> quote(do: [1, unquote_splicing(list)])
      [1, 2, 3]
  """
  defmacro unquote(:unquote_splicing)(expr), do: form!([expr])

  @doc """
  Runs through the elements of enumerables and bitstrings: generators, filters, and `:into`, `:uniq` or `:reduce`.

      iex> for x <- 1..4, rem(x, 2) == 0, do: x * x
      [4, 16]
  """
  defmacro for(args), do: form!([args])

  @doc """
  Goes on while each clause matches; what does not match is the value, or goes to `else`.

      iex> with {:ok, a} <- Map.fetch(%{a: 1}, :a), do: a + 1
      2
  """
  defmacro with(args), do: form!([args])

  @doc "Makes an anonymous function.\n\n    iex> add = fn a, b -> a + b end\n    iex> add.(1, 2)\n    3"
  defmacro unquote(:fn)(clauses), do: form!([clauses])

  @doc "The form of several expressions in a row; the value is that of the last."
  defmacro unquote(:__block__)(args), do: form!([args])

  @doc "Makes a function of a name and arity, or of an expression with `&1`, `&2`, ...\n\n    iex> Enum.map([1, 2], &(&1 * 2))\n    [2, 4]"
  defmacro unquote(:&)(expr), do: form!([expr])

  @doc "The form of an alias: its parts as atoms."
  defmacro unquote(:__aliases__)(args), do: form!([args])

  @doc "Calls the definition that the current one overrides."
  defmacro super(args), do: form!([args])

  @doc """
  Takes the first clause whose pattern and guard the value matches.

      iex> case {1, 2} do
      ...>   {1, x} when x > 1 -> x
      ...>   _ -> :other
      ...> end
      2
  """
  defmacro case(condition, clauses), do: form!([condition, clauses])

  @doc """
  Takes the first clause whose condition is neither nil nor false.

      iex> cond do
      ...>   1 > 2 -> :no
      ...>   true -> :yes
      ...> end
      :yes
  """
  defmacro cond(clauses), do: form!([clauses])

  @doc """
  Runs code with handlers: `rescue` for exceptions, `catch` for any throw, exit or error, `else` for its value, `after` in every case.

      iex> try do
      ...>   throw(1)
      ...> catch
      ...>   x -> x + 1
      ...> end
      2
  """
  defmacro try(args), do: form!([args])

  @doc """
  Takes the first message that a clause matches, or waits for one; `after` limits the wait.

      iex> send(self(), :hello)
      iex> receive do
      ...>   :hello -> :world
      ...> after
      ...>   0 -> :none
      ...> end
      :world
  """
  defmacro receive(args), do: form!([args])

  defp form!(args), do: :erlang.error({:special_form, args})
end
