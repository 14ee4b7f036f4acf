# A map's key in a pattern may be built of pinned variables.
a = 1
%{{^a, :b} => c, [^a] => d, <<^a>> => e} = %{{1, :b} => 3, [1] => 4, <<1>> => 5}
IO.inspect({c, d, e}) # => {3, 4, 5}
%{%{x: ^a} => f} = %{%{x: 1} => 6}
IO.inspect(f) # => 6
find = fn map, key -> case map do %{{:key, ^key} => v} when v > 1 -> v; _ -> nil end end
IO.inspect({find.(%{{:key, 2} => 7}, 2), find.(%{{:key, 2} => 7}, 3), find.(%{{:key, 2} => 1}, 2)}) # => {7, nil, nil}
for source <- ["%{{x} => 1} = %{}", "fn %{{:a, _} => 1} -> 1 end"] do
  IO.puts(String.slice(Exception.message(try(do: Code.eval_string(source), rescue: (e -> e))), 0, 58))
end
# => nofile:1: cannot use variable x as map key inside a patter
# => nofile:1: cannot use variable _ as map key inside a patter
