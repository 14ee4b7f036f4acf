# Bytes of a module in which one was changed, with the checksum put right: they are loaded or refused, whatever they say.
:logger.set_primary_config(:level, :none)

defmodule Damage do
  import Bitwise
  @mask 0xFFFFFFFFFFFFFFFF

  def hash(<<word::little-64, rest::binary>>, h) do
    h = bxor(h, word) * 0x9E3779B97F4A7C15 &&& @mask
    hash(rest, bxor(h, h >>> 29))
  end

  def hash(<<byte, rest::binary>>, h), do: hash(rest, bxor(h, byte) * 0x100000001B3 &&& @mask)
  def hash("", h), do: h

  def changed(<<head::binary-28, _sum::64, body::binary>>, at, byte) do
    <<before::binary-size(at), _, rest::binary>> = body
    body = <<before::binary, byte, rest::binary>>
    <<head::binary, hash(body, 0)::little-64, body::binary>>
  end
end

code = """
defmodule Damaged do
  def maps(m, x), do: {%{m | a: x}, %{a: 1, b: x}, m.a, is_map_key(m, :b)}
  def bits(<<n, rest::binary-size(n), tail::bits>>), do: <<rest::binary, n::16, tail::bits>>
  def funs(x), do: Enum.map([1, 12345678901234567890, 1.5e300], fn y -> {x, div(y, 3)} end)
  def sorts(:a), do: 1
  def sorts(:b), do: 2
  def sorts(3), do: try(do: hd(List.wrap(nil)), rescue: (_ -> 3))
  def waits, do: receive(do: ({:x, y} -> y), after: (10 -> :none))
end
"""

[{Damaged, binary}] = Code.compile_string(code)
phial = match?(<<_::binary-8, "BEAMPhil", _::binary>>, binary)

results =
  for at <- 0..(byte_size(binary) - 37)//13, byte <- [rem(at * 7, 256)], phial do
    case :code.load_binary(Damaged, 'damaged.ex', Damage.changed(binary, at, byte)) do
      {:module, Damaged} -> :loaded
      {:error, :badfile} -> :refused
    end
  end

IO.inspect(Enum.all?(results, &(&1 in [:loaded, :refused]))) # => true
IO.inspect(not phial or (:loaded in results and :refused in results)) # => true
