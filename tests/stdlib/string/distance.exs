IO.inspect(String.jaro_distance("martha", "marhta") |> Float.round(4)) # => 0.9444
IO.inspect(String.myers_difference("abc", "adc")) # => [eq: "a", del: "b", ins: "d", eq: "c"]
IO.inspect(String.bag_distance("abc", "abd") |> Float.round(3)) # => 0.667
IO.inspect(String.chunk(<<"ab", 255>>, :valid)) # => ["ab", <<255>>]
