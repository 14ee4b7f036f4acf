# SPDX-License-Identifier: Apache-2.0
# Integer: arithmetic and text of integers. Invariant: division here rounds towards negative infinity, and every
# base is 2..36 (digits: any base of 2 or more).
defmodule Integer do
  @moduledoc "Functions for integers."

  import Kernel, except: [to_string: 1]

  @doc "Tells whether `integer` is odd; allowed in guards."
  defguard is_odd(integer) when is_integer(integer) and :erlang.band(integer, 1) == 1

  @doc "Tells whether `integer` is even; allowed in guards."
  defguard is_even(integer) when is_integer(integer) and :erlang.band(integer, 1) == 0

  @doc """
  Raises `base` to a non-negative `exponent`.

      iex> Integer.pow(2, 10)
      1024
  """
  @spec pow(integer, non_neg_integer) :: integer
  def pow(base, exponent) when is_integer(base) and is_integer(exponent) do
    if exponent < 0, do: :erlang.error(:badarith)
    power(base, exponent, 1)
  end

  defp power(_base, 0, acc), do: acc
  defp power(base, 1, acc), do: base * acc

  defp power(base, exponent, acc) do
    acc = if :erlang.band(exponent, 1) == 1, do: base * acc, else: acc
    power(base * base, :erlang.bsr(exponent, 1), acc)
  end

  @doc """
  The remainder with the sign of the divisor.

      iex> Integer.mod(-5, 3)
      1
  """
  @spec mod(integer, neg_integer | pos_integer) :: integer
  def mod(dividend, divisor) do
    remainder = rem(dividend, divisor)
    if (remainder < 0 and divisor > 0) or (remainder > 0 and divisor < 0), do: remainder + divisor, else: remainder
  end

  @doc """
  Divides, rounding down.

      iex> Integer.floor_div(-5, 2)
      -3
  """
  @spec floor_div(integer, neg_integer | pos_integer) :: integer
  def floor_div(dividend, divisor) do
    remainder = rem(dividend, divisor)
    quotient = div(dividend, divisor)
    if (remainder < 0 and divisor > 0) or (remainder > 0 and divisor < 0), do: quotient - 1, else: quotient
  end

  @doc """
  The greatest common divisor.

      iex> Integer.gcd(8, -12)
      4
  """
  @spec gcd(integer, integer) :: non_neg_integer
  def gcd(integer1, integer2) when is_integer(integer1) and is_integer(integer2), do: positive_gcd(abs(integer1), abs(integer2))

  defp positive_gcd(a, 0), do: a
  defp positive_gcd(a, b), do: positive_gcd(b, rem(a, b))

  @doc """
  The greatest common divisor `g` of `a` and `b` with `x` and `y` such that `a * x + b * y == g`.

      iex> Integer.extended_gcd(240, 46)
      {2, -9, 47}
  """
  @spec extended_gcd(integer, integer) :: {non_neg_integer, integer, integer}
  def extended_gcd(0, 0), do: {0, 0, 0}
  def extended_gcd(0, b) when is_integer(b), do: {b, 0, 1}
  def extended_gcd(a, 0) when is_integer(a), do: {a, 1, 0}

  def extended_gcd(a, b) when is_integer(a) and is_integer(b) do
    {g, x, y} = bezout(abs(a), abs(b), {1, 0}, {0, 1})
    {g, x * sign(a), y * sign(b)}
  end

  defp sign(n) when n < 0, do: -1
  defp sign(_n), do: 1

  defp bezout(r, 0, {x, y}, _next), do: {r, x, y}

  defp bezout(r0, r1, {x0, y0}, {x1, y1}) do
    q = div(r0, r1)
    bezout(r1, r0 - q * r1, {x1, y1}, {x0 - q * x1, y0 - q * y1})
  end

  @doc """
  Returns the digits, each with the sign of the integer.

      iex> Integer.digits(123)
      [1, 2, 3]
  """
  @spec digits(integer, pos_integer) :: [integer, ...]
  def digits(integer, base \\ 10)
  def digits(integer, base) when is_integer(integer) and is_integer(base) and base >= 2,
    do: :phial_text.integer_digits(integer, base) || digits(integer, base, [])

  defp digits(integer, base, acc) when abs(integer) < base, do: [integer | acc]
  defp digits(integer, base, acc), do: digits(div(integer, base), base, [rem(integer, base) | acc])

  @doc """
  Makes an integer of its digits.

      iex> Integer.undigits([1, 2, 3])
      123
  """
  @spec undigits([integer], pos_integer) :: integer
  def undigits(digits, base \\ 10) when is_list(digits) and is_integer(base) and base >= 2, do: undigits(digits, base, 0)

  defp undigits([digit | _], base, _acc) when is_integer(digit) and digit >= base,
    do: raise(ArgumentError, "invalid digit #{digit} in base #{base}")

  defp undigits([digit | rest], base, acc) when is_integer(digit), do: undigits(rest, base, acc * base + digit)
  defp undigits([], _base, acc), do: acc

  @doc """
  Reads an integer from the start of a string: `{integer, rest}` or `:error`.

      iex> Integer.parse("34.5")
      {34, ".5"}
  """
  @spec parse(binary, 2..36) :: {integer, binary} | :error
  def parse(binary, base \\ 10)
  def parse(_binary, base) when base not in 2..36, do: raise(ArgumentError, "invalid base #{inspect(base)}")
  def parse(binary, base) when is_binary(binary), do: :phial_text.parse_integer(binary, base)

  @doc """
  Returns the decimal text.

      iex> Integer.to_string(-123)
      "-123"
  """
  @spec to_string(integer) :: String.t()
  def to_string(integer), do: :erlang.integer_to_binary(integer)

  @doc """
  Returns the text in `base`.

      iex> Integer.to_string(255, 16)
      "FF"
  """
  @spec to_string(integer, 2..36) :: String.t()
  def to_string(integer, base), do: :erlang.integer_to_binary(integer, base)

  @doc """
  Returns the decimal text as a charlist.

      iex> Integer.to_charlist(-1)
      '-1'
  """
  @spec to_charlist(integer) :: charlist
  def to_charlist(integer), do: :erlang.integer_to_list(integer)

  @doc """
  Returns the text in `base` as a charlist.

      iex> Integer.to_charlist(255, 16)
      'FF'
  """
  @spec to_charlist(integer, 2..36) :: charlist
  def to_charlist(integer, base), do: :erlang.integer_to_list(integer, base)

  @doc false
  @deprecated "Use Integer.to_charlist/1 instead"
  def to_char_list(integer), do: :erlang.integer_to_list(integer)

  @doc false
  @deprecated "Use Integer.to_charlist/2 instead"
  def to_char_list(integer, base), do: to_charlist(integer, base)
end
