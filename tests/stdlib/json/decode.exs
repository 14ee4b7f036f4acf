# differs: JSON came with Elixir 1.18
IO.inspect(JSON.decode("[null, 123, -0.5e3, \"s\\u00e9\\ud83d\\ude00\\n\", {\"key\":{\"a\":[]}, \"a\":1, \"a\":2}, []] "))
# => {:ok, [nil, 123, -500.0, "sé😀\n", %{"a" => 2, "key" => %{"a" => []}}, []]}

bad = [
  "", "tru", "[1,]", "{\"a\"}", "{1:2}", "1 2", "01", "-a", "1.e", "1e999", "\"\\q\"", "\"\\uZZZZ\"", "\"\\ud800\"", "\"\\ud800\\u0041\"",
  <<?", 1, ?">>, <<?", 255, ?">>, <<?", 0xC3>>, "{\"a\":1,}", "]", <<0>>
]

for text <- bad do
  {:error, reason} = JSON.decode(text)
  # A decoder with callbacks finds the same; it leaves what follows a value to its caller.
  same = JSON.decode(text, nil, []) == {:error, reason} or text in ["1 2", "01"]
  IO.puts("#{inspect(reason)} #{same}")
end
# => {:unexpected_end, 0} true
# => {:unexpected_end, 3} true
# => {:invalid_byte, 3, 93} true
# => {:invalid_byte, 4, 125} true
# => {:invalid_byte, 1, 49} true
# => {:invalid_byte, 2, 50} true
# => {:invalid_byte, 1, 49} true
# => {:invalid_byte, 1, 97} true
# => {:invalid_byte, 2, 101} true
# => {:unexpected_sequence, 0, "1e999"} true
# => {:invalid_byte, 2, 113} true
# => {:unexpected_sequence, 1, "\\uZZZZ"} true
# => {:invalid_byte, 7, 34} true
# => {:unexpected_sequence, 1, "\\ud800\\u0041"} true
# => {:invalid_byte, 1, 1} true
# => {:invalid_byte, 1, 255} true
# => {:unexpected_end, 2} true
# => {:invalid_byte, 7, 125} true
# => {:invalid_byte, 0, 93} true
# => {:invalid_byte, 0, 0} true

IO.inspect(JSON.decode("{\"a\":[1,2.5,null]} x", 7, integer: & &1, float: & &1, null: :none, array_push: fn v, acc -> [{v} | acc] end))
# => {%{"a" => [{"1"}, {"2.5"}, {:none}]}, 7, "x"}

try do
  JSON.decode!("[1,}")
rescue
  e in JSON.DecodeError -> IO.puts("#{e.message}, #{e.offset}, #{e.data}")
end
# => invalid byte 125 at position (byte offset) 3, 3, [1,}

deep = String.duplicate("[", 100_000) <> String.duplicate("]", 100_000)
IO.inspect(JSON.encode!(JSON.decode!(deep)) == deep) # => true
