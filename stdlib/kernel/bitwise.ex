# SPDX-License-Identifier: Apache-2.0
# Bitwise: bit operations on integers, as functions and operators, all allowed in guards.
defmodule Bitwise do
  @moduledoc "Functions and operators on the bits of integers."

  @doc false
  @deprecated "import Bitwise instead"
  defmacro __using__(options) do
    except =
      cond do
        :lists.member({:only_operators, true}, options) -> [bnot: 1, band: 2, bor: 2, bxor: 2, bsl: 2, bsr: 2]
        :lists.member({:skip_operators, true}, options) -> [&&&: 2, |||: 2, <<<: 2, >>>: 2, "^^^": 2, "~~~": 1]
        true -> []
      end

    quote do
      import Bitwise, except: unquote(except)
    end
  end

  @doc "Negation of every bit.\n\n    iex> Bitwise.bnot(2)\n    -3"
  @spec bnot(integer) :: integer
  def bnot(expr), do: :erlang.bnot(expr)

  @doc false
  def unquote(:"~~~")(expr), do: :erlang.bnot(expr)

  @doc "And.\n\n    iex> Bitwise.band(9, 3)\n    1"
  @spec band(integer, integer) :: integer
  def band(left, right), do: :erlang.band(left, right)

  @doc "And.\n\n    iex> import Bitwise\n    iex> 9 &&& 3\n    1"
  @spec integer &&& integer :: integer
  def left &&& right, do: :erlang.band(left, right)

  @doc "Or.\n\n    iex> Bitwise.bor(9, 3)\n    11"
  @spec bor(integer, integer) :: integer
  def bor(left, right), do: :erlang.bor(left, right)

  @doc "Or.\n\n    iex> import Bitwise\n    iex> 9 ||| 3\n    11"
  @spec integer ||| integer :: integer
  def left ||| right, do: :erlang.bor(left, right)

  @doc "Exclusive or.\n\n    iex> Bitwise.bxor(9, 3)\n    10"
  @spec bxor(integer, integer) :: integer
  def bxor(left, right), do: :erlang.bxor(left, right)

  @doc false
  def unquote(:"^^^")(left, right), do: :erlang.bxor(left, right)

  @doc "Shift left; a negative count shifts right.\n\n    iex> Bitwise.bsl(1, 2)\n    4"
  @spec bsl(integer, integer) :: integer
  def bsl(left, right), do: :erlang.bsl(left, right)

  @doc "Shift left.\n\n    iex> import Bitwise\n    iex> 1 <<< 2\n    4"
  @spec integer <<< integer :: integer
  def left <<< right, do: :erlang.bsl(left, right)

  @doc "Arithmetic shift right; a negative count shifts left.\n\n    iex> Bitwise.bsr(1, -2)\n    4"
  @spec bsr(integer, integer) :: integer
  def bsr(left, right), do: :erlang.bsr(left, right)

  @doc "Arithmetic shift right.\n\n    iex> import Bitwise\n    iex> 4 >>> 2\n    1"
  @spec integer >>> integer :: integer
  def left >>> right, do: :erlang.bsr(left, right)
end
