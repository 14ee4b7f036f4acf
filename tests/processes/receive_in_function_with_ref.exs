defmodule R do
  def call(pid, msg) do
    ref = make_ref()
    send(pid, {self(), ref, msg})
    receive do
      {^ref, reply} -> reply
    after
      1000 -> :timeout
    end
  end
end
pid = spawn(fn ->
  for _ <- 1..2 do
    receive do {from, ref, m} -> send(from, {ref, {:echo, m}}) end
  end
end)
for i <- 1..1000, do: send(self(), {:noise, i})
IO.inspect(R.call(pid, 1)) # => {:echo, 1}
IO.inspect(R.call(pid, 2)) # => {:echo, 2}
