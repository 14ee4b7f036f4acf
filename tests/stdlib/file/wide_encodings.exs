# SPDX-License-Identifier: Apache-2.0
# Lines and characters of files in UTF-16 and UTF-32: bytes of a newline inside of a character end no line.
path = Path.join(System.tmp_dir!(), "wide_#{System.pid()}")
text = "aĊਊ\r\n\u{1F600}b\nlast"

for encoding <- [:utf16, {:utf16, :little}, :utf32, {:utf32, :little}] do
  File.open!(path, [:write, encoding: encoding], &IO.write(&1, text))
  IO.inspect(Enum.to_list(File.stream!(path, encoding: encoding)))
  IO.inspect(File.open!(path, [encoding: encoding], &{IO.read(&1, 3), IO.read(&1, :line), IO.read(&1, 2), IO.read(&1, :eof)}))
end

# => ["aĊਊ\n", "😀b\n", "last"]
# => {"aĊਊ", "\n", "😀b", "\nlast"}
# => ["aĊਊ\n", "😀b\n", "last"]
# => {"aĊਊ", "\n", "😀b", "\nlast"}
# => ["aĊਊ\n", "😀b\n", "last"]
# => {"aĊਊ", "\n", "😀b", "\nlast"}
# => ["aĊਊ\n", "😀b\n", "last"]
# => {"aĊਊ", "\n", "😀b", "\nlast"}

File.write!(path, <<0xFF, 0xFE, "a", 0, "\n", 0>>)
IO.inspect(Enum.to_list(File.stream!(path, [:trim_bom, encoding: {:utf16, :little}]))) # => ["a\n"]
device = File.open!(path, [:read])
IO.inspect({:file.pid2name(device) == {:ok, path}, :file.pid2name(self())}) # => {true, :undefined}
File.rm!(path)
