# SPDX-License-Identifier: Apache-2.0
# :base64 on Elixir's Base. Invariant: decoding skips white space, mime decoding all that is no digit.
defmodule :base64 do
  @moduledoc "Base64 as Erlang has it."

  @doc "Base64 text of bytes, as a binary."
  def encode(data), do: data |> bytes() |> Base.encode64()
  def encode_to_string(data), do: data |> encode() |> :erlang.binary_to_list()

  @doc "The bytes of Base64 text."
  def decode(text) do
    text |> bytes() |> Base.decode64!(ignore: :whitespace)
  rescue
    ArgumentError -> :erlang.error(:missing_padding)
  end

  def decode_to_string(text), do: text |> decode() |> :erlang.binary_to_list()

  @doc "As decode/1; characters that are no digits are skipped."
  def mime_decode(text) do
    Base.decode64!(for <<byte <- bytes(text)>>, byte in ?A..?Z or byte in ?a..?z or byte in ?0..?9 or byte in [?+, ?/, ?=], into: "", do: <<byte>>)
  rescue
    ArgumentError -> :erlang.error(:missing_padding)
  end

  def mime_decode_to_string(text), do: text |> mime_decode() |> :erlang.binary_to_list()

  defp bytes(data) when is_binary(data), do: data
  defp bytes(data) when is_list(data), do: :erlang.list_to_binary(data)
end
