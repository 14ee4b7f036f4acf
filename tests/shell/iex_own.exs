# What only Phial's shell has: h, b, t and s of modules that were typed in, process_info.
# differs: iex 1.14 keeps no documentation of such modules and has no s and no process_info
# cmd: . "${FILE%/*}/iex_piped.sh" | sed -e 's/^\(Memory\|Reductions\): .*/\1/'
defmodule U do
  @moduledoc """
  A module of *mine*.

  ## Heading

    * one
    * two `code`

  Text with a [link](https://x.y) and **bold**.

      iex> U.f(1)
      2

  | a | b |
  |---|---|
  | 1 | 2 |
  """
  @doc """
  Adds one.

  ## Examples

      iex> U.f(1)
      2

  """
  @doc since: "1.2.0"
  @spec f(integer) :: integer
  def f(x), do: x + 1

  @doc "Old."
  @deprecated "use f/1"
  def g(x \\ 1, y \\ 2), do: {x, y}

  @doc false
  def hidden, do: 1
  def nodoc, do: 2
  @spec nodoc2(atom, [String.t()]) :: {:ok, map} | {:error, term}
  def nodoc2(a, b), do: {a, b}
  @doc "a macro"
  defmacro m(x), do: x
  @typedoc "a type"
  @type t :: integer | :none
  @type u(a) :: [a]
  @opaque o :: map
  @typep p :: 1
  @callback cb(integer) :: p
  @doc "cb2 doc"
  @callback cb2(t) :: atom
  @macrocallback mc(t) :: atom
  @optional_callbacks cb: 1
end |> elem(1)
h U
h U.f
h U.g/0
h U.nodoc2
t U.t
b U.cb2
s U
s U.f
s U.nope
process_info self()
process_info :nobody
runtime_info :nope
System.halt(0)
