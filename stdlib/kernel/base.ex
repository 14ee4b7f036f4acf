# SPDX-License-Identifier: Apache-2.0
# Base: binaries as text in base 16, 32 and 64 (RFC 4648). Invariant: each alphabet stands once, in @alphabets;
# encoding is a table of it, decoding its inverse.
defmodule Base do
  @moduledoc "Encodes and decodes base 16, 32 and 64."

  @type encode_case :: :upper | :lower
  @type decode_case :: :upper | :lower | :mixed

  @upper 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
  @b16 '0123456789ABCDEF'
  @b64 @upper ++ 'abcdefghijklmnopqrstuvwxyz0123456789+/'
  @b64url @upper ++ 'abcdefghijklmnopqrstuvwxyz0123456789-_'
  @b32 @upper ++ '234567'
  @b32hex '0123456789ABCDEFGHIJKLMNOPQRSTUV'

  # Base 16

  @doc """
  Encodes in base 16.

      iex> Base.encode16("foobar", case: :lower)
      "666f6f626172"
  """
  @spec encode16(binary, case: encode_case) :: binary
  def encode16(data, opts \\ []) when is_binary(data), do: encode(data, cased(@b16, opts), 4)

  defp cased(alphabet, opts) do
    case Keyword.get(opts, :case, :upper) do
      :upper -> :erlang.list_to_tuple(alphabet)
      :lower -> :erlang.list_to_tuple(lower(alphabet))
    end
  end

  defp lower(alphabet), do: for(char <- alphabet, do: if(char in ?A..?Z, do: char + 32, else: char))

  # The text of the whole groups of bits, and of what is left, filled up with zeros.
  defp encode(data, alphabet, bits) do
    :erlang.list_to_binary(encode_bits(data, alphabet, bits))
  end

  defp encode_bits(data, alphabet, bits) do
    case data do
      <<index::size(bits), rest::bitstring>> ->
        [:erlang.element(index + 1, alphabet) | encode_bits(rest, alphabet, bits)]

      <<>> ->
        []

      rest ->
        missing = bits - bit_size(rest)
        <<index::size(bits)>> = <<rest::bitstring, 0::size(missing)>>
        [:erlang.element(index + 1, alphabet)]
    end
  end

  @doc """
  Decodes base 16.

      iex> Base.decode16("666F6F")
      {:ok, "foo"}
  """
  @spec decode16(binary, case: decode_case) :: {:ok, binary} | :error
  def decode16(string, opts \\ []), do: guarded(fn -> decode16!(string, opts) end)

  defp guarded(fun) do
    try do
      {:ok, fun.()}
    rescue
      ArgumentError -> :error
    end
  end

  @doc """
  Decodes base 16 or raises `ArgumentError`.

      iex> Base.decode16!("666F6F")
      "foo"
  """
  @spec decode16!(binary, case: decode_case) :: binary
  def decode16!(string, opts \\ [])

  def decode16!(string, opts) when is_binary(string) and rem(byte_size(string), 2) == 0,
    do: decode_chars(string, decoder(@b16, opts), 4) |> whole_bytes()

  def decode16!(string, _opts) when is_binary(string) do
    raise ArgumentError,
          "string given to decode has wrong length. An even number of bytes was expected, got: #{byte_size(string)}. " <>
            "Double check your string for unwanted characters or pad it accordingly"
  end

  defp decoder(alphabet, opts) do
    case Keyword.get(opts, :case, :upper) do
      :upper -> inverse(alphabet)
      :lower -> inverse(lower(alphabet))
      :mixed -> :maps.merge(inverse(alphabet), inverse(lower(alphabet)))
    end
  end

  defp inverse(alphabet), do: :maps.from_list(Enum.with_index(alphabet))

  # Eight characters at a time are whole bytes, whatever the base.
  defp decode_chars(string, decoder, bits) do
    whole = byte_size(string) - rem(byte_size(string), 8)
    <<groups::binary-size(whole), rest::binary>> = string
    bytes = :erlang.iolist_to_binary(decode_groups(groups, decoder, bits))
    size = byte_size(rest) * bits
    <<bytes::binary, decode_group(rest, decoder, bits, 0)::size(size)>>
  end

  defp decode_groups(<<group::binary-size(8), rest::binary>>, decoder, bits),
    do: [<<decode_group(group, decoder, bits, 0)::unit(8)-size(bits)>> | decode_groups(rest, decoder, bits)]

  defp decode_groups(<<>>, _decoder, _bits), do: []

  defp decode_group(<<char, rest::binary>>, decoder, bits, acc),
    do: decode_group(rest, decoder, bits, :erlang.bsl(acc, bits) + value(char, decoder))

  defp decode_group(<<>>, _decoder, _bits, acc), do: acc

  defp value(char, decoder) do
    case decoder do
      %{^char => value} -> value
      %{} -> raise ArgumentError, "non-alphabet character found: #{inspect(<<char>>, binaries: :as_strings)} (byte #{char})"
    end
  end

  # The bits that fill up the last byte are dropped.
  defp whole_bytes(bits) do
    size = div(bit_size(bits), 8)
    <<bytes::binary-size(size), _::bitstring>> = bits
    bytes
  end

  # Base 64

  @doc """
  Encodes in base 64; `padding: false` leaves out the `=`.

      iex> Base.encode64("foob")
      "Zm9vYg=="
  """
  @spec encode64(binary, padding: boolean) :: binary
  def encode64(data, opts \\ []) when is_binary(data), do: data |> encode(:erlang.list_to_tuple(@b64), 6) |> pad(4, opts)

  @doc """
  Encodes in base 64 with the alphabet for URLs and file names.

      iex> Base.url_encode64(<<255, 127, 254, 252>>)
      "_3_-_A=="
  """
  @spec url_encode64(binary, padding: boolean) :: binary
  def url_encode64(data, opts \\ []) when is_binary(data), do: data |> encode(:erlang.list_to_tuple(@b64url), 6) |> pad(4, opts)

  defp pad(text, group, opts) do
    case rem(byte_size(text), group) do
      left when left > 0 -> if Keyword.get(opts, :padding, true), do: text <> :binary.copy("=", group - left), else: text
      0 -> text
    end
  end

  @doc """
  Decodes base 64. Options: `ignore: :whitespace`, `padding: false`.

      iex> Base.decode64("Zm9vYg==")
      {:ok, "foob"}
  """
  @spec decode64(binary, ignore: :whitespace, padding: boolean) :: {:ok, binary} | :error
  def decode64(string, opts \\ []) when is_binary(string), do: guarded(fn -> decode64!(string, opts) end)

  @doc """
  Decodes base 64 or raises `ArgumentError`.

      iex> Base.decode64!("Zm9vYg==")
      "foob"
  """
  @spec decode64!(binary, ignore: :whitespace, padding: boolean) :: binary
  def decode64!(string, opts \\ []) when is_binary(string), do: decode(string, inverse(@b64), 6, 4, [0, 2, 3], opts)

  @doc """
  Decodes base 64 with the alphabet for URLs.

      iex> Base.url_decode64("_3_-_A==")
      {:ok, <<255, 127, 254, 252>>}
  """
  @spec url_decode64(binary, ignore: :whitespace, padding: boolean) :: {:ok, binary} | :error
  def url_decode64(string, opts \\ []) when is_binary(string), do: guarded(fn -> url_decode64!(string, opts) end)

  @doc """
  Decodes base 64 with the alphabet for URLs or raises `ArgumentError`.

      iex> Base.url_decode64!("_3_-_A==")
      <<255, 127, 254, 252>>
  """
  @spec url_decode64!(binary, ignore: :whitespace, padding: boolean) :: binary
  def url_decode64!(string, opts \\ []) when is_binary(string), do: decode(string, inverse(@b64url), 6, 4, [0, 2, 3], opts)

  # `lengths` are the possible numbers of characters in the last group.
  defp decode(string, decoder, bits, group, lengths, opts) do
    string = if Keyword.get(opts, :ignore) == :whitespace, do: without_whitespace(string), else: string
    left = rem(byte_size(string), group)
    if left not in lengths or (left > 0 and Keyword.get(opts, :padding, true)), do: incorrect_padding()
    {main, last} = last_group(string, group)
    decoded = decode_chars(main, decoder, bits)
    padded? = byte_size(last) in [0, group]
    last = if padded?, do: strip_padding(last, byte_size(last)), else: last
    decoded = <<decoded::bitstring, decode_chars(last, decoder, bits)::bitstring>>
    if rem(byte_size(last), group) not in lengths, do: incorrect_padding()
    whole_bytes(decoded)
  end

  defp last_group(string, group) do
    size =
      case rem(byte_size(string), group) do
        0 -> byte_size(string) - min(group, byte_size(string))
        left -> byte_size(string) - left
      end

    <<main::binary-size(size), last::binary>> = string
    {main, last}
  end

  defp incorrect_padding, do: raise(ArgumentError, "incorrect padding")

  defp without_whitespace(string), do: for(<<char <- string>>, char not in [?\s, ?\t, ?\r, ?\n], into: <<>>, do: <<char>>)

  # The = at the end of the last group, which keeps at least two characters.
  defp strip_padding(last, size) when size > 2 do
    case :binary.at(last, size - 1) do
      ?= -> strip_padding(last, size - 1)
      _ -> :binary.part(last, 0, size)
    end
  end

  defp strip_padding(last, size), do: :binary.part(last, 0, size)

  # Base 32

  @doc """
  Encodes in base 32.

      iex> Base.encode32("foobar")
      "MZXW6YTBOI======"
  """
  @spec encode32(binary, case: encode_case, padding: boolean) :: binary
  def encode32(data, opts \\ []) when is_binary(data), do: data |> encode(cased(@b32, opts), 5) |> pad(8, opts)

  @doc """
  Encodes in base 32 with the extended hexadecimal alphabet.

      iex> Base.hex_encode32("foobar")
      "CPNMUOJ1E8======"
  """
  @spec hex_encode32(binary, case: encode_case, padding: boolean) :: binary
  def hex_encode32(data, opts \\ []) when is_binary(data), do: data |> encode(cased(@b32hex, opts), 5) |> pad(8, opts)

  @doc """
  Decodes base 32.

      iex> Base.decode32("MZXW6YTBOI======")
      {:ok, "foobar"}
  """
  @spec decode32(binary, case: decode_case, padding: boolean) :: {:ok, binary} | :error
  def decode32(string, opts \\ []), do: guarded(fn -> decode32!(string, opts) end)

  @doc """
  Decodes base 32 or raises `ArgumentError`.

      iex> Base.decode32!("MZXW6YTBOI======")
      "foobar"
  """
  @spec decode32!(binary, case: decode_case, padding: boolean) :: binary
  def decode32!(string, opts \\ []) when is_binary(string),
    do: decode(string, decoder(@b32, opts), 5, 8, [0, 2, 4, 5, 7], Keyword.take(opts, [:padding]))

  @doc """
  Decodes base 32 with the extended hexadecimal alphabet.

      iex> Base.hex_decode32("CPNMUOJ1E8======")
      {:ok, "foobar"}
  """
  @spec hex_decode32(binary, case: decode_case, padding: boolean) :: {:ok, binary} | :error
  def hex_decode32(string, opts \\ []), do: guarded(fn -> hex_decode32!(string, opts) end)

  @doc """
  Decodes base 32 with the extended hexadecimal alphabet or raises `ArgumentError`.

      iex> Base.hex_decode32!("CPNMUOJ1E8======")
      "foobar"
  """
  @spec hex_decode32!(binary, case: decode_case, padding: boolean) :: binary
  def hex_decode32!(string, opts \\ []) when is_binary(string),
    do: decode(string, decoder(@b32hex, opts), 5, 8, [0, 2, 4, 5, 7], Keyword.take(opts, [:padding]))
end
