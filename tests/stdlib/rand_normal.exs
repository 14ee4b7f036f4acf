# Normal deviates, bytes and floats of every algorithm are those of OTP for a seed.
for alg <- [:exsss, :exrop, :exs1024s, :exro928ss, :exsp, :exsplus, :exs64, :exs1024] do
  state = :rand.seed_s(alg, {1, 2, 3})
  {draws, state} = Enum.map_reduce(1..2000, state, fn _, state -> :rand.normal_s(state) end)
  {bytes, state} = :rand.bytes_s(11, state)
  {real, _} = :rand.uniform_real_s(state)
  IO.inspect({alg, :erlang.phash2(draws), bytes, real})
end
