# Integers and their texts, at the limits of the small ones too.
limits = [0, -1, 1_152_921_504_606_846_975, -1_152_921_504_606_846_976, -1_152_921_504_606_846_977]
IO.inspect(Enum.map(limits, &Integer.to_string/1))
IO.inspect(Enum.map(limits, &Integer.to_string(&1, 36)))
IO.inspect(Enum.map(limits, &(Integer.to_string(&1, 2) |> byte_size())))
IO.inspect({Integer.to_charlist(-120), "#{-7}", to_string(1_000_000)})
IO.inspect((for s <- ["12abc", "-12", "+7.5", "", "-", "--1", "+-1", "00012"], do: Integer.parse(s)))
IO.inspect((for s <- ["-1152921504606846976", "1152921504606846976-", "123456789012345678901x"], do: Integer.parse(s)))
IO.inspect({Integer.parse("ffz", 16), Integer.parse("-Zz", 36), Integer.parse("12", 2)})
IO.inspect((for n <- [0, 10, -123, -1_152_921_504_606_846_976], do: Integer.digits(n)))
IO.inspect({Integer.digits(12_345_678_901_234_567_890_123, 1000), Integer.digits(5, 123_456_789_012_345_678_901)})
IO.inspect((for a <- [-7, 7, 6, 123_456_789_012_345_678_901], b <- [3, -3], do: {Integer.mod(a, b), Integer.floor_div(a, b)}))
IO.inspect((for n <- [1, -1, 1999, -1999], do: {System.convert_time_unit(n, :millisecond, :second), System.convert_time_unit(n, 1000, 7)}))
