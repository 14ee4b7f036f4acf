IO.inspect(Macro.escape({1, 2, 3})) # => {:{}, [], [1, 2, 3]}
IO.inspect(Macro.escape(%{a: 1})) # => {:%{}, [], [a: 1]}
IO.inspect(Macro.escape([1, {2, 3}])) # => [1, {2, 3}]
IO.inspect(Macro.escape({:a, [], [:b, {1, 2, 3}]})) # => {:{}, [], [:a, [], [:b, {:{}, [], [1, 2, 3]}]]}
