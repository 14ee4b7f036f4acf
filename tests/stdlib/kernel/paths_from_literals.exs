# A path may start at any form but a pair.
IO.inspect(put_in([a: 1][:a], 2)) # => [a: 2]
IO.inspect(pop_in([a: 1, b: 2][:a])) # => {1, [b: 2]}
IO.inspect(update_in(%{a: %{b: 1}}.a[:b], &(&1 + 1))) # => %{a: %{b: 2}}
IO.inspect(pop_in(nil[:a])) # => {nil, nil}

for source <- ["put_in({1, 2}[:a], 3)", "put_in(\"s\"[:a], 1)", "put_in(nil[:a], 1)", "put_in([1][:a], 1)"] do
  IO.puts(try do inspect(Code.eval_string(source)) rescue e -> Exception.message(e) end)
end

# => expression given to put_in/2 must start with a variable, local or remote call and be followed by an element access, got: {1, 2}
# => no function clause matching in Access.get_and_update/3
# => could not put/update key :a on a nil value
# => no function clause matching in Keyword.get_and_update/4
