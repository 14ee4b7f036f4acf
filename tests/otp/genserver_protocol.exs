pid = spawn(fn ->
  receive do
    {:"$gen_call", {_from, _tag} = from, :question} -> GenServer.reply(from, :answer)
  end
  receive do
    {:"$gen_cast", m} -> IO.inspect(m)
  end
end)
IO.inspect(GenServer.call(pid, :question)) # => :answer
GenServer.cast(pid, :casted)
Process.sleep(50)
# => :casted
# flags: --virtual-time
