# The number of processors is the machine's, and another fixed one in a seeded run; Task.async_stream has that many tasks under way.
# flags: --seed 1
# differs: the number does not depend on the machine
IO.inspect(System.schedulers_online()) # => 4
IO.inspect(System.schedulers() == :erlang.system_info(:dirty_cpu_schedulers_online)) # => true
