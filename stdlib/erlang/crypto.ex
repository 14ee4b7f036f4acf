# SPDX-License-Identifier: Apache-2.0
# The part of `:crypto` that only says what there is; digests, random bytes and the rest are natives. There are no ciphers and no keys.
defmodule :crypto do
  @moduledoc "Erlang's digests and random bytes."

  @hashes [:sha, :sha224, :sha256, :sha384, :sha512, :sha3_224, :sha3_256, :sha3_384, :sha3_512, :blake2b, :blake2s, :md5, :ripemd160]

  def supports, do: [hashs: @hashes, ciphers: [], public_keys: [], macs: [:hmac], curves: [], rsa_opts: []]

  def supports(kind) do
    case :lists.keyfind(kind, 1, supports()) do
      {_, values} -> values
      false -> :erlang.error(:badarg, [kind])
    end
  end

  def rand_uniform(from, to) when is_integer(from) and is_integer(to) and from < to do
    bytes = :crypto.strong_rand_bytes(div(bits(to - from, 0), 8) + 9)
    from + rem(:crypto.bytes_to_integer(bytes), to - from)
  end

  defp bits(0, n), do: n
  defp bits(x, n), do: bits(:erlang.bsr(x, 1), n + 1)

  def rand_seed(_bytes), do: :ok
end
