# Into a binary: what is no bitstring is named as it is, and the result so far counts as no segment.
error = fn fun ->
  try do
    fun.()
  rescue
    e -> IO.puts(Exception.message(e))
  end
end

IO.inspect(for x <- [1, 2, 3], into: "", do: <<x::4>>)
# => <<18, 3::size(4)>>
IO.inspect(for <<c <- "abc">>, into: "", do: <<c + 1, "#{c}">>)
# => "b97c98d99"
IO.inspect(for x <- [1, "b", :c], into: "", do: "#{x},")
# => "1,b,c,"
error.(fn -> for x <- ["a", 2], into: "", do: x end)
# => argument error: 2
error.(fn -> for x <- [:a], into: "", do: <<1, x::16>> end)
# => construction of binary failed: segment 2 of type 'integer': expected an integer but got: :a
error.(fn -> for x <- [{}], into: "", do: "#{x}" end)
# => protocol String.Chars not implemented for {} of type Tuple
