# SPDX-License-Identifier: Apache-2.0
# :erl_parse, of Erlang's parser what reads terms: parse_term/1 on the tokens of :erl_scan, up to their dot.
# Invariant: what is no term is an error {line, :erl_parse, text}; a place where a term cannot go on is named by the token that stands there.
defmodule :erl_parse do
  @moduledoc "Erlang's terms, from tokens."

  @operators [:+, :-, :*, :/, :=, :==, :"/=", :"=<", :<, :>=, :>, :"=:=", :"=/=", :++, :--, :!, :"(", :":", :"#", :"::"] ++
               [:div, :rem, :band, :bor, :bxor, :bsl, :bsr, :and, :or, :xor, :andalso, :orelse]

  def parse_term(tokens) do
    line = if tokens == [], do: 0, else: :erlang.element(2, :lists.last(tokens))

    case term(tokens, line) do
      {value, [{:dot, _} | _]} -> {:ok, value}
      {_, [token | _]} when :erlang.element(1, token) in @operators -> throw({:error, {:erlang.element(2, token), :erl_parse, ~c"bad term"}})
      {_, rest} -> before(rest, line)
    end
  catch
    {:error, _} = error -> error
  end

  def format_error(message) do
    case :io_lib.deep_char_list(message) do
      true -> message
      _ -> :io_lib.write(message)
    end
  end

  defp before([token | _], _line), do: throw({:error, {:erlang.element(2, token), :erl_parse, [~c"syntax error before: ", text(token)]}})
  defp before([], line), do: throw({:error, {line, :erl_parse, [~c"syntax error before: ", []]}})

  defp text({:dot, _}), do: ~c"'.'"
  defp text({:atom, _, atom}), do: :lists.flatten(:io_lib.write_atom(atom))
  defp text({:var, _, var}), do: :erlang.atom_to_list(var)
  defp text({:string, _, string}), do: :lists.flatten(:io_lib.write_string(string))
  defp text({_, _, value}), do: :lists.flatten(:io_lib.write(value))
  defp text({kind, _}), do: :lists.flatten(:io_lib.write(kind))

  defp bad(line), do: throw({:error, {line, :erl_parse, ~c"bad term"}})

  defp term([{kind, _, value} | rest], _) when kind in [:atom, :integer, :float, :char], do: {value, rest}
  defp term([{:string, _, text} | rest], _), do: strings(rest, text)
  defp term([{:-, line} | rest], last), do: signed(rest, line, last, -1)
  defp term([{:+, line} | rest], last), do: signed(rest, line, last, 1)
  defp term([{:"[", _}, {:"]", _} | rest], _), do: {[], rest}
  defp term([{:"[", _} | rest], last), do: list(rest, last, [])
  defp term([{:"{", _} | rest], last), do: sequence(rest, :"}", last) |> to_tuple()
  defp term([{:"#", _}, {:"{", _} | rest], last), do: map(rest, last, %{})
  defp term([{:"<<", _}, {:">>", _} | rest], _), do: {<<>>, rest}
  defp term([{:"<<", line} | rest], last), do: segments(rest, line, last, <<>>)

  defp term([{:fun, _}, {:atom, _, m}, {:":", _}, {:atom, _, f}, {:/, _}, {:integer, _, a} | rest], _), do: {:erlang.make_fun(m, f, a), rest}

  defp term([{:"(", _} | rest], last) do
    {value, rest} = term(rest, last)
    {value, expect(rest, :")", last)}
  end

  defp term([{:var, line, _} | _], _), do: bad(line)
  defp term(tokens, last), do: before(tokens, last)

  defp strings([{:string, _, more} | rest], text), do: strings(rest, text ++ more)
  defp strings(rest, text), do: {text, rest}

  defp signed([{kind, _, value} | rest], _line, _last, sign) when kind in [:integer, :float, :char], do: {sign * value, rest}
  defp signed([], _line, last, _sign), do: before([], last)
  defp signed(_tokens, line, _last, _sign), do: bad(line)

  defp list(tokens, last, items) do
    {item, rest} = term(tokens, last)

    case rest do
      [{:",", _} | rest] ->
        list(rest, last, [item | items])

      [{:|, _} | rest] ->
        {tail, rest} = term(rest, last)
        {:lists.reverse(items, [item | tail]), expect(rest, :"]", last)}

      _ ->
        {:lists.reverse(items, [item]), expect(rest, :"]", last)}
    end
  end

  defp expect([token | rest], kind, _last) when :erlang.element(1, token) == kind, do: rest
  defp expect([token | _], _kind, _last) when :erlang.element(1, token) in @operators, do: bad(:erlang.element(2, token))
  defp expect(tokens, _kind, last), do: before(tokens, last)

  defp sequence([{close, _} | rest], close, _last), do: {[], rest}

  defp sequence(tokens, close, last) do
    {item, rest} = term(tokens, last)

    case rest do
      [{:",", _} | rest] ->
        {items, rest} = nonempty(rest, close, last)
        {[item | items], rest}

      _ ->
        {[item], expect(rest, close, last)}
    end
  end

  defp nonempty([{close, _} | _] = tokens, close, last), do: before(tokens, last)
  defp nonempty(tokens, close, last), do: sequence(tokens, close, last)

  defp to_tuple({items, rest}), do: {:erlang.list_to_tuple(items), rest}

  defp map([{:"}", _} | rest], _last, map), do: {map, rest}

  defp map(tokens, last, map) do
    {key, rest} = term(tokens, last)
    {value, rest} = term(expect(rest, :"=>", last), last)
    map = :maps.put(key, value, map)

    case rest do
      [{:",", _} | rest] -> if(match?([{:"}", _} | _], rest), do: before(rest, last), else: map(rest, last, map))
      _ -> {map, expect(rest, :"}", last)}
    end
  end

  # Segments of a binary: a string or a number, with a size and types.

  defp segments(tokens, line, last, done) do
    {value, rest} = term(tokens, last)
    {size, rest} = size(rest)
    {types, rest} = types(rest)
    done = <<done::bitstring, segment(value, size, types, line)::bitstring>>

    case rest do
      [{:",", _} | rest] -> segments(rest, line, last, done)
      _ -> {done, expect(rest, :">>", last)}
    end
  end

  defp size([{:":", _}, {:integer, _, size} | rest]), do: {size, rest}
  defp size(rest), do: {nil, rest}

  defp types([{:/, _}, {:atom, _, type} | rest]), do: more_types(rest, [type])
  defp types(rest), do: {[], rest}

  defp more_types([{:-, _}, {:atom, _, type} | rest], types), do: more_types(rest, [type | types])
  defp more_types(rest, types), do: {types, rest}

  defp segment(text, size, types, line) when is_list(text) do
    if :utf8 in types, do: :unicode.characters_to_binary(text), else: for(c <- text, into: <<>>, do: segment(c, size, types, line))
  end

  defp segment(value, size, types, _line) when is_integer(value) do
    cond do
      :utf8 in types -> <<value::utf8>>
      :utf16 in types -> <<value::utf16>>
      :utf32 in types -> <<value::utf32>>
      :float in types -> <<value::float-size(size || 64)>>
      :little in types -> <<value::little-size(size || 8)>>
      true -> <<value::size(size || 8)>>
    end
  end

  defp segment(value, size, types, _line) when is_float(value) do
    if :little in types, do: <<value::float-little-size(size || 64)>>, else: <<value::float-size(size || 64)>>
  end

  defp segment(_value, _size, _types, line), do: bad(line)
end
