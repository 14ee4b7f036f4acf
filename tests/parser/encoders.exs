# The encoders of string_to_quoted: for literals, and for the atoms that stand in the source.
parse = fn text, opts -> IO.inspect(Code.string_to_quoted(text, opts), width: 150) end
lit = fn literal, meta -> {:ok, {:lit, meta, [literal]}} end
atom = fn text, _meta -> {:ok, {:x, text}} end

parse.("{:a, 1}", literal_encoder: lit) # => {:ok, {:lit, [line: 1], [{{:lit, [line: 1], [:a]}, {:lit, [line: 1], [1]}}]}}
parse.("1", literal_encoder: lit, token_metadata: true) # => {:ok, {:lit, [token: "1", line: 1], [1]}}
parse.("[1, 2]", literal_encoder: fn _, _ -> {:error, "no"} end) # => {:error, {[line: 1, column: 2], "no: ", "literal"}}
parse.("foo + A.b", static_atoms_encoder: fn _, _ -> {:error, "bad"} end) # => {:error, {[line: 1, column: 1], "bad: ", "foo"}}
parse.("a and :b", static_atoms_encoder: atom) # => {:ok, {:and, [line: 1], [{{:x, "a"}, [line: 1], nil}, {:x, "b"}]}}
parse.("m do n end", static_atoms_encoder: atom) # => {:ok, {{:x, "m"}, [line: 1], [[do: {{:x, "n"}, [line: 1], nil}]]}}
parse.("%{true: B, \"c d\": nil}", static_atoms_encoder: atom)
# => {:ok, {:%{}, [line: 1], [{{:x, "true"}, {:__aliases__, [line: 1], [x: "B"]}}, {{:x, "c d"}, nil}]}}
