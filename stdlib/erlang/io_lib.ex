# SPDX-License-Identifier: Apache-2.0
#
# :io_lib, Erlang's formatting: the control sequences of format/2 and the printing of terms as
# Erlang writes them. Invariant: everything here is pure and yields deep character data;
# a wrong format or argument is a badarg.

defmodule :io_lib do
  @moduledoc "Formatting of Erlang terms and of text with control sequences."

  @line_length 80
  @reserved ~w(after and andalso band begin bnot bor bsl bsr bxor case catch cond div end fun if
               let not of or orelse receive rem try when xor)a

  # -- format -----------------------------------------------------------------------------

  def fwrite(format, args), do: format(format, args)
  def fwrite(format, args, _options), do: format(format, args)
  def format(format, args, _options), do: format(format, args)

  @doc "Formats `args` under the control of `format`."
  def format(format, args) when is_list(args) do
    segments(chars_of(format), args, 0, [])
  end

  def format(_format, _args), do: :erlang.error(:badarg)

  defp chars_of(format) when is_list(format), do: :unicode.characters_to_list(format)
  defp chars_of(format) when is_atom(format), do: :erlang.atom_to_list(format)
  # A binary format is one of bytes.
  defp chars_of(format) when is_binary(format), do: :erlang.binary_to_list(format)
  defp chars_of(_), do: :erlang.error(:badarg)

  # `col` is the column where the next segment starts, which pretty printing needs.
  defp segments([], [], _col, acc), do: :lists.reverse(acc)
  defp segments([], _, _col, _acc), do: :erlang.error(:badarg)

  defp segments([?~ | rest], args, col, acc) do
    {control, rest} = control(rest)
    {text, left} = render(control, args, col)
    segments(rest, left, advance(text, col), push(text, single_chars?(elem(control, 0), args), acc))
  end

  defp segments(chars, args, col, acc) do
    {plain, rest} = Enum.split_while(chars, &(&1 != ?~))
    segments(rest, args, advance(plain, col), :lists.reverse(plain, acc))
  end

  # As in Erlang, what is short stands character by character in the list, what may be long as a list of its own.
  defp single_chars?(?s, [text | _]), do: is_atom(text)
  defp single_chars?(char, _args), do: char in [?~, ?n, ?c, ?f, ?e, ?g, ?b, ?B, ?x, ?X, ?+, ?#]

  defp push([], _single?, acc), do: acc
  defp push(text, true, acc), do: :lists.reverse(:lists.flatten(flat(text)), acc)
  defp push(text, false, acc), do: [text | acc]

  defp advance(text, col), do: column(:lists.flatten(flat(text)), col)

  defp column([], col), do: col
  defp column([?\n | rest], _col), do: column(rest, 0)
  defp column([_ | rest], col), do: column(rest, col + 1)

  defp flat(text) when is_binary(text), do: :unicode.characters_to_list(text)
  defp flat(text), do: :unicode.characters_to_list(text)

  def scan_format(format, args) when is_list(args), do: :phial_format_scan.scan(chars_of(format), args)
  def unscan_format(scanned), do: :phial_format_scan.unscan(scanned)

  def build_text(scanned) do
    {format, args} = unscan_format(scanned)
    format(format, args)
  end

  def build_text(scanned, _options), do: build_text(scanned)

  # {character, width, precision, pad, unicode?, strings?}
  @doc false
  def control(chars) do
    {width, chars} = width(chars)
    {precision, chars} = precision(chars)
    {pad, chars} = pad(chars)
    modifiers(chars, {width, precision, pad, false, true})
  end

  defp width([?- | rest]) do
    case number(rest) do
      {n, rest} when is_integer(n) -> {-n, rest}
      {:star, rest} -> {:minus_star, rest}
      {:none, rest} -> {:none, rest}
    end
  end

  defp width(chars), do: number(chars)

  defp precision([?. | rest]), do: number(rest)
  defp precision(chars), do: {:none, chars}

  defp pad([?., ?t, char | rest]) when char >= 128, do: {char, rest}
  defp pad([?., ?* | rest]), do: {:star, rest}
  defp pad([?., char | rest]), do: {char, rest}
  defp pad(chars), do: {?\s, chars}

  defp number([?* | rest]), do: {:star, rest}

  defp number(chars) do
    case Enum.split_while(chars, &(&1 in ?0..?9)) do
      {[], rest} -> {:none, rest}
      {digits, rest} -> {:erlang.list_to_integer(digits), rest}
    end
  end

  defp modifiers([?t | rest], {w, p, pad, _, s}), do: modifiers(rest, {w, p, pad, true, s})
  defp modifiers([?l | rest], {w, p, pad, u, _}), do: modifiers(rest, {w, p, pad, u, false})
  defp modifiers([char | rest], {w, p, pad, u, s}), do: {{char, w, p, pad, u, s}, rest}
  defp modifiers([], _), do: :erlang.error(:badarg)

  defp render({c, :star, p, pad, u, s}, [w | args], col) when is_integer(w),
    do: render({c, w, p, pad, u, s}, args, col)

  defp render({c, :minus_star, p, pad, u, s}, [w | args], col) when is_integer(w),
    do: render({c, -w, p, pad, u, s}, args, col)

  defp render({c, w, :star, pad, u, s}, [p | args], col) when is_integer(p),
    do: render({c, w, p, pad, u, s}, args, col)

  defp render({c, w, p, :star, u, s}, [pad | args], col) when is_integer(pad),
    do: render({c, w, p, pad, u, s}, args, col)

  # A `*` whose argument is no integer.
  defp render({_, w, p, pad, _, _}, _args, _col) when w in [:star, :minus_star] or p == :star or pad == :star,
    do: :erlang.error(:badarg)

  defp render({?~, w, p, pad, _, _}, args, _col), do: {fill_char(?~, w, p, pad), args}

  defp render({?n, w, _, _, _, _}, args, _col),
    do: {:lists.duplicate(if(is_integer(w), do: w, else: 1), ?\n), args}

  defp render({?i, _, _, _, _, _}, [_ | args], _col), do: {[], args}

  defp render({?c, w, p, pad, u, _}, [char | args], _col) when is_integer(char) do
    char = if u, do: char, else: :erlang.band(char, 255)
    {fill_char(char, w, p, pad), args}
  end

  defp render({?s, w, p, pad, u, _}, [text | args], _col),
    do: {string(text_of(text, u), w, p, pad), args}

  defp render({?w, w, p, pad, u, _}, [term | args], _col),
    do: {term(write(term, -1, u), w, p, pad), args}

  defp render({?W, w, p, pad, u, _}, [term, depth | args], _col) when is_integer(depth),
    do: {term(write(term, depth, u), w, p, pad), args}

  defp render({?p, w, p, _pad, u, s}, [term | args], col),
    do: {:phial_pretty.print(term, start(p, col), line(w), -1, u, s), args}

  defp render({?P, w, p, _pad, u, s}, [term, depth | args], col) when is_integer(depth),
    do: {:phial_pretty.print(term, start(p, col), line(w), depth, u, s), args}

  defp render({?f, w, p, pad, _, _}, [x | args], _col) when is_float(x) do
    p = if p == :none, do: 6, else: p
    if p < 1, do: :erlang.error(:badarg)
    {term(float_f(x, p), w, :none, pad), args}
  end

  defp render({?e, w, p, pad, _, _}, [x | args], _col) when is_float(x),
    do: {term(float_e(x, digits(p)), w, :none, pad), args}

  defp render({?g, w, p, pad, _, _}, [x | args], _col) when is_float(x),
    do: {term(float_g(x, digits(p)), w, :none, pad), args}

  defp render({c, w, p, pad, _, _}, [n | args], _col) when c in [?b, ?B] and is_integer(n),
    do: {term(integer(n, base(p), c == ?B), w, :none, pad), args}

  defp render({c, w, p, pad, _, _}, [n | args], _col) when c in [?+, ?#] and is_integer(n) do
    base = base(p)
    prefix = :erlang.integer_to_list(base) ++ ~c"#"
    {term(prefixed(n, base, prefix, c == ?#), w, :none, pad), args}
  end

  defp render({c, w, p, pad, _, _}, [n, prefix | args], _col)
       when c in [?x, ?X] and is_integer(n) do
    prefix = prefix_of(prefix)
    {term(prefixed(n, base(p), prefix, c == ?X), w, :none, pad), args}
  end

  defp render(_control, _args, _col), do: :erlang.error(:badarg)

  defp prefix_of(atom) when is_atom(atom), do: :erlang.atom_to_list(atom)
  defp prefix_of(text) when is_list(text), do: :lists.flatten(text)
  defp prefix_of(_), do: :erlang.error(:badarg)

  defp start(:none, col), do: col
  defp start(p, _col), do: p - 1
  defp line(:none), do: @line_length
  defp line(width), do: abs(width)

  defp digits(:none), do: 6
  defp digits(p) when p > 1, do: p
  defp digits(_), do: :erlang.error(:badarg)

  defp base(:none), do: 10
  defp base(p) when p in 2..36, do: p
  defp base(_), do: :erlang.error(:badarg)

  defp integer(n, base, true), do: :erlang.integer_to_list(n, base)
  defp integer(n, base, false), do: lower(:erlang.integer_to_list(n, base))

  defp prefixed(n, base, prefix, upper?) when n < 0,
    do: [?- | prefix] ++ integer(-n, base, upper?)

  defp prefixed(n, base, prefix, upper?), do: prefix ++ integer(n, base, upper?)

  defp lower(chars), do: for(c <- chars, do: if(c in ?A..?Z, do: c + 32, else: c))

  # -- fields -----------------------------------------------------------------------------

  defp text_of(atom, _u) when is_atom(atom), do: :erlang.atom_to_list(atom)
  defp text_of(text, true) when is_binary(text), do: decoded(text)
  defp text_of(text, false) when is_binary(text), do: :erlang.binary_to_list(text)
  defp text_of(text, true) when is_list(text), do: decoded(text)

  defp text_of(text, false) when is_list(text) do
    for c <- :lists.flatten(bytes(text)), do: if(is_integer(c) and c < 256, do: c, else: :erlang.error(:badarg))
  end

  defp text_of(_text, _u), do: :erlang.error(:badarg)

  defp bytes([]), do: []
  defp bytes([h | t]), do: [bytes(h) | bytes(t)]
  defp bytes(b) when is_binary(b), do: :erlang.binary_to_list(b)
  defp bytes(other), do: other

  # What is no UTF-8 is taken as Latin-1.
  defp decoded(text) do
    case :unicode.characters_to_list(text) do
      chars when is_list(chars) -> chars
      _ when is_binary(text) -> :erlang.binary_to_list(text)
      _ -> :erlang.error(:badarg)
    end
  end

  defp fill_char(char, :none, :none, _), do: [char]
  defp fill_char(char, :none, p, _), do: :lists.duplicate(p, char)
  defp fill_char(char, w, :none, _), do: :lists.duplicate(abs(w), char)
  defp fill_char(char, w, p, pad), do: adjust(:lists.duplicate(p, char), w, pad)

  # A precision makes the text exactly so long, on its right; a width adjusts that.
  defp string(chars, :none, :none, _), do: chars
  defp string(chars, w, :none, pad), do: adjust(Enum.take(chars, abs(w)), w, pad)
  defp string(chars, :none, p, pad), do: adjust(Enum.take(chars, p), -p, pad)
  defp string(chars, w, p, pad) when abs(w) == p, do: string(chars, w, :none, pad)
  defp string(chars, w, p, pad) when abs(w) > p, do: adjust(string(chars, :none, p, pad), w, pad)
  defp string(_chars, _w, _p, _pad), do: :erlang.error(:badarg)

  # A term that does not fit its field is stars.
  defp term(chars, :none, :none, _), do: chars
  defp term(chars, :none, p, pad), do: term(chars, p, p, pad)
  defp term(chars, w, :none, pad), do: term(chars, w, abs(w), pad)

  defp term(chars, w, p, pad) do
    chars = flat(chars)
    room = min(abs(w), p)

    if length(chars) > room,
      do: adjust(:lists.duplicate(room, ?*), w, pad),
      else: adjust(chars, w, pad)
  end

  defp adjust(chars, width, pad) do
    missing = abs(width) - length(chars)

    cond do
      missing <= 0 -> chars
      width < 0 -> chars ++ :lists.duplicate(missing, pad)
      true -> :lists.duplicate(missing, pad) ++ chars
    end
  end

  # -- floats -----------------------------------------------------------------------------

  # Both work on the 21 digits that Erlang writes of a float, rounding halves up; {sign, digits, exponent}.
  defp decimal(x) do
    {sign, [unit, ?. | rest]} =
      case :erlang.float_to_list(x) do
        [?- | chars] -> {[?-], chars}
        chars -> {[], chars}
      end

    {digits, [?e | exponent]} = Enum.split_while(rest, &(&1 != ?e))
    {sign, [unit | digits], :erlang.list_to_integer(exponent)}
  end

  # The first `count` digits; when a carry makes one more, the exponent grows.
  defp rounded(digits, exponent, count) do
    {kept, rest} = Enum.split(digits, max(count, 0))
    up = if count >= 0 and rest != [] and hd(rest) >= ?5, do: 1, else: 0
    value = :erlang.list_to_integer([?0 | kept]) + up
    chars = if kept == [] and up == 0, do: [], else: :erlang.integer_to_list(value)

    if length(chars) > length(kept),
      do: {chars, exponent + 1},
      else: {:lists.duplicate(length(kept) - length(chars), ?0) ++ chars, exponent}
  end

  defp float_f(x, decimals) do
    {sign, digits, exponent} = decimal(x)
    {digits, exponent} = rounded(digits, exponent, exponent + 1 + decimals)

    {whole, part} =
      if exponent < 0,
        do: {~c"0", :lists.duplicate(min(-exponent - 1, decimals), ?0) ++ digits},
        else: digits |> padded(exponent + 1) |> Enum.split(exponent + 1)

    sign ++ whole ++ [?. | Enum.take(padded(part, decimals), decimals)]
  end

  defp padded(digits, count), do: digits ++ :lists.duplicate(max(count - length(digits), 0), ?0)

  # Erlang's exponent has a sign and no leading zeros.
  defp float_e(x, digits) do
    {sign, shown, exponent} = decimal(x)
    {[unit | rest], exponent} = rounded(shown, exponent, digits)
    power = :erlang.integer_to_list(abs(exponent))
    sign ++ [unit, ?. | Enum.take(padded(rest, digits - 1), digits - 1)] ++ [?e, if(exponent < 0, do: ?-, else: ?+) | power]
  end

  defp float_g(x, digits) do
    size = abs(x)

    exponent =
      cond do
        size < 0.1 -> :small
        size < 1.0 -> -1
        size < 10.0 -> 0
        size < 100.0 -> 1
        size < 1000.0 -> 2
        size < 10000.0 -> 3
        true -> :large
      end

    cond do
      is_atom(exponent) or digits <= exponent + 1 -> float_e(x, digits)
      true -> float_f(x, max(digits - 1 - exponent, 1))
    end
  end

  # -- terms ------------------------------------------------------------------------------

  def print(term), do: print(term, 1, @line_length, -1)

  def print(term, column, line_length, depth),
    do: :phial_pretty.print(term, column - 1, line_length, depth, false, true)

  def write(term), do: write(term, -1, false)
  def write(term, depth) when is_integer(depth), do: write(term, depth, false)

  def write(term, options) when is_list(options),
    do: write(term, Keyword.get(options, :depth, -1), Keyword.get(options, :encoding) in [:utf8, :unicode])

  def write(_term, 0, _u), do: ~c"..."
  def write(term, _d, _u) when is_integer(term), do: :erlang.integer_to_list(term)
  def write(term, _d, _u) when is_float(term), do: :erlang.float_to_list(term, [:short])
  def write(term, _d, u) when is_atom(term), do: atom(term, u)
  def write(term, _d, _u) when is_pid(term), do: :erlang.pid_to_list(term)
  def write(term, _d, _u) when is_reference(term), do: :erlang.ref_to_list(term)
  def write(term, _d, _u) when is_port(term), do: :erlang.port_to_list(term)
  def write([], _d, _u), do: ~c"[]"
  def write({}, _d, _u), do: ~c"{}"

  def write(term, d, u) when is_list(term) do
    if d == 1, do: ~c"[...]", else: [?[, write(hd(term), d - 1, u), tail(tl(term), d - 1, u)]
  end

  def write(term, 1, _u) when is_tuple(term), do: ~c"{...}"

  def write(term, d, u) when is_tuple(term) do
    [first | rest] = :erlang.tuple_to_list(term)
    [?{, write(first, d - 1, u), elements(rest, d - 1, u), ?}]
  end

  def write(term, d, _u) when is_map(term) and (d == 1 or map_size(term) == 0), do: ~c"\#{}"

  def write(term, d, u) when is_map(term) do
    [first | rest] = :phial_maps.iteration_list(term)
    [?#, ?{, pair(first, d - 1, u), pairs(rest, d - 1, d - 1, u), ?}]
  end

  def write(term, d, _u) when is_bitstring(term), do: bits(term, d)

  def write(term, _d, _u) when is_function(term) do
    {:type, type} = :erlang.fun_info(term, :type)

    if type == :external do
      {:module, m} = :erlang.fun_info(term, :module)
      {:name, f} = :erlang.fun_info(term, :name)
      {:arity, a} = :erlang.fun_info(term, :arity)
      [~c"fun ", atom(m, false), ?:, atom(f, false), ?/, :erlang.integer_to_list(a)]
    else
      :erlang.fun_to_list(term)
    end
  end

  defp tail([], _d, _u), do: [?]]
  defp tail(_, 1, _u), do: ~c"|...]"
  defp tail([h | t], d, u), do: [?,, write(h, d - 1, u), tail(t, d - 1, u)]
  defp tail(other, d, u), do: [?|, write(other, d - 1, u), ?]]

  defp elements([], _d, _u), do: []
  defp elements(_, 1, _u), do: ~c",..."
  defp elements([h | t], d, u), do: [?,, write(h, d - 1, u), elements(t, d - 1, u)]

  # Every pair is written to the same depth; how many there are is what `left` counts.
  defp pairs(_, 1, _d, _u), do: ~c",..."
  defp pairs([], _left, _d, _u), do: []
  defp pairs([pair | rest], left, d, u), do: [?,, pair(pair, d, u) | pairs(rest, left - 1, d, u)]

  defp pair({key, value}, d, u), do: [write(key, d, u), ~c" => ", write(value, d, u)]

  @doc false
  def bits(<<>>, _d), do: ~c"<<>>"
  def bits(_, 1), do: ~c"<<...>>"
  def bits(bits, d), do: [~c"<<", octets(bits, d), ~c">>"]

  defp octets(_, 1), do: ~c"..."
  defp octets(<<byte>>, _d), do: :erlang.integer_to_list(byte)

  defp octets(<<byte, rest::bitstring>>, d),
    do: [:erlang.integer_to_list(byte), ?, | octets(rest, d - 1)]

  defp octets(rest, _d) do
    size = bit_size(rest)
    <<value::size(size)>> = rest
    [:erlang.integer_to_list(value), ?:, :erlang.integer_to_list(size)]
  end

  # -- atoms, strings, characters ---------------------------------------------------------

  def write_atom(atom), do: atom(atom, true)
  def write_atom_as_latin1(atom), do: atom(atom, false)

  defp atom(atom, u) do
    chars = :erlang.atom_to_list(atom)
    if quote_atom(atom, chars), do: quoted(chars, ?', u), else: chars
  end

  @doc "Tells whether an atom is written with quotes."
  def quote_atom(atom, [c | rest]) when c in ?a..?z or (c in 0xDF..0xFF and c != 0xF7),
    do: atom in @reserved or not Enum.all?(rest, &name_char?/1)

  def quote_atom(_atom, _chars), do: true

  defp name_char?(c) do
    c in ?a..?z or c in ?A..?Z or c in ?0..?9 or c == ?_ or c == ?@ or
      (c in 0xC0..0xFF and c != 0xD7 and c != 0xF7)
  end

  def write_string(string), do: write_string(string, ?")
  def write_string(string, []), do: escaped(string, [], true)
  def write_string(string, quote), do: quoted(string, quote, true)
  def write_unicode_string(string), do: write_string(string)
  def write_latin1_string(string), do: quoted(string, ?", false)
  def write_string_as_latin1(string), do: write_latin1_string(string)

  defp quoted(chars, quote, u) when is_list(chars), do: [quote | :lists.flatten([escaped(chars, quote, u), quote])]

  def write_char(?\s), do: ~c"$\\s"
  def write_char(char), do: [?$ | :lists.flatten(escaped([char], ?', true))]
  def write_unicode_char(char), do: write_char(char)
  def write_latin1_char(char), do: write_char(char)
  def write_char_as_latin1(char), do: [?$ | :lists.flatten(escaped([char], ?', false))]

  @doc false
  def escaped(chars, quote, u), do: Enum.map(chars, &escape(&1, quote, u))

  defp escape(quote, quote, _u), do: [?\\, quote]
  defp escape(?\\, _, _u), do: ~c"\\\\"
  defp escape(?\n, _, _u), do: ~c"\\n"
  defp escape(?\t, _, _u), do: ~c"\\t"
  defp escape(?\r, _, _u), do: ~c"\\r"
  defp escape(?\v, _, _u), do: ~c"\\v"
  defp escape(?\b, _, _u), do: ~c"\\b"
  defp escape(?\f, _, _u), do: ~c"\\f"
  defp escape(?\e, _, _u), do: ~c"\\e"
  defp escape(?\d, _, _u), do: ~c"\\d"
  defp escape(c, _, _u) when c < 32 or c in 0x80..0x9F, do: octal(c)
  defp escape(c, _, false) when c > 255, do: [~c"\\x{", :erlang.integer_to_list(c, 16), ?}]
  defp escape(c, _, _u), do: c

  defp octal(c) do
    digits = :erlang.integer_to_list(c, 8)
    [?\\, :lists.duplicate(3 - length(digits), ?0), digits]
  end

  # -- predicates -------------------------------------------------------------------------

  def printable_list(list), do: printable_latin1_list(list)
  def printable_latin1_list(list), do: all?(list, &latin1?/1)

  def printable_unicode_list(list) do
    all?(list, fn c ->
      latin1?(c) or c in 0x100..0xD7FF or c in 0xE000..0xFFFD or c in 0x10000..0x10FFFF
    end)
  end

  defp latin1?(c) when is_integer(c), do: c in 32..126 or c in 160..255 or c in 8..13 or c == 27
  defp latin1?(_), do: false

  def char_list(list), do: all?(list, &(is_integer(&1) and &1 in 0..0x10FFFF))
  def latin1_char_list(list), do: all?(list, &(is_integer(&1) and &1 in 0..255))
  def deep_char_list(list), do: is_list(list) and deep?(list, 0x10FFFF)
  def deep_latin1_char_list(list), do: is_list(list) and deep?(list, 255)

  defp all?([], _), do: true
  defp all?([h | t], test), do: test.(h) and all?(t, test)
  defp all?(_, _), do: false

  defp deep?([], _max), do: true
  defp deep?([h | t], max) when is_list(h), do: deep?(h, max) and deep?(t, max)
  defp deep?([h | t], max) when is_integer(h), do: h in 0..max and deep?(t, max)
  defp deep?(_, _), do: false

  # -- small things -----------------------------------------------------------------------

  def nl, do: ~c"\n"
  def chars_length(chars), do: length(flat(chars))
  def indentation(text, from), do: column(flat(text), from)
  def format_prompt(prompt), do: format_prompt(prompt, :latin1)
  def format_prompt({:format, format, args}, _encoding), do: format(format, args)

  def format_prompt(prompt, _encoding) when is_atom(prompt) or is_list(prompt) or is_binary(prompt),
    do: text_of(prompt, true)

  def format_prompt(prompt, _encoding), do: write(prompt)

  @doc "As `fread/2`, of text that comes in parts: `{:more, continuation}` or `{:done, result, rest}`; `:eof` is the end."
  def fread(continuation, chars, format), do: :phial_fread.read_on(continuation, chars, chars_of(format))

  @doc "Reads `text` under the control of `format`; see :phial_fread."
  def fread(format, text), do: :phial_fread.read(chars_of(format), chars_of(text))
end
