# The shortest text of many floats, the texts with decimals, and the sign of zero.
show = &IO.inspect(&1, width: 10_000)
:rand.seed(:exsss, {1, 2, 3})

floats =
  for _ <- 1..5000 do
    case :rand.uniform(5) do
      1 -> :rand.uniform()
      2 -> :rand.uniform() * 1000
      3 -> Float.round(:rand.uniform() * 1000, :rand.uniform(6))
      4 -> :rand.uniform(1_000_000) / :rand.uniform(1000)
      5 -> <<0::1, :rand.uniform(2046)::11, :rand.uniform(4_503_599_627_370_495)::52>> |> then(fn <<f::float>> -> f end)
    end
  end

show.(:erlang.phash2(Enum.map(floats, &Float.to_string/1)))
# => 121159624
show.(Enum.all?(floats, &(String.to_float(Float.to_string(&1)) == &1)))
# => true
show.(Enum.map([123.456, 1.0e15, 1.0e16, 1.0e-5, 0.0001234, 0.1 + 0.2, 5.0e-324, 999_999_999_999_999.9], &Float.to_string/1))
# => ["123.456", "1.0e15", "1.0e16", "1.0e-5", "1.234e-4", "0.30000000000000004", "5.0e-324", "999999999999999.9"]
show.(for f <- [3.14159, 2.5, 0.05, -0.04, 123_456_789.987654321], d <- [0, 1, 4], do: :erlang.float_to_binary(f, decimals: d))
# => ["3", "3.1", "3.1416", "3", "2.5", "2.5000", "0", "0.1", "0.0500", "-0", "-0.0", "-0.0400", "123456790", "123456790.0", "123456789.9877"]
zero = String.to_float("-0.0")
show.({:erlang.float_to_binary(zero, decimals: 1), :erlang.float_to_binary(zero, [:compact, decimals: 3]), Float.to_string(zero)})
# => {"-0.0", "-0.0", "-0.0"}
show.({:io_lib.format("~.1f~n", [1.25]), :io_lib.format("a~pb~s", [1, :c]), :io_lib.format("~b~s", [3, "x"])})
# => {'1.3\n', [97, '1', 98, 99], [51, 'x']}
show.(for s <- ["12abc", "+7 x", "zz", "", "-", "0x1F", "12.5e3x"], b <- [10, 16, 36], do: Integer.parse(s, b))
# => [{12, "abc"}, {76476, ""}, {1786296, ""}, {7, " x"}, {7, " x"}, {7, " x"}, :error, :error, {1295, ""}, :error, :error, :error, :error, :error, :error, {0, "x1F"}, {0, "x1F"}, {42819, ""}, {12, ".5e3x"}, {18, ".5e3x"}, {38, ".5e3x"}]
show.(for s <- ["12", ".5", "1.", "1.e5", "1e5", "-0.5z", "1.5e", "1.5e+", "1.5e-3z"], do: Float.parse(s))
# => [{12.0, ""}, :error, {1.0, "."}, {1.0, ".e5"}, {100000.0, ""}, {-0.5, "z"}, {1.5, "e"}, {1.5, "e+"}, {0.0015, "z"}]
