# Appending to a binary in a loop, by bytes and otherwise; older views of it stay what they were.
append = fn times, step -> Enum.reduce(1..times, "", step) end
bytes = append.(1000, fn i, acc -> <<acc::binary, i>> end)
IO.inspect({byte_size(bytes), :binary.last(bytes), :erlang.crc32(bytes)}) # => {1000, 232, 1154180864}
pairs = append.(1000, fn i, acc -> <<acc::binary, -i, i + 1::size(8)>> end)
IO.inspect({byte_size(pairs), :erlang.crc32(pairs)}) # => {2000, 159500023}
old = append.(200, fn i, acc -> <<acc::binary, i>> end)
one = <<old::binary, 1>>
two = <<old::binary, 2, 3>>
IO.inspect({:binary.last(one), :binary.last(two), byte_size(one), byte_size(two), byte_size(old)}) # => {1, 3, 201, 202, 200}
part = binary_part(one, 0, 150)
IO.inspect(<<part::binary, 7>> == <<binary_part(old, 0, 150)::binary, 7>>) # => true
bits = append.(301, fn i, acc -> <<acc::bitstring, i::3>> end)
IO.inspect({bit_size(bits), bit_size(<<bits::bitstring, 255>>), <<bits::bitstring, 255>> == <<bits::bitstring, 15::4, 15::4>>}) # => {903, 911, true}
big = <<old::binary, 0xFFFFFFFFFFFFFFFFFF01::8>>
IO.inspect(:binary.last(big)) # => 1
try do
  <<old::binary, hd([:a])>>
rescue
  e -> IO.puts(Exception.message(e)) # => construction of binary failed: segment 2 of type 'integer': expected an integer but got: :a
end
