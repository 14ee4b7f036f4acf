# Which of two mistakes in a text is told, where the padding may stand, and texts of a megabyte.
try_all = fn texts, fun ->
  for text <- texts do
    try do
      IO.inspect(fun.(text))
    rescue
      e in ArgumentError -> IO.puts(Exception.message(e))
    end
  end
end

try_all.(["Zm9=vYg==", "MZ====", "====", "A===", "AAB=", "Zm9vZm9vYg=="], &Base.decode64!/1)
# => non-alphabet character found: "=" (byte 61)
# => incorrect padding
# => non-alphabet character found: "=" (byte 61)
# => non-alphabet character found: "=" (byte 61)
# => <<0, 0>>
# => "foofoob"
try_all.(["MZXW6===", "MZ====", "mz======", "AAAAAA=="], &Base.decode32!/1)
# => "foo"
# => incorrect padding
# => non-alphabet character found: "m" (byte 109)
# => non-alphabet character found: "=" (byte 61)
big = :binary.copy(<<0, 255, 17>>, 400_000)
IO.inspect(big |> Base.encode64() |> Base.decode64!() == big) # => true
IO.inspect(big |> Base.encode32(case: :lower) |> Base.decode32!(case: :mixed) == big) # => true
IO.inspect(big |> Base.encode16(case: :lower) |> Base.decode16!(case: :lower) == big) # => true
