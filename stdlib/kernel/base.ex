# SPDX-License-Identifier: Apache-2.0
# Base: binaries as text in base 16, 32 and 64 (RFC 4648). Invariant: each alphabet stands once; the characters are made and read by natives
# (vm/natives/base.c), the padding and its errors are here.
defmodule Base do
  @moduledoc "Encodes and decodes base 16, 32 and 64."

  @type encode_case :: :upper | :lower
  @type decode_case :: :upper | :lower | :mixed

  @upper "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
  @b16 "0123456789ABCDEF"
  @b64 @upper <> "abcdefghijklmnopqrstuvwxyz0123456789+/"
  @b64url @upper <> "abcdefghijklmnopqrstuvwxyz0123456789-_"
  @b32 @upper <> "234567"
  @b32hex "0123456789ABCDEFGHIJKLMNOPQRSTUV"

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
      :upper -> alphabet
      :lower -> lower(alphabet)
    end
  end

  defp lower(alphabet), do: String.downcase(alphabet, :ascii)

  # The text of the whole groups of bits, and of what is left, filled up with zeros.
  defp encode(data, alphabet, bits), do: :phial_base.encode(data, alphabet, bits)

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
    do: decode_chars(string, decoder(@b16, opts), 4)

  def decode16!(string, _opts) when is_binary(string) do
    raise ArgumentError,
          "string given to decode has wrong length. An even number of bytes was expected, got: #{byte_size(string)}. " <>
            "Double check your string for unwanted characters or pad it accordingly"
  end

  # The alphabets that are taken, one behind the other.
  defp decoder(alphabet, opts) do
    case Keyword.get(opts, :case, :upper) do
      :upper -> alphabet
      :lower -> lower(alphabet)
      :mixed -> alphabet <> lower(alphabet)
    end
  end

  # The bits that do not fill a byte are dropped.
  defp decode_chars(string, decoder, bits) do
    case :phial_base.decode(string, decoder, bits) do
      bytes when is_binary(bytes) -> bytes
      char -> raise ArgumentError, "non-alphabet character found: #{inspect(<<char>>, binaries: :as_strings)} (byte #{char})"
    end
  end

  # Base 64

  @doc """
  Encodes in base 64; `padding: false` leaves out the `=`.

      iex> Base.encode64("foob")
      "Zm9vYg=="
  """
  @spec encode64(binary, padding: boolean) :: binary
  def encode64(data, opts \\ []) when is_binary(data), do: data |> encode(@b64, 6) |> pad(4, opts)

  @doc """
  Encodes in base 64 with the alphabet for URLs and file names.

      iex> Base.url_encode64(<<255, 127, 254, 252>>)
      "_3_-_A=="
  """
  @spec url_encode64(binary, padding: boolean) :: binary
  def url_encode64(data, opts \\ []) when is_binary(data), do: data |> encode(@b64url, 6) |> pad(4, opts)

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
  def decode64!(string, opts \\ []) when is_binary(string), do: decode(string, @b64, 6, 4, [2, 3], opts)

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
  def url_decode64!(string, opts \\ []) when is_binary(string), do: decode(string, @b64url, 6, 4, [2, 3], opts)

  # `lengths` are the possible numbers of characters in the last group. The last eight characters are looked at once those before have been read.
  defp decode(string, decoder, bits, group, lengths, opts) do
    string = if Keyword.get(opts, :ignore) == :whitespace, do: without_whitespace(string), else: string
    size = byte_size(string) - last_eight(byte_size(string))
    <<main::binary-size(size), last::binary>> = string
    decoded = decode_chars(main, decoder, bits)
    left = rem(byte_size(last), group)
    if left > 0 and (left not in lengths or Keyword.get(opts, :padding, true)), do: incorrect_padding()
    last = if left == 0 and last != "", do: without_padding(last, byte_size(last) - group, lengths), else: last
    decoded <> decode_chars(last, decoder, bits)
  end

  defp last_eight(0), do: 0
  defp last_eight(size), do: rem(size - 1, 8) + 1

  # The last group may be followed by as many = as it takes to fill it up.
  defp without_padding(last, start, lengths) do
    size = unpadded_size(last, byte_size(last))
    if (size - start) in lengths, do: binary_part(last, 0, size), else: last
  end

  defp unpadded_size(text, size) when size > 0 and binary_part(text, size - 1, 1) == "=", do: unpadded_size(text, size - 1)
  defp unpadded_size(_text, size), do: size

  defp incorrect_padding, do: raise(ArgumentError, "incorrect padding")

  defp without_whitespace(string), do: :binary.replace(string, [" ", "\t", "\r", "\n"], "", [:global])

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
    do: decode(string, decoder(@b32, opts), 5, 8, [2, 4, 5, 7], Keyword.take(opts, [:padding]))

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
    do: decode(string, decoder(@b32hex, opts), 5, 8, [2, 4, 5, 7], Keyword.take(opts, [:padding]))
end
