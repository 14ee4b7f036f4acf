# A process sees what it has done since its turn began.
count = fn ->
  {:reductions, n} = Process.info(self(), :reductions)
  n
end

start = count.()
Enum.each(1..100, fn x -> x end)
middle = count.()
Enum.each(1..1000, fn x -> x end)
IO.inspect({start > 0, middle - start >= 100, count.() - middle >= 1000}) # => {true, true, true}
{total, since} = :erlang.statistics(:reductions)
IO.inspect(total >= since and since > 0) # => true
