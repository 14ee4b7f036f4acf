# :binary, :unicode, :atomics and :counters say which argument is wrong.
report = fn fun ->
  try do
    IO.inspect(fun.())
  rescue
    e -> e |> Exception.message() |> String.split("\n", trim: true) |> tl() |> Enum.map_join(" ", &String.trim/1) |> IO.puts()
  end
end

report.(fn -> :binary.at("abc", -1) end) # => * 2nd argument: out of range
report.(fn -> :binary.copy(:a, -1) end) # => * 1st argument: not a binary * 2nd argument: out of range
report.(fn -> :binary.copy(<<1::4>>) end) # => * 1st argument: is a bitstring (expected a binary)
report.(fn -> :binary.part("abc", {2, 5}) end) # => * 2nd argument: out of range
report.(fn -> :binary.part("abc", :x) end) # => * 2nd argument: not a valid {Pos,Length} tuple
report.(fn -> :binary.decode_hex("abc") end) # => * 1st argument: must contain an even number of bytes
report.(fn -> :binary.decode_hex("zz") end) # => * 1st argument: zz is not a valid hex
report.(fn -> :binary.encode_unsigned(-1, :middle) end) # => * 1st argument: out of range * 2nd argument: must be 'big' or 'little'
report.(fn -> :binary.longest_common_prefix([1]) end) # => * 1st argument: not a flat list of binaries
report.(fn -> :binary.replace("a", "", 1) end) # => * 2nd argument: not a valid pattern * 3rd argument: not a binary
report.(fn -> :binary.compile_pattern("") end) # => * 1st argument: not a valid pattern
report.(fn -> :atomics.get(:atomics.new(1, []), 2) end) # => * 2nd argument: out of range
report.(fn -> :atomics.new(0, []) end) # => * 1st argument: out of range
report.(fn -> :atomics.put(:atomics.new(1, []), 1, 1.5) end) # => * 3rd argument: not an integer
report.(fn -> :counters.get(:counters.new(2, []), 3) end) # => * 2nd argument: out of range
report.(fn -> Process.demonitor(make_ref(), [:what]) end) # => * 2nd argument: invalid option in list
report.(fn -> Process.spawn(fn -> 1 end, [:what]) end) # => * 2nd argument: invalid spawn option
report.(fn -> :unicode.characters_to_binary(1, :utf7) end) # => * 1st argument: not valid character data (an iodata term) * 2nd argument: not a valid encoding
report.(fn -> :unicode.characters_to_nfc_list(:a) end) # => * 1st argument: not valid character data (an iodata term)
IO.inspect(for item <- [:heap_type, :time_correction, :time_warp_mode, {:wordsize, :external}], do: :erlang.system_info(item)) # => [:private, true, :no_time_warp, 8]
