IO.inspect(Enum.min([3, 1, 2])) # => 1
IO.inspect(Enum.max([3, 1, 2])) # => 3
IO.inspect(Enum.min_max([3, 1, 2])) # => {1, 3}
IO.inspect(Enum.min_by(~w(aaa b cc), &String.length/1)) # => "b"
IO.inspect(Enum.max_by(~w(aaa b cc), &String.length/1)) # => "aaa"
IO.inspect(Enum.min_max_by(~w(aaa b cc), &String.length/1)) # => {"b", "aaa"}
IO.inspect(Enum.max([], fn -> :empty end)) # => :empty
IO.inspect(Enum.max([1, 3, 2], &<=/2)) # => 1
IO.inspect(Enum.max(["a", :b, 1])) # => "a"
IO.inspect(Enum.max_by([%{v: 1}, %{v: 5}], & &1.v)) # => %{v: 5}
