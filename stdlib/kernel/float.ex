# SPDX-License-Identifier: Apache-2.0
# Float: rounding, reading and writing floats. Invariant: rounding to a precision works on the exact value of
# the float (a ratio of integers), so its result is the float nearest to the exact decimal answer.
defmodule Float do
  @moduledoc "Functions for floats."

  import Kernel, except: [round: 1, to_string: 1, floor: 1, ceil: 1]

  @type precision_range :: 0..15

  @doc "Returns the greatest float."
  @spec max_finite :: float
  def max_finite, do: 1.7976931348623157e308

  @doc "Returns the least float."
  @spec min_finite :: float
  def min_finite, do: -1.7976931348623157e308

  @doc """
  Raises to a power.

      iex> Float.pow(2.0, 3)
      8.0
  """
  @spec pow(float, number) :: float
  def pow(base, exponent) when is_float(base) and is_number(exponent), do: :math.pow(base, exponent)

  @doc """
  Reads a float from the start of a string: `{float, rest}` or `:error`.

      iex> Float.parse("34.25kg")
      {34.25, "kg"}
  """
  @spec parse(binary) :: {float, binary} | :error
  def parse("-" <> rest = binary), do: parse_signed(binary, rest, 1)
  def parse("+" <> rest = binary), do: parse_signed(binary, rest, 1)
  def parse(binary) when is_binary(binary), do: parse_signed(binary, binary, 0)

  defp parse_signed(binary, unsigned, sign_size) do
    case :phial_text.digits(unsigned, 10) do
      0 -> :error
      whole -> parse_fraction(binary, sign_size + whole)
    end
  end

  defp parse_fraction(binary, whole) do
    <<number::binary-size(whole), rest::binary>> = binary

    case rest do
      <<".", digit, _::binary>> when digit in ?0..?9 ->
        "." <> after_point = rest
        size = :phial_text.digits(after_point, 10)
        <<fraction::binary-size(size), rest::binary>> = after_point
        parse_exponent(number, fraction, rest)

      _ ->
        parse_exponent(number, "0", rest)
    end
  end

  defp parse_exponent(number, fraction, <<e, rest::binary>> = all) when e in [?e, ?E] do
    {sign, unsigned} = exponent_sign(rest)

    case :phial_text.digits(unsigned, 10) do
      0 ->
        to_float(number, fraction, "0", all)

      size ->
        <<exponent::binary-size(size), rest::binary>> = unsigned
        to_float(number, fraction, sign <> exponent, rest)
    end
  end

  defp parse_exponent(number, fraction, rest), do: to_float(number, fraction, "0", rest)

  defp exponent_sign("-" <> rest), do: {"-", rest}
  defp exponent_sign("+" <> rest), do: {"", rest}
  defp exponent_sign(rest), do: {"", rest}

  defp to_float(number, fraction, exponent, rest) do
    try do
      {:erlang.binary_to_float(number <> "." <> fraction <> "e" <> exponent), rest}
    rescue
      ArgumentError -> :error
    end
  end

  # Rounding

  @doc """
  Rounds down, to `precision` digits after the point.

      iex> Float.floor(34.25, 1)
      34.2
  """
  @spec floor(float, precision_range) :: float
  def floor(number, precision \\ 0)
  def floor(number, 0) when is_float(number), do: :math.floor(number)
  def floor(number, precision) when is_float(number) and precision in 0..15, do: round_to(number, precision, :floor)
  def floor(number, precision) when is_float(number), do: bad_precision(precision)

  @doc """
  Rounds up, to `precision` digits after the point.

      iex> Float.ceil(34.25, 1)
      34.3
  """
  @spec ceil(float, precision_range) :: float
  def ceil(number, precision \\ 0)
  def ceil(number, 0) when is_float(number), do: :math.ceil(number)
  def ceil(number, precision) when is_float(number) and precision in 0..15, do: round_to(number, precision, :ceil)
  def ceil(number, precision) when is_float(number), do: bad_precision(precision)

  @doc """
  Rounds to the nearest, to `precision` digits after the point; halves go away from zero.

      iex> Float.round(5.5674, 3)
      5.567
  """
  @spec round(float, precision_range) :: float
  def round(float, precision \\ 0)
  def round(float, 0) when is_float(float), do: round_whole(float)
  def round(float, precision) when is_float(float) and precision in 0..15, do: round_to(float, precision, :half_up)
  def round(float, precision) when is_float(float), do: bad_precision(precision)

  # To 0 digits no zero is negative; to more digits a negative zero stays itself.
  defp round_whole(float), do: :erlang.float(:erlang.round(float))

  defp bad_precision(precision),
    do: raise(ArgumentError, "precision #{precision} is out of valid range of 0..15")

  # From 2^52 on a float has no fraction.
  defp round_to(float, _precision, _mode) when float >= 4_503_599_627_370_496.0 or float <= -4_503_599_627_370_496.0, do: float

  defp round_to(float, _precision, _mode) when float == 0.0, do: float

  defp round_to(float, precision, mode) do
    {numerator, denominator} = ratio(float)
    scale = Integer.pow(10, precision)
    scaled = abs(numerator) * scale
    whole = div(scaled, denominator)
    left = rem(scaled, denominator)
    negative = numerator < 0

    rounded = if left > 0 and up?(mode, negative, left * 2 >= denominator), do: whole + 1, else: whole
    decimal(rounded, precision, negative)
  end

  # Whether the magnitude grows.
  defp up?(:floor, negative, _half), do: negative
  defp up?(:ceil, negative, _half), do: not negative
  defp up?(:half_up, _negative, half), do: half

  defp decimal(0, _precision, _negative), do: 0.0

  defp decimal(digits, precision, negative) do
    text = :erlang.integer_to_binary(digits)
    float = :erlang.binary_to_float(text <> ".0e-" <> :erlang.integer_to_binary(precision))
    if negative, do: -float, else: float
  end

  @doc """
  Returns the exact value as numerator and denominator.

      iex> Float.ratio(0.75)
      {3, 4}
  """
  @spec ratio(float) :: {integer, pos_integer}
  def ratio(0.0), do: {0, 1}

  def ratio(float) when is_float(float) do
    <<sign::1, exponent::11, mantissa::52>> = <<float::float>>
    {mantissa, exponent} = if exponent == 0, do: {mantissa, -1074}, else: {mantissa + 4_503_599_627_370_496, exponent - 1075}
    mantissa = if sign == 1, do: -mantissa, else: mantissa
    reduce(mantissa, exponent)
  end

  defp reduce(mantissa, exponent) when exponent >= 0, do: {:erlang.bsl(mantissa, exponent), 1}

  defp reduce(mantissa, exponent) when :erlang.band(mantissa, 1) == 0, do: reduce(div(mantissa, 2), exponent + 1)
  defp reduce(mantissa, exponent), do: {mantissa, :erlang.bsl(1, -exponent)}

  # Text

  @doc """
  Returns the shortest text that reads back as the same float.

      iex> Float.to_string(7.0)
      "7.0"
  """
  @spec to_string(float) :: String.t()
  def to_string(float) when is_float(float), do: :erlang.float_to_binary(float, [:short])

  @doc """
  Returns the shortest text, as a charlist.

      iex> Float.to_charlist(7.0)
      '7.0'
  """
  @spec to_charlist(float) :: charlist
  def to_charlist(float) when is_float(float), do: :erlang.float_to_list(float, [:short])

  @doc false
  @deprecated "Use Float.to_charlist/1 instead"
  def to_char_list(float), do: :erlang.float_to_list(float, [:short])

  @doc false
  @deprecated "Use :erlang.float_to_list/2 instead"
  def to_char_list(float, options), do: :erlang.float_to_list(float, expand_compact(options))

  @doc false
  @deprecated "Use :erlang.float_to_binary/2 instead"
  def to_string(float, options), do: :erlang.float_to_binary(float, expand_compact(options))

  defp expand_compact([{:compact, false} | t]), do: expand_compact(t)
  defp expand_compact([{:compact, true} | t]), do: [:compact | expand_compact(t)]
  defp expand_compact([h | t]), do: [h | expand_compact(t)]
  defp expand_compact([]), do: []
end
