# The beginnings, ends and code points of strings.
IO.inspect(
  {String.starts_with?("abc", ""), String.starts_with?("abc", []), String.starts_with?("abc", ["x", "ab"]), String.starts_with?("ab", "abc")}
)
IO.inspect({String.ends_with?("abc", "bc"), String.ends_with?("abc", ["x", ""]), String.ends_with?("", "a"), String.ends_with?("abc", "abc")})
IO.inspect(
  {String.to_charlist("hé→😀"), :unicode.characters_to_list(["a", ?b, "é"]), :unicode.characters_to_list(<<0xE2, 0x82>>), :unicode.characters_to_list("a\xffb")}
)
IO.inspect((for s <- ["", "foo.bar", "a-b#c [x] {y} (z) | \\ ^ $ * + ?", "\t\n\v\f\r é"], do: Regex.escape(s)))
odd = ["YQ==", "YQ", "a===", "====", "YWJjYQ=", "YWJj=WI=", "YWJj====", "a*=="]
IO.inspect((for s <- odd, do: {Base.decode64(s), Base.decode64(s, padding: false)}))
IO.inspect((for s <- ["MY======", "MZXW6YQ=", "M=======", "MZXW6Y=="], do: {Base.decode32(s), Base.decode32(s, padding: false)}))
IO.inspect({Base.decode64(" YW\nJj", ignore: :whitespace), :base64.decode("YWJj ZGVm\n"), :base64.mime_decode("YW!Jj")})
IO.inspect({Base.decode16("6a6B", case: :mixed), Base.decode16("6A6b"), Base.encode32("foo", case: :lower)})
texts = for n <- [0, 1, 55, 56, 64, 111, 112, 128, 300], do: :binary.copy("x", n)
IO.inspect(Enum.map(texts, &:erlang.crc32/1))
IO.inspect((for hash <- [:sha, :sha256, :sha512], do: Enum.map(texts, &:crypto.hash(hash, &1)) |> :erlang.crc32()))
