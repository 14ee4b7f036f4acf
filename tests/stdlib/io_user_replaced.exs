# Another process may take the name :user: what is written there reaches it.
{:ok, device} = StringIO.open("")
own = Process.whereis(:user)
Process.unregister(:user)
Process.register(device, :user)
IO.puts(:user, "for the other")
:io.format(:user, "~p~n", [1])
Process.unregister(:user)
Process.register(own, :user)
IO.inspect(StringIO.contents(device)) # => {"", "for the other\n1\n"}
IO.puts(:user, "back") # => back
ExUnit.start(autorun: false)
IO.inspect(ExUnit.CaptureIO.capture_io(:user, fn -> IO.puts(:user, "caught") end)) # => "caught\n"
