# :rpc and :erpc call functions on the one node there is.
defmodule M do
  def add(a, b), do: a + b
  def boom, do: raise("boom")
  def leave, do: exit(:left)
  def hurl, do: throw(:ball)
end

show = fn fun ->
  result =
    try do
      fun.()
    catch
      kind, {:exception, reason, stack} when is_list(stack) -> {kind, {:exception, reason}}
      kind, reason -> {kind, reason}
    end

  IO.inspect(result)
end

show.(fn -> :rpc.call(node(), M, :add, [1, 2]) end) # => 3
show.(fn -> {:badrpc, {:EXIT, {e, _}}} = :rpc.call(node(), M, :boom, []); e end) # => %RuntimeError{message: "boom"}
show.(fn -> :rpc.call(node(), M, :leave, []) end) # => {:badrpc, {:EXIT, :left}}
show.(fn -> :rpc.call(node(), M, :hurl, []) end) # => :ball
show.(fn -> :rpc.call(:no@where, M, :add, [1, 2]) end) # => {:badrpc, :nodedown}
show.(fn -> :rpc.call(node(), Process, :sleep, [:infinity], 5) end) # => {:badrpc, :timeout}
show.(fn -> :rpc.multicall([node(), :no@where], M, :add, [1, 2]) end) # => {[3], [:no@where]}
show.(fn -> :rpc.yield(:rpc.async_call(node(), M, :add, [3, 4])) end) # => 7
show.(fn -> :rpc.pmap({M, :add}, [10], [1, 2, 3]) end) # => '\v\f\r'
show.(fn -> :erpc.call(node(), fn -> 42 end) end) # => 42
show.(fn -> :erpc.call(node(), M, :boom, []) end) # => {:error, {:exception, %RuntimeError{message: "boom"}}}
show.(fn -> :erpc.call(node(), M, :leave, []) end) # => {:exit, {:exception, :left}}
show.(fn -> :erpc.call(:no@where, M, :leave, []) end) # => {:error, {:erpc, :noconnection}}
show.(fn -> :erpc.multicall([node(), :no@where], M, :add, [1, 2]) end) # => [ok: 3, error: {:erpc, :noconnection}]
show.(fn -> :erpc.receive_response(:erpc.send_request(node(), M, :add, [5, 6]), 1000) end) # => 11
show.(fn -> {Node.ping(node()), Node.list([:this]), :net_kernel.monitor_nodes(true)} end) # => {:pang, [:nonode@nohost], :ok}
show.(fn -> Node.monitor(:no@where, true) end) # => {:error, :notalive}
