# SPDX-License-Identifier: Apache-2.0
# :erl_scan, the tokens of Erlang's syntax: for :file.consult/1, :io.read/2 and whoever reads Erlang terms from text.
# Invariant: a token is {kind, line} or {kind, line, value}, and an error names the line where the token that is wrong begins.
defmodule :erl_scan do
  @moduledoc "Erlang's scanner."

  @reserved [:after, :begin, :case, :try, :cond, :catch, :andalso, :orelse, :end, :fun, :if, :let, :of, :receive, :when, :bnot, :not, :div, :rem] ++
              [:band, :and, :bor, :bxor, :bsl, :bsr, :or, :xor]

  @three [~c"=:=", ~c"=/=", ~c"...", ~c"<<-", ~c"<=="]
  @two [~c"<<", ~c">>", ~c"->", ~c"<-", ~c"<=", ~c"=>", ~c":=", ~c"||", ~c"++", ~c"--", ~c"==", ~c"/=", ~c"=<", ~c">=", ~c"::", ~c".."]
  @one ~c"{}[]()<>,;:|#/*+-=!?^&~`@\\$"

  defguardp is_digit(c) when c in ?0..?9
  defguardp is_lower(c) when c in ?a..?z or (c in 0xDF..0xFF and c != 0xF7)
  defguardp is_upper(c) when c in ?A..?Z or c == ?_ or (c in 0xC0..0xDE and c != 0xD7)
  defguardp is_name(c) when is_digit(c) or is_lower(c) or is_upper(c) or c == ?@

  def string(text), do: string(text, 1)
  def string(text, line), do: string(text, line, [])
  def string(text, line, _options) when is_list(text), do: scan(text, line, [])

  def reserved_word(word), do: word in @reserved

  # The accessors of a token.
  def category(token), do: :erlang.element(1, token)
  def line(token), do: :erlang.element(2, token)
  def location(token), do: :erlang.element(2, token)
  def symbol(token), do: :erlang.element(:erlang.min(3, :erlang.tuple_size(token)) |> symbol_place(), token)

  defp symbol_place(3), do: 3
  defp symbol_place(_), do: 1

  def format_error({:string, quote, text}), do: ["unterminated ", what(quote), " starting with ", :io_lib.write_string(text, quote)]
  def format_error({:illegal, kind}), do: ~c"illegal " ++ :erlang.atom_to_list(kind)
  def format_error(:char), do: ~c"unterminated character"
  def format_error({:base, base}), do: ~c"illegal base '" ++ :erlang.integer_to_list(base) ++ ~c"'"
  def format_error(other), do: :io_lib.write(other)

  defp what(?'), do: "atom"
  defp what(_), do: "string"

  # A space is also the end of a text whose last token it is.

  defp scan([], line, tokens), do: {:ok, :lists.reverse(tokens), line}
  defp scan([?\n | rest], line, tokens), do: scan(rest, line + 1, tokens)
  defp scan([c | rest], line, tokens) when c <= ?\s or c in 0x80..0xA0, do: scan(rest, line, tokens)
  defp scan([?% | rest], line, tokens), do: scan(:lists.dropwhile(&(&1 != ?\n), rest), line, tokens)

  defp scan([c | _] = text, line, tokens) when is_lower(c) do
    {name, rest} = name(text)
    word = :erlang.list_to_atom(name)
    scan(rest, line, [if(word in @reserved, do: {word, line}, else: {:atom, line, word}) | tokens])
  end

  defp scan([c | _] = text, line, tokens) when is_upper(c) do
    {name, rest} = name(text)
    scan(rest, line, [{:var, line, :erlang.list_to_atom(name)} | tokens])
  end

  defp scan([c | _] = text, line, tokens) when is_digit(c), do: number(text, line, tokens)
  defp scan([quote | rest], line, tokens) when quote in [?", ?'], do: quoted(rest, quote, line, line, [], tokens)
  defp scan([?$ | rest], line, tokens), do: character(rest, line, tokens)
  defp scan([?.], line, tokens), do: scan([], line, [{:dot, line} | tokens])
  defp scan([?., c | rest], line, tokens) when c <= ?\s or c == ?%, do: scan([c | rest], line, [{:dot, line} | tokens])
  defp scan([a, b, c | rest], line, tokens) when [a, b, c] in @three, do: scan(rest, line, [{:erlang.list_to_atom([a, b, c]), line} | tokens])
  defp scan([a, b | rest], line, tokens) when [a, b] in @two, do: scan(rest, line, [{:erlang.list_to_atom([a, b]), line} | tokens])
  defp scan([c | rest], line, tokens) when c in @one or c == ?., do: scan(rest, line, [{:erlang.list_to_atom([c]), line} | tokens])
  defp scan([_ | _], line, _tokens), do: {:error, {line, :erl_scan, {:illegal, :character}}, line}

  defp name(text), do: :lists.splitwith(fn c -> is_name(c) end, text)

  # Numbers: 12, 1_000, 16#ff, 1.5, 1.5e-3

  defp number(text, line, tokens) do
    {digits, rest} = digits(text, &(&1 in ?0..?9))

    case rest do
      [?., c | _] when is_digit(c) -> fraction(digits, tl(rest), line, tokens)
      [?#, c | _] when is_name(c) -> based(:erlang.list_to_integer(digits), tl(rest), line, tokens)
      _ -> scan(rest, line, [{:integer, line, :erlang.list_to_integer(digits)} | tokens])
    end
  end

  defp digits(text, digit?) do
    {digits, rest} = :lists.splitwith(digit?, text)

    case rest do
      [?_, c | _] when digits != [] ->
        if digit?.(c) do
          {more, rest} = digits(tl(rest), digit?)
          {digits ++ more, rest}
        else
          {digits, rest}
        end

      _ ->
        {digits, rest}
    end
  end

  defp fraction(whole, text, line, tokens) do
    {decimals, rest} = digits(text, &(&1 in ?0..?9))
    {exponent, rest} = exponent(rest)

    try do
      :erlang.list_to_float(whole ++ ~c"." ++ decimals ++ exponent)
    rescue
      ArgumentError -> {:error, {line, :erl_scan, {:illegal, :float}}, line}
    else
      float -> scan(rest, line, [{:float, line, float} | tokens])
    end
  end

  defp exponent([e, sign, c | _] = text) when e in ~c"eE" and sign in ~c"+-" and is_digit(c) do
    {digits, rest} = digits(tl(tl(text)), &(&1 in ?0..?9))
    {[?e, sign | digits], rest}
  end

  defp exponent([e, c | _] = text) when e in ~c"eE" and is_digit(c) do
    {digits, rest} = digits(tl(text), &(&1 in ?0..?9))
    {[?e | digits], rest}
  end

  # An e that begins no exponent: the float is not one.
  defp exponent([e | _] = text) when e in ~c"eE", do: {[e], text}
  defp exponent(text), do: {[], text}

  defp based(base, _text, line, _tokens) when base not in 2..36, do: {:error, {line, :erl_scan, {:base, base}}, line}

  defp based(base, text, line, tokens) do
    case digits(text, &(value(&1) < base)) do
      {[], _} -> {:error, {line, :erl_scan, {:illegal, :integer}}, line}
      {digits, rest} -> scan(rest, line, [{:integer, line, :erlang.list_to_integer(digits, base)} | tokens])
    end
  end

  defp value(c) when is_digit(c), do: c - ?0
  defp value(c) when c in ?a..?z, do: c - ?a + 10
  defp value(c) when c in ?A..?Z, do: c - ?A + 10
  defp value(_c), do: 36

  # Quoted atoms and strings, characters

  defp quoted([quote | rest], quote, start, line, text, tokens) do
    text = :lists.reverse(text)
    token = if quote == ?", do: {:string, start, text}, else: {:atom, start, :erlang.list_to_atom(text)}
    scan(rest, line, [token | tokens])
  end

  defp quoted([?\\ | rest], quote, start, line, text, tokens) do
    case escape(rest) do
      {c, more} -> quoted(more, quote, start, newlines(rest, line), [c | text], tokens)
      :error -> unterminated(quote, start, line, text)
    end
  end

  defp quoted([?\n | rest], quote, start, line, text, tokens), do: quoted(rest, quote, start, line + 1, [?\n | text], tokens)
  defp quoted([c | rest], quote, start, line, text, tokens), do: quoted(rest, quote, start, line, [c | text], tokens)
  defp quoted([], quote, start, line, text, _tokens), do: unterminated(quote, start, line, text)

  defp unterminated(quote, start, line, text), do: {:error, {start, :erl_scan, {:string, quote, :lists.sublist(:lists.reverse(text), 16)}}, line}

  defp newlines([?\n | _], line), do: line + 1
  defp newlines(_, line), do: line

  defp character([?\\ | rest], line, tokens) do
    case escape(rest) do
      {c, more} -> scan(more, newlines(rest, line), [{:char, line, c} | tokens])
      :error -> {:error, {line, :erl_scan, :char}, line}
    end
  end

  defp character([c | rest], line, tokens), do: scan(rest, newlines([c], line), [{:char, line, c} | tokens])
  defp character([], line, _tokens), do: {:error, {line, :erl_scan, :char}, line}

  defp escape([?x, ?{ | rest]) do
    {digits, rest} = :lists.splitwith(&(value(&1) < 16), rest)
    if digits != [] and match?([?} | _], rest), do: {:erlang.list_to_integer(digits, 16), tl(rest)}, else: :error
  end

  defp escape([?x, a, b | rest]), do: if(value(a) < 16 and value(b) < 16, do: {value(a) * 16 + value(b), rest}, else: :error)
  defp escape([?^, c | rest]), do: {:erlang.band(c, 31), rest}
  defp escape([a, b, c | rest]) when a in ?0..?7 and b in ?0..?7 and c in ?0..?7, do: {(a - ?0) * 64 + (b - ?0) * 8 + c - ?0, rest}
  defp escape([a, b | rest]) when a in ?0..?7 and b in ?0..?7, do: {(a - ?0) * 8 + b - ?0, rest}
  defp escape([a | rest]) when a in ?0..?7, do: {a - ?0, rest}
  defp escape([c | rest]), do: {escaped(c), rest}
  defp escape([]), do: :error

  defp escaped(?n), do: ?\n
  defp escaped(?r), do: ?\r
  defp escaped(?t), do: ?\t
  defp escaped(?v), do: ?\v
  defp escaped(?b), do: ?\b
  defp escaped(?f), do: ?\f
  defp escaped(?e), do: ?\e
  defp escaped(?s), do: ?\s
  defp escaped(?d), do: ?\d
  defp escaped(c), do: c
end
