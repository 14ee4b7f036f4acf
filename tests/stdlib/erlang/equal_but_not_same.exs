# Where Erlang's containers compare exactly and where they do not, and names with dots.
IO.inspect(:queue.to_list(:queue.delete(1, :queue.from_list([1.0, 2, 1])))) # => [1.0, 2]
IO.inspect(:gb_sets.to_list(:gb_sets.intersection(:gb_sets.from_list([1.0, :a, nil]), :gb_sets.from_list([1, [1]])))) # => [1]
IO.inspect(:filename.join("a/./b", "c/.")) # => "a/b/c/."
IO.inspect(:filename.join("./", "./b")) # => "./b"
IO.inspect(:io_lib.write_atom(:"a b")) # => '\'a b\''
IO.inspect(:io_lib.write_string('a\n')) # => '"a\\n"'
:io.format("é~ts~n", ["é"]) # => Ã©é
:io.format('é~ts~n', ["é"]) # => éé
IO.inspect(try do :gb_trees.delete(1, :gb_trees.empty()) rescue e -> Exception.message(e) end) # => "no function clause matching in :gb_trees.delete_1/2"
IO.inspect(try do :sets.new(version: 3) rescue e -> Exception.message(e) end) # => "no case clause matching: 3"
