d = %{users: [%{name: "a", t: {1, 2}}, %{name: "b", t: {3, 4}}]}
IO.inspect(get_in(d, [:users, Access.all(), :name])) # => ["a", "b"]
IO.inspect(get_in(d, [:users, Access.at(0), :name])) # => "a"
IO.inspect(get_in(d, [:users, Access.all(), :t, Access.elem(1)])) # => [2, 4]
IO.inspect(update_in(d, [:users, Access.all(), :name], &String.upcase/1) |> get_in([:users, Access.at(1), :name])) # => "B"
IO.inspect(get_in(d, [:users, Access.filter(&(&1.name == "b")), :name])) # => ["b"]
IO.inspect(get_in(d, [Access.key(:none, []), Access.all()])) # => []
IO.inspect(put_in(d.users, [])) # => %{users: []}
IO.inspect(update_in(d[:users], &length/1)) # => %{users: 2}
{old, new} = get_and_update_in(d, [:users, Access.at(0), :name], &{&1, "z"})
IO.inspect({old, get_in(new, [:users, Access.at(0), :name])}) # => {"a", "z"}
