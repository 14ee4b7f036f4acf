# h, b, t and exports of a compiled module: Markdown as text, specs, metadata, and what is said where there is nothing.
# cmd: case $FILE in /*) ;; *) FILE=$PWD/$FILE ;; esac
# cmd: sed -n 's/^# | \{0,1\}//p' "$FILE" > "$TMP/u.ex"
# cmd: . "${FILE%/*}/iex_piped.sh"
# | defmodule U do
# |   @moduledoc """
# |   A module of *mine*.
# | 
# |   ## Heading
# | 
# |     * one
# |     * two `code`
# | 
# |   Text with a [link](https://x.y) and **bold**.
# | 
# |       iex> U.f(1)
# |       2
# | 
# |   | a | b |
# |   |---|---|
# |   | 1 | 2 |
# |   """
# |   @doc """
# |   Adds one.
# | 
# |   ## Examples
# | 
# |       iex> U.f(1)
# |       2
# | 
# |   """
# |   @doc since: "1.2.0"
# |   @spec f(integer) :: integer
# |   def f(x), do: x + 1
# | 
# |   @doc "Old."
# |   @deprecated "use f/1"
# |   def g(x \\ 1, y \\ 2), do: {x, y}
# | 
# |   @doc false
# |   def hidden, do: 1
# |   def nodoc, do: 2
# |   @spec nodoc2(atom, [String.t()]) :: {:ok, map} | {:error, term}
# |   def nodoc2(a, b), do: {a, b}
# |   @doc "a macro"
# |   defmacro m(x), do: x
# |   @typedoc "a type"
# |   @type t :: integer | :none
# |   @type u(a) :: [a]
# |   @opaque o :: map
# |   @typep p :: 1
# |   @callback cb(integer) :: p
# |   @doc "cb2 doc"
# |   @callback cb2(t) :: atom
# |   @macrocallback mc(t) :: atom
# |   @optional_callbacks cb: 1
# | end
c "u.ex", "."
h U
h U.f
h U.f/1
h U.g
h U.g/0
h U.g/3
h U.hidden
h U.nodoc
h U.nodoc2
h U.m
h U.cb
h U.zz
h U.t
h Zz
h Zz.y
h 1
h "a"
h :a
h 1 + 1
t U.t
t U.u/1
t U.o
t U.p
t U.nope
t 1
b U
b U.cb2
b U.mc
b U.nope
b 1
exports U
U.f "a"
U.f 1, 2
c "nofile.ex"
r Nomod
h Kernel.SpecialForms.nope
h Enum.nope
h Enum.map/9
h {1, 2}
t Enum.nope
b Enum
t Zzz
b Zzz
System.halt(0)
