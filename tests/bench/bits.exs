# SPDX-License-Identifier: Apache-2.0
# Stresses: bitstring matching and building: headers of packets, utf8, bit fields.
defmodule Packet do
  def parse(<<version::4, ihl::4, tos, len::16, id::16, flags::3, frag::13, ttl, proto, sum::16, src::32, dst::32, rest::binary>>, acc),
    do: parse(rest, acc + version + ihl + tos + len + id + flags + frag + ttl + proto + sum + rem(src, 7) + rem(dst, 5))
  def parse(<<>>, acc), do: acc
  def count(<<_::utf8, r::binary>>, n), do: count(r, n + 1)
  def count(<<>>, n), do: n
  def bits(<<b::1, r::bitstring>>, n), do: bits(r, n + b)
  def bits(<<>>, n), do: n
end
one = <<4::4, 5::4, 0, 40::16, 7::16, 2::3, 0::13, 64, 6, 1234::16, 10, 0, 0, 1, 10, 0, 0, 2>>
packets = String.duplicate(one, 50_000)
for _ <- 1..4, do: Packet.parse(packets, 0)
IO.inspect(Packet.parse(packets, 0))
text = String.duplicate("Grüße, Jürgen ❤ ", 50_000)
IO.inspect(Packet.count(text, 0))
IO.inspect(Packet.bits(:binary.part(packets, 0, 100_000), 0))
IO.inspect(byte_size(for i <- 1..300_000, into: <<>>, do: <<i::24>>))
IO.inspect(Enum.reduce(1..300_000, <<>>, fn i, b -> <<b::binary, i::16>> end) |> byte_size())
