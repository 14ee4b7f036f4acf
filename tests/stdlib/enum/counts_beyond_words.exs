# Counts and positions that are larger than any list.
big = 1_000_000_000_000_000_000_000_000_000_000
list = [1, 2, 3]
IO.inspect({Enum.take(list, big), Enum.drop(list, big), Enum.split(list, -big), Enum.at(list, -big), Enum.take_every(list, big)}) # => {[1, 2, 3], [], {[], [1, 2, 3]}, nil, [1]}
IO.inspect({Enum.slice(list, 1..big), Enum.chunk_every(list, big), Enum.drop_every(list, big), Enum.slice(list, big, 1)}) # => {[2, 3], [[1, 2, 3]], [2, 3], []}
IO.inspect({List.insert_at(list, big, 4), List.delete_at(list, -big), List.pop_at(list, big), List.replace_at(list, big, 0)}) # => {[1, 2, 3, 4], [1, 2, 3], {nil, [1, 2, 3]}, [1, 2, 3]}
IO.inspect({String.slice("abc", 1, big), String.at("abc", big), String.split_at("abc", -big), Enum.at(1..big, -2)}) # => {"bc", nil, {"", "abc"}, 999999999999999999999999999999}
