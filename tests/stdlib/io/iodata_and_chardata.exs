# Lengths and texts of iodata and chardata, good and bad.
failure = fn fun ->
  try do
    fun.()
  rescue
    e -> e.__struct__
  end
end
bad = [["a" | 1], [256], [-1], :a, ["a", <<1::3>>], [1.0]]
IO.inspect({IO.iodata_length([["ab", 3], "c" | "d"]), IO.iodata_length([]), IO.iodata_length("é")})
IO.inspect((for data <- bad, do: failure.(fn -> IO.iodata_length(data) end)))
IO.inspect((for data <- bad, do: failure.(fn -> IO.iodata_to_binary(data) end)))
IO.inspect(IO.iodata_to_binary([[1 | "a"], [] | [[[]]]]))
IO.inspect(List.to_string([?a, "é", [0x1F600, 'x'] | "z"]))
IO.inspect((for data <- [[0xD800], ["a", 0x110000], ["\xff"], [1.0]], do: failure.(fn -> List.to_string(data) end)))
IO.inspect(:unicode.characters_to_binary([255, 256, 127, 128, 2047, 2048, 65535, 65536]))
IO.inspect({:unicode.characters_to_binary([<<0xC3>>, <<0xA9>>]), :unicode.characters_to_binary(["a", <<0xC3>>])})
IO.inspect(:unicode.characters_to_binary(["ok", 0xD800, "x"]))
