IO.puts("žluťoučký 🙂 ñ") # => žluťoučký 🙂 ñ
IO.inspect("日本") # => "日本"
