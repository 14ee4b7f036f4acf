# Percent-escapes, whole and broken.
IO.inspect((for s <- ["", "a%2", "%%41%zz%4", "%e2%86%92x", "100%", "no escapes"], do: URI.decode(s)))
IO.inspect((for s <- ["a%2Bb+c%", "+", "%20+%2b"], do: URI.decode_www_form(s)))
IO.inspect((for s <- ["", "a b&c=d", "é→/~_-.", "%41+", <<0, 127, 255>>], do: URI.encode_www_form(s)))
IO.inspect((for s <- ["a b/c?d=é", "%41"], do: {URI.encode(s), URI.encode(s, &URI.char_unreserved?/1)}))
IO.inspect({URI.encode_query(%{"a b" => "c&d", x: 1}), URI.encode_query([{"a b", "c+d~"}], :rfc3986)})
IO.inspect({URI.decode_query("a+b=c%26d&x=1&y"), URI.decode_query("a%20b=1+2", %{}, :rfc3986)})
