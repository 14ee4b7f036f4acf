# phash2 is portable: lists, too, hash as on the BEAM.
for term <- [[1], [1, 2, 3000], 'abcdefghijkl', [1 | 2], [{33, 33}], [[]], {[], []}, [:a, :b]], do: IO.puts(:erlang.phash2(term))
# => 84609158
# => 55681897
# => 65861122
# => 86124794
# => 34330463
# => 96416884
# => 23759702
# => 9075654
