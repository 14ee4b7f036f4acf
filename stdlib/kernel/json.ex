# SPDX-License-Identifier: Apache-2.0
# JSON: encoding and decoding, with Elixir 1.18's functions.
#
# Plain terms are written and read by :phial_json; protocol and callbacks come in only where a term or the caller asks for them. Invariant:
# with or without callbacks the same texts are accepted, and the same error is given for the others.
defmodule JSON do
  @moduledoc "JSON encoding and decoding."

  @type decode_error_reason ::
          {:unexpected_end, non_neg_integer}
          | {:invalid_byte, non_neg_integer, byte}
          | {:unexpected_sequence, non_neg_integer, binary}

  @type encoder :: (term, encoder -> iodata)

  ## Decoding

  @doc ~S"""
  Decodes the text; `{:ok, term}` or `{:error, reason}`.

      iex> JSON.decode("[null,123,{\"key\":\"value\"}]")
      {:ok, [nil, 123, %{"key" => "value"}]}
      iex> JSON.decode("[1,")
      {:error, {:unexpected_end, 3}}
  """
  @spec decode(binary) :: {:ok, term} | {:error, decode_error_reason}
  def decode(binary) when is_binary(binary), do: :phial_json.decode(binary)

  @doc """
  Decodes with callbacks and an accumulator; `{term, acc, rest}` or `{:error, reason}`.

  Callbacks: `array_start` and `object_start` (of the accumulator), `array_push` (value, accumulator), `object_push` (key, value,
  accumulator), `array_finish` and `object_finish` (accumulator, the one before the start; answers `{value, accumulator}`), `float`,
  `integer` and `string` (of the text). `null` is the term for null.

      iex> JSON.decode("[null, 1]", 0, null: :none, integer: fn text -> text end)
      {[:none, "1"], 0, ""}
  """
  @spec decode(binary, term, keyword) :: {term, term, binary} | {:error, decode_error_reason}
  def decode(binary, acc, decoders) when is_binary(binary) and is_list(decoders) do
    {value, acc, at} = value(token(binary, 0), binary, acc, :maps.merge(default_decoders(), :maps.from_list(decoders)))
    {value, acc, after_blanks(binary, at)}
  catch
    :throw, {:json_error, reason} -> {:error, reason}
  end

  @doc ~S"""
  Decodes the text, raising `JSON.DecodeError`.

      iex> JSON.decode!("{\"a\":[1.5,true]}")
      %{"a" => [1.5, true]}
  """
  @spec decode!(binary) :: term
  def decode!(binary) when is_binary(binary) do
    case decode(binary) do
      {:ok, term} -> term
      {:error, reason} -> raise JSON.DecodeError, message: message(reason), offset: elem(reason, 1), data: binary
    end
  end

  defp message({:unexpected_end, offset}), do: "unexpected end of JSON binary at position (byte offset) #{offset}"
  defp message({:invalid_byte, offset, byte}), do: "invalid byte #{byte} at position (byte offset) #{offset}"
  defp message({:unexpected_sequence, offset, bytes}), do: "unexpected sequence #{inspect(bytes)} at position (byte offset) #{offset}"

  defp default_decoders() do
    %{
      array_start: fn _ -> [] end,
      array_push: fn value, acc -> [value | acc] end,
      array_finish: fn acc, old -> {:lists.reverse(acc), old} end,
      object_start: fn _ -> [] end,
      object_push: fn key, value, acc -> [{key, value} | acc] end,
      object_finish: fn acc, old -> {:maps.from_list(:lists.reverse(acc)), old} end,
      float: &text_to_float/1,
      integer: &:erlang.binary_to_integer/1,
      string: fn text -> text end,
      null: nil
    }
  end

  defp text_to_float(text) do
    {:ok, float} = :phial_json.decode(text)
    float
  end

  defp token(binary, at) do
    case :phial_json.token(binary, at) do
      {:error, reason} -> throw({:json_error, reason})
      token -> token
    end
  end

  # value(token, binary, accumulator, decoders) is {value, accumulator, next offset}.
  defp value({:string, text, at}, _, acc, decoders), do: {decoders.string.(text), acc, at}
  defp value({:integer, text, at}, _, acc, decoders), do: {decoders.integer.(text), acc, at}
  defp value({:float, text, at}, binary, acc, decoders), do: {float(text, at - byte_size(text), binary, decoders), acc, at}
  defp value({:value, nil, at}, _, acc, decoders), do: {decoders.null, acc, at}
  defp value({:value, boolean, at}, _, acc, _), do: {boolean, acc, at}
  defp value({:mark, ?[, at}, binary, acc, decoders), do: array_start(token(binary, at), binary, decoders.array_start.(acc), acc, decoders)
  defp value({:mark, ?{, at}, binary, acc, decoders), do: object_start(token(binary, at), at, binary, decoders.object_start.(acc), acc, decoders)
  defp value({:mark, _, at}, binary, _, _), do: unexpected(binary, at - 1)

  # A number beyond the floats is known only when it is converted.
  defp float(text, at, _binary, decoders) do
    decoders.float.(text)
  rescue
    _ in [ArgumentError, MatchError] -> throw({:json_error, {:unexpected_sequence, at, text}})
  end

  defp array_start({:mark, ?], at}, _, acc, old, decoders), do: finish(decoders.array_finish.(acc, old), at)
  defp array_start(token, binary, acc, old, decoders), do: array(token, binary, acc, old, decoders)

  defp array(token, binary, acc, old, decoders) do
    {value, acc, at} = value(token, binary, acc, decoders)
    acc = decoders.array_push.(value, acc)

    case token(binary, at) do
      {:mark, ?,, at} -> array(token(binary, at), binary, acc, old, decoders)
      {:mark, ?], at} -> finish(decoders.array_finish.(acc, old), at)
      _ -> unexpected(binary, start_of(binary, at))
    end
  end

  defp object_start({:mark, ?}, at}, _, _, acc, old, decoders), do: finish(decoders.object_finish.(acc, old), at)
  defp object_start(token, at, binary, acc, old, decoders), do: object(token, at, binary, acc, old, decoders)

  defp object({:string, text, at}, _, binary, acc, old, decoders) do
    key = decoders.string.(text)
    colon = token(binary, at)
    if not match?({:mark, ?:, _}, colon), do: unexpected(binary, start_of(binary, at))
    {value, acc, at} = value(token(binary, elem(colon, 2)), binary, acc, decoders)
    acc = decoders.object_push.(key, value, acc)

    case token(binary, at) do
      {:mark, ?,, at} -> object(token(binary, at), at, binary, acc, old, decoders)
      {:mark, ?}, at} -> finish(decoders.object_finish.(acc, old), at)
      _ -> unexpected(binary, start_of(binary, at))
    end
  end

  defp object(_token, at, binary, _, _, _), do: unexpected(binary, start_of(binary, at))

  defp finish({value, acc}, at), do: {value, acc, at}

  # Where the token that was read from `at` starts.
  defp start_of(binary, at), do: byte_size(binary) - byte_size(after_blanks(binary, at))

  defp unexpected(binary, at), do: throw({:json_error, {:invalid_byte, at, :binary.at(binary, at)}})

  defp after_blanks(binary, at) do
    <<_::binary-size(at), rest::binary>> = binary
    skip(rest)
  end

  defp skip(<<char, rest::binary>>) when char in ' \t\r\n', do: skip(rest)
  defp skip(rest), do: rest

  ## Encoding

  @doc ~S"""
  Encodes the term to a binary, by the `JSON.Encoder` protocol or by `encoder`, which is called with each value and itself.

      iex> JSON.encode!([123, "string", %{key: "value"}])
      "[123,\"string\",{\"key\":\"value\"}]"
  """
  @spec encode!(term, encoder) :: binary
  def encode!(term, encoder \\ &JSON.protocol_encode/2)

  def encode!(term, encoder) when is_function(encoder, 2) do
    IO.iodata_to_binary(encode_to_iodata!(term, encoder))
  end

  @doc ~S"""
  As `encode!/2`, giving iodata.

      iex> JSON.encode_to_iodata!(%{"a" => nil}) |> IO.iodata_to_binary()
      "{\"a\":null}"
  """
  @spec encode_to_iodata!(term, encoder) :: iodata
  def encode_to_iodata!(term, encoder \\ &JSON.protocol_encode/2) when is_function(encoder, 2) do
    if encoder == (&JSON.protocol_encode/2), do: protocol_encode(term, encoder), else: encoder.(term, encoder)
  end

  @doc """
  The default encoder: JSON's own kinds of values directly, all others by the `JSON.Encoder` protocol.

      iex> JSON.protocol_encode([1], &JSON.protocol_encode/2) |> IO.iodata_to_binary()
      "[1]"
  """
  @spec protocol_encode(term, encoder) :: iodata
  def protocol_encode(value, encoder) do
    if encoder == (&JSON.protocol_encode/2), do: fill(:phial_json.encode(value), value, encoder), else: JSON.Encoder.encode(value, encoder)
  end

  # A term that is itself a hole goes to its protocol; so do those inside.
  defp fill(binary, _, _) when is_binary(binary), do: binary
  defp fill(["", {:value, value}, ""], value, encoder), do: JSON.Encoder.encode(value, encoder)
  defp fill(pieces, _, encoder), do: for(piece <- pieces, do: filled(piece, encoder))

  defp filled({:value, value}, encoder), do: JSON.Encoder.encode(value, encoder)
  defp filled({:key, key}, encoder), do: encoder.(String.Chars.to_string(key), encoder)
  defp filled(text, _), do: text
