IO.inspect(:global.register_name(:gg, self())) # => :yes
IO.inspect(:global.whereis_name(:gg) == self()) # => true
IO.inspect(:global.unregister_name(:gg)) # => :ok
IO.inspect(:global.whereis_name(:gg)) # => :undefined
