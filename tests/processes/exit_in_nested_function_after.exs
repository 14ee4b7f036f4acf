{_, ref} = spawn_monitor(fn ->
  try do
    exit(:a)
  after
    IO.puts("after ran") # => after ran
  end
end)
receive do {:DOWN, ^ref, _, _, r} -> IO.inspect(r) end # => :a