end

defmodule JSON.DecodeError do
  @moduledoc "The text is no JSON: `:message`, `:offset` in bytes and `:data`, the text."

  defexception [:message, :offset, :data]
end

defprotocol JSON.Encoder do
  @moduledoc """
  How a value is written as JSON.

  Structs derive it: `@derive JSON.Encoder` writes all fields, `@derive {JSON.Encoder, only: [...]}` or `except: [...]` some.
  """

  @doc "The JSON of `value`; `encoder` is to be called, with itself as second argument, for each value inside."
  @spec encode(t, (term, term -> iodata)) :: iodata
  def encode(value, encoder)
end

defimpl JSON.Encoder, for: Any do
  defmacro __deriving__(module, struct, opts) do
    fields = fields(:maps.remove(:__struct__, struct), opts)
    vars = for field <- fields, do: {field, Macro.var(field, __MODULE__)}

    body =
      case vars do
        [] -> "{}"
        [_ | _] -> written(vars, "{")
      end

    encoder = if vars == [], do: quote(do: _encoder), else: quote(do: encoder)

    quote do
      defimpl JSON.Encoder, for: unquote(module) do
        def encode(%{unquote_splicing(vars)}, unquote(encoder)), do: unquote(body)
      end
    end
  end

  defp written([], _), do: ["}"]

  defp written([{field, var} | rest], before) do
    name = before <> :phial_json.encode(Atom.to_string(field)) <> ":"
    [name, quote(do: encoder.(unquote(var), encoder)) | written(rest, ",")]
  end

  defp fields(struct, opts) do
    keys = Map.keys(struct)

    case {Keyword.fetch(List.wrap(opts), :only), Keyword.fetch(List.wrap(opts), :except)} do
      {{:ok, only}, _} -> checked(only, keys, :only)
      {_, {:ok, except}} -> keys -- checked(except, keys, :except)
      _ -> keys
    end
  end

  defp checked(fields, keys, option) do
    case fields -- keys do
      [] ->
        fields

      unknown ->
        raise ArgumentError,
              "unknown struct fields #{inspect(unknown)} specified in #{inspect(option)}. Expected one of: #{inspect(keys)}"
    end
  end

  def encode(value, _encoder) do
    raise Protocol.UndefinedError, protocol: @protocol, value: value
  end
