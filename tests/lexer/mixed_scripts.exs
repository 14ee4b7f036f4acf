# Names are of one script, or of scripts that are written together; those that look alike are told of.
for text <- ["日本語", "ひらがなカタカナ漢字", "x_日本", "한글", "σίγμα", "привет", "naïve?", ":été!", "[日本: 1]", "שלום", "ไทย"] do
  IO.inspect(elem(Code.string_to_quoted(text), 0)) # => :ok
  # => :ok
  # => :ok
  # => :ok
  # => :ok
  # => :ok
  # => :ok
  # => :ok
  # => :ok
  # => :ok
  # => :ok
end

{:error, {meta, {message, more}, token}} = Code.string_to_quoted("adмin = 1")
IO.inspect({meta, message, token}) # => {[line: 1, column: 1], "invalid mixed-script identifier found: ", "adмin"}
IO.puts(Enum.at(String.split(more, "\n"), 6)) # =>   \u043C м {Cyrillic}

{:error, {meta, {_, more}, "аdmin"}} = Code.string_to_quoted("[аdmin: 1]")
IO.inspect(meta) # => [line: 1, column: 6]
IO.puts(Enum.find(String.split(more, "\n"), &(&1 =~ "\"admin\""))) # =>     "admin" (code points 0x00061 0x00064 0x0006D 0x00069 0x0006E)

# stderr: confusable identifier: 'a' looks like 'а' on line 1, but they are written using different characters
Code.string_to_quoted!("а = 1\na = 2")

for text <- ["ﬁ = 1", "ª = 1", "ⅷ = 1", "a.__block__", "1\n<<<<<<< HEAD\n2"], do: IO.inspect(Code.string_to_quoted(text), width: 150)
# => {:error, {[line: 1, column: 1], "unexpected token: ", "\"ﬁ\" (column 1, code point U+FB01)"}}
# => {:error, {[line: 1, column: 1], "unexpected token: ", "\"ª\" (column 1, code point U+00AA)"}}
# => {:error, {[line: 1, column: 1], "unexpected token: ", "\"ⅷ\" (column 1, code point U+2177)"}}
# => {:error, {[line: 1, column: 3], "reserved token: ", "__block__"}}
# => {:error, {[line: 2, column: 1], "found an unexpected version control marker, please resolve the conflicts: ", "<<<<<<< HEAD"}}
