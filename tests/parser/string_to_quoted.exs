IO.inspect(Code.string_to_quoted("1 + 2"), width: :infinity) # => {:ok, {:+, [line: 1], [1, 2]}}
IO.inspect(Code.string_to_quoted("foo bar, baz: 1"), width: :infinity) # => {:ok, {:foo, [line: 1], [{:bar, [line: 1], nil}, [baz: 1]]}}
IO.inspect(Code.string_to_quoted("x = %{a: 1}"), width: :infinity) # => {:ok, {:=, [line: 1], [{:x, [line: 1], nil}, {:%{}, [line: 1], [a: 1]}]}}
IO.inspect(Code.string_to_quoted(""), width: :infinity) # => {:ok, {:__block__, [], []}}
IO.inspect(Code.string_to_quoted("a\nb"), width: :infinity) # => {:ok, {:__block__, [], [{:a, [line: 1], nil}, {:b, [line: 2], nil}]}}
IO.inspect(Code.string_to_quoted!("f(1)\n|> g"), width: :infinity) # => {:|>, [line: 2], [{:f, [line: 1], [1]}, {:g, [line: 2], nil}]}
