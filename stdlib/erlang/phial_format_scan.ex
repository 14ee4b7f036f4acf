# SPDX-License-Identifier: Apache-2.0
# :phial_format_scan, formats taken apart and put together again for :io_lib.scan_format/2, unscan_format/1 and build_text/1.
# Invariant: a control with its arguments is a map, any other character stands for itself; unscanning gives back what was scanned, stars filled in.
defmodule :phial_format_scan do
  @moduledoc false

  @counts %{?~ => 0, ?n => 0, ?W => 2, ?P => 2, ?x => 2, ?X => 2}
  @known ~c"~nwpWPscfegbB+#ixX"

  def scan([?~ | rest], args) do
    {{char, width, precision, pad, unicode?, strings?}, rest} = :io_lib.control(rest)
    if char not in @known, do: :erlang.error(:badarg)
    {width, args} = filled(width, args)
    {precision, args} = filled(precision, args)
    {pad, args} = filled(pad, args)
    count = :maps.get(char, @counts, 1)
    if length(args) < count, do: :erlang.error(:badarg)
    {own, args} = :lists.split(count, args)

    spec = %{
      control_char: char,
      args: own,
      width: if(is_integer(width), do: abs(width), else: width),
      adjust: if(is_integer(width) and width < 0, do: :left, else: :right),
      precision: precision,
      pad_char: pad,
      encoding: if(unicode?, do: :unicode, else: :latin1),
      strings: strings?
    }

    [spec | scan(rest, args)]
  end

  def scan([char | rest], args), do: [char | scan(rest, args)]
  def scan([], []), do: []
  def scan([], _args), do: :erlang.error(:badarg)

  defp filled(:star, [value | args]) when is_integer(value), do: {value, args}
  defp filled(:minus_star, [value | args]) when is_integer(value), do: {-value, args}
  defp filled(star, _args) when star in [:star, :minus_star], do: :erlang.error(:badarg)
  defp filled(value, args), do: {value, args}

  def unscan([%{args: own} = spec | rest]) do
    {format, args} = unscan(rest)
    {control(spec) ++ format, own ++ args}
  end

  def unscan([char | rest]) do
    {format, args} = unscan(rest)
    {[char | format], args}
  end

  def unscan([]), do: {[], []}

  defp control(%{control_char: char, width: width, adjust: adjust, precision: precision, pad_char: pad, encoding: encoding, strings: strings?}) do
    [?~] ++
      if(adjust == :left and width != :none, do: ~c"-", else: []) ++
      number(width) ++
      ending(precision, pad) ++
      if(encoding == :unicode, do: ~c"t", else: []) ++ if(strings?, do: [], else: ~c"l") ++ [char]
  end

  defp number(:none), do: []
  defp number(n), do: :erlang.integer_to_list(n)

  defp ending(:none, ?\s), do: []
  defp ending(:none, pad), do: [?., ?., pad]
  defp ending(precision, ?\s), do: [?. | number(precision)]
  defp ending(precision, pad), do: [?. | number(precision)] ++ [?., pad]
end
