# Which argument of a native was bad, where options, ranges and numbers of arguments decide.
text = String.duplicate("abc", 1)
told = fn fun -> IO.puts(try do inspect(fun.()) rescue e -> e |> Exception.message() |> String.split("  * ") |> List.last() |> String.trim() end) end

told.(fn -> :erlang.crc32(-1, "a") end) # => 1st argument: out of range
told.(fn -> :erlang.adler32(1, :a) end) # => 2nd argument: not an iodata term
told.(fn -> :erlang.binary_part(text, {0, -5}) end) # => 2nd argument: out of range
told.(fn -> :erlang.binary_to_list(text, 2, 1) end) # => 2nd argument: start position greater than stop position
told.(fn -> :binary.match("abc", "a", [:x]) end) # => 3rd argument: invalid options
told.(fn -> :binary.match("abc", "a", scope: {0, 5}) end) # => 3rd argument: specified part is not wholly inside binary
told.(fn -> :binary.replace("abc", "a", "b", insert_replaced: 5) end) # => 4th argument: invalid options
told.(fn -> :erlang.make_tuple(2, 1, :a) end) # => 3rd argument: not a list
told.(fn -> :erlang.phash2(1, 0) end) # => 1st argument: out of range
told.(fn -> :erlang.ref_to_list(1) end) # => 1st argument: not a reference
told.(fn -> :lists.ukeysort(3, [{1}, {2}]) end) # => 1st argument: out of range
told.(fn -> Process.send_after(self(), 1, 10_000_000_000_000) end) # => 1st argument: exceeds the maximum supported time value
told.(fn -> function_exported?(:a, :b, -1) end) # => false
told.(fn -> :ets.update_element(:ets.new(:t, []), 1, {1, 2}) end) # => false
told.(fn -> :ets.delete_object(:ets.new(:t, []), {}) end) # => 2nd argument: is an empty tuple
