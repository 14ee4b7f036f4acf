# jump/1 skips as many numbers as OTP's.
for alg <- [:exsss, :exrop, :exro928ss, :exsp, :exs1024s, :exs1024, :exsplus] do
  state = :rand.jump(:rand.seed_s(alg, 42))
  {numbers, _} = Enum.map_reduce(1..5, state, fn _, state -> :rand.uniform_s(1000, state) end)
  IO.inspect({alg, numbers}, charlists: :as_lists)
end

# => {:exsss, [942, 113, 845, 404, 23]}
# => {:exrop, [829, 62, 89, 537, 791]}
# => {:exro928ss, [267, 786, 816, 614, 574]}
# => {:exsp, [690, 786, 173, 144, 78]}
# => {:exs1024s, [517, 926, 330, 502, 851]}
# => {:exs1024, [517, 926, 330, 502, 851]}
# => {:exsplus, [690, 786, 173, 144, 78]}
:rand.seed(:exsss, {1, 2, 3})
:rand.jump()
IO.inspect(:rand.uniform(1000)) # => 240
IO.inspect(:rand.exsp_jump([1 | 2])) # => [62857607239118635 | 99818531232796752]

try do
  :rand.jump(:rand.seed_s(:exs64, 1))
rescue
  e -> IO.puts(Exception.message(e)) # => Erlang error: :not_implemented
end
