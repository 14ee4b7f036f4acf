id = fn x -> x end
message = fn f -> try do f.() rescue e -> IO.puts(Exception.message(e)) end end
message.(fn -> "a" <> id.(nil) end) # => construction of binary failed: segment 2 of type 'binary': expected a binary but got: nil
message.(fn -> x = id.("s"); <<1, x>> end) # => construction of binary failed: segment 2 of type 'integer': expected an integer but got: "s"
message.(fn -> n = id.(-1); <<1::size(n)>> end) # => construction of binary failed: segment 1 of type 'integer': expected a non-negative integer as size but got: -1
message.(fn -> x = id.(0xD800); <<x::utf8>> end) # => construction of binary failed: segment 1 of type 'utf8': expected a non-negative integer encodable as utf8 but got: 55296
message.(fn -> x = id.("ab"); <<x::binary-size(5)>> end) # => construction of binary failed: segment 1 of type 'binary': the value "ab" is shorter than the size of the segment
f = id.(1.0e300)
IO.inspect(<<f::float-32>>) # => <<127, 128, 0, 0>>
