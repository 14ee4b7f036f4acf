IO.inspect(Regex.match?(~r/a+/, "caat")) # => true
IO.inspect("abc" =~ ~r/b/) # => true
IO.inspect(Regex.run(~r/(\d+)-(\d+)/, "10-20")) # => ["10-20", "10", "20"]
IO.inspect(Regex.scan(~r/\d/, "a1b2")) # => [["1"], ["2"]]
IO.inspect(Regex.replace(~r/\d/, "a1b2", "#")) # => "a#b#"
IO.inspect(Regex.replace(~r/(\d)/, "a1", "<\\1>")) # => "a<1>"
IO.inspect(Regex.split(~r/,\s*/, "a, b,c")) # => ["a", "b", "c"]
IO.inspect(Regex.named_captures(~r/(?<y>\d+)/, "x12")) # => %{"y" => "12"}
IO.inspect(Regex.run(~r/x/, "abc")) # => nil
IO.inspect(Regex.escape("a.b")) # => "a\\.b"
IO.inspect(Regex.run(~r/é/u, "caé", return: :index)) # => [{2, 2}]
IO.inspect(Regex.source(~r/ab/)) # => "ab"
