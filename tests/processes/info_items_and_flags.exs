# Items of process_info that tools ask for, wrong ones of the dead too; values a flag does not take; flags of another process.
message = fn fun -> try do fun.() rescue error in ArgumentError -> error.message |> String.split("* ") |> List.last() |> String.trim() end end
{:backtrace, text} = Process.info(self(), :backtrace)
IO.inspect(text =~ "Program counter") # => true
{:garbage_collection_info, sizes} = Process.info(self(), :garbage_collection_info)
IO.inspect(length(sizes)) # => 11
IO.inspect(Process.info(self(), [:trace, :magic_ref])) # => [trace: 0, magic_ref: []]
IO.inspect(elem(Process.info(self(), :reductions), 1) > 0) # => true
dead = spawn(fn -> :ok end)
ref = Process.monitor(dead)
receive do {:DOWN, ^ref, _, _, _} -> :ok end
IO.inspect(Process.info(dead, :links)) # => nil
IO.puts(message.(fn -> Process.info(dead, :wrong) end)) # => 2nd argument: invalid item or item list
for {flag, value} <- [min_heap_size: -1, message_queue_data: :wrong, sensitive: 1, max_heap_size: %{wrong: 1}] do
  IO.puts(message.(fn -> Process.flag(flag, value) end))
end
# => 2nd argument: invalid value for this process flag
# => 2nd argument: invalid value for this process flag
# => 2nd argument: invalid value for this process flag
# => 2nd argument: invalid value for this process flag
IO.puts(message.(fn -> Process.flag(self(), :trap_exit, true) end)) # => 2nd argument: invalid process flag
IO.inspect(Process.flag(self(), :save_calls, 1)) # => 0

# A limit of the heap that does not kill.
limit = %{size: 5000, kill: false, error_logger: false}
{_, ref} = spawn_monitor(fn -> Process.flag(:max_heap_size, limit); length(Enum.map(1..6_000, & &1)) end)
receive do {:DOWN, ^ref, _, _, reason} -> IO.inspect(reason) end # => :normal
{_, ref} = spawn_monitor(fn -> Process.flag(:max_heap_size, %{limit | kill: true}); length(Enum.map(1..6_000, & &1)) end)
receive do {:DOWN, ^ref, _, _, reason} -> IO.inspect(reason) end # => :killed
