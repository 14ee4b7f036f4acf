# Items of :erlang.system_info that tools read.
:ets.new(:one, [:named_table])
before = :erlang.system_info(:ets_count)
:ets.new(:two, [])
IO.inspect(:erlang.system_info(:ets_count) - before) # => 1
IO.inspect(:erlang.system_info(:max_heap_size)) # => %{error_logger: true, kill: true, size: 0}
IO.inspect(:erlang.system_info(:min_heap_size)) # => {:min_heap_size, 233}
IO.inspect(:erlang.system_info(:garbage_collection)[:fullsweep_after]) # => 65535
IO.inspect(tuple_size(:erlang.system_info(:schedulers_state))) # => 3
IO.inspect(:erlang.system_info(:logical_processors_available) > 0) # => true
IO.inspect(:erlang.monotonic_time() >= :erlang.system_info(:start_time)) # => true
IO.inspect(:erlang.system_info(:end_time) > :erlang.monotonic_time()) # => true
IO.inspect(:erlang.system_info(:nif_version)) # => '2.16'