end

defimpl JSON.Encoder, for: Atom do
  def encode(nil, _encoder), do: "null"
  def encode(value, _encoder) when is_boolean(value), do: Atom.to_string(value)
  def encode(value, encoder), do: encoder.(Atom.to_string(value), encoder)
end

defimpl JSON.Encoder, for: BitString do
  def encode(value, _encoder) when is_binary(value), do: :phial_json.encode(value)
  def encode(value, _encoder), do: raise(Protocol.UndefinedError, protocol: @protocol, value: value, description: "cannot encode a bitstring to JSON")
end

defimpl JSON.Encoder, for: [Integer, Float] do
  def encode(value, _encoder), do: :phial_json.encode(value)
end

defimpl JSON.Encoder, for: List do
  def encode([], _encoder), do: "[]"
  def encode([first | rest], encoder), do: [?[, encoder.(first, encoder) | next(rest, encoder)]

  defp next([], _encoder), do: [?]]
  defp next([value | rest], encoder), do: [?,, encoder.(value, encoder) | next(rest, encoder)]
end

defimpl JSON.Encoder, for: Map do
  def encode(map, encoder), do: pairs(:maps.next(:maps.iterator(map)), "{", encoder)

  defp pairs(:none, "{", _encoder), do: "{}"
  defp pairs(:none, _, _encoder), do: "}"

  defp pairs({key, value, iterator}, before, encoder),
    do: [before, key(key, encoder), ?:, encoder.(value, encoder) | pairs(:maps.next(iterator), ",", encoder)]

  defp key(key, encoder) when is_atom(key), do: encoder.(Atom.to_string(key), encoder)
  defp key(key, encoder) when is_binary(key), do: encoder.(key, encoder)
  defp key(key, encoder), do: encoder.(String.Chars.to_string(key), encoder)
end

defimpl JSON.Encoder, for: [Date, Time, NaiveDateTime, DateTime] do
  def encode(value, _encoder), do: [?", @for.to_iso8601(value), ?"]
end
