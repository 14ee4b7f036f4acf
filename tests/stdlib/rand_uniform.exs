# The process's own generator gives Erlang's numbers, whatever is drawn in between.
:rand.seed(:exsss, {1, 2, 3})
IO.inspect(for _ <- 1..3, do: :rand.uniform())
# => [0.5455598952593053, 0.6039309974353404, 0.6684893034823949]
IO.inspect(for(n <- [1, 6, 1_000_000, 200_000_000_000_000_000, 200_000_000_000_000_000, 2 ** 58, 10 ** 21], do: :rand.uniform(n)), width: 200)
# => [1, 3, 298474, 83607080332037519, 22569499322890324, 20386841500700913, 816288341220609402231]
IO.inspect(Enum.shuffle(1..12))
# => [7, 10, 8, 12, 5, 6, 11, 1, 2, 9, 4, 3]
IO.inspect({Enum.random(1..1000), Enum.take_random(1..100, 3), :rand.normal()})
# => {317, 'Q_V', -0.3404604141198811}
IO.inspect(:rand.export_seed())
# => {:exsss, [255571105256464954 | 12432791225025384]}
{a, state} = :rand.uniform_s(10, :rand.seed_s(:exsss, 42))
IO.inspect({a, :rand.uniform_s(state) |> elem(0)})
# => {4, 0.899364294071664}
:rand.seed(:exro928ss, 5)
IO.inspect({:rand.uniform(10), elem(:rand.export_seed(), 0)})
# => {7, :exro928ss}
for x <- [0, -1, 1.5, :a], do: IO.inspect(try(do: :rand.uniform(x), rescue: (e -> e.__struct__)))
# => FunctionClauseError
# => FunctionClauseError
# => FunctionClauseError
# => FunctionClauseError
