# Environments: what is wrong with those given together; what a load replaces, and what not.
message = fn fun -> try do fun.(); :ok rescue error in ArgumentError -> error.message end |> IO.puts() end
message.(fn -> Application.put_all_env([:wrong]) end) # => argument error: 'invalid application config: wrong'
message.(fn -> Application.put_all_env(a: 1) end) # => argument error: 'application: a; parameters must be a list'
message.(fn -> Application.put_all_env(a: [1]) end) # => argument error: 'application: a; invalid parameter: 1'
message.(fn -> Application.put_all_env([{1, []}]) end) # => argument error: 'application: 1; application name must be an atom'
message.(fn -> Application.put_all_env(a: [{"b", 1}]) end) # => argument error: 'application: a; invalid parameter name: <<"b">>'
message.(fn -> Application.put_all_env(a: [b: 1, b: 2]) end) # => argument error: 'application: a; duplicate parameter: b'
message.(fn -> Application.put_all_env([a: [b: 1], a: [c: 1]]) end) # => argument error: 'duplicate application config: a'

spec = {:application, :one, [env: [a: 1, b: 1, c: 1]]}
Application.put_env(:one, :a, 2)
Application.put_env(:one, :b, 2, persistent: true)
Application.put_env(:one, :d, 2)
IO.inspect(:application.load(spec)) # => :ok
IO.inspect(Enum.sort(Application.get_all_env(:one))) # => [a: 1, b: 2, c: 1, d: 2]
IO.inspect(:application.load(spec) == {:error, {:already_loaded, spec}}) # => true
Application.unload(:one)
IO.inspect(Application.get_all_env(:one)) # => []
:application.load(spec)
IO.inspect(Enum.sort(Application.get_all_env(:one))) # => [a: 1, b: 2, c: 1]

IO.inspect(Application.start(:one, :wrong)) # => {:error, {:invalid_restart_type, :wrong}}
IO.inspect(Application.start(:nowhere, :wrong)) # => {:error, {'no such file or directory', 'nowhere.app'}}
IO.inspect(:application.load({:application, :two, :wrong})) # => {:error, {:invalid_options, :wrong}}
IO.inspect(:application.load({:application, :two, [mod: :wrong]})) # => {:error, {:badstartspec, :wrong}}
