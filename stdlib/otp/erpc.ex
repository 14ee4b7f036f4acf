# SPDX-License-Identifier: Apache-2.0
# :erpc on a single node: a call runs in a process of its own, and its outcome comes back as the reason that process ends with.
# Invariant: a call raises what the function raised, wrapped as OTP wraps it; another node is never reachable.
defmodule :erpc do
  @moduledoc "Calls of functions on nodes, of which there is one."

  def call(node, fun) when is_function(fun), do: call(node, fun, :infinity)
  def call(node, fun, timeout) when is_function(fun), do: call(node, :erlang, :apply, [fun, []], timeout)
  def call(_node, _fun, _timeout), do: bad()
  def call(node, module, function, args), do: call(node, module, function, args, :infinity)

  def call(node, module, function, args, timeout) do
    if not timeout?(timeout), do: bad()
    receive_response(send_request(node, module, function, args), timeout)
  end

  defp timeout?(timeout), do: timeout == :infinity or (is_integer(timeout) and timeout >= 0)
  defp bad, do: :erlang.error({:erpc, :badarg})

  # A request is the monitor of the process that runs the call.

  def send_request(node, fun) when is_function(fun), do: send_request(node, :erlang, :apply, [fun, []])
  def send_request(_node, _fun), do: bad()

  def send_request(node, module, function, args) when is_atom(node) and is_atom(module) and is_atom(function) and is_list(args) do
    token = make_ref()
    {_pid, monitor} = :erlang.spawn_monitor(fn -> run(node, token, module, function, args) end)
    {:erpc_request, monitor, token}
  end

  def send_request(_node, _module, _function, _args), do: bad()

  def send_request(node, module, function, args, label, requests),
    do: reqids_add(send_request(node, module, function, args), label, requests)

  defp run(node, _token, _module, _function, _args) when node != :erlang.node(), do: exit({:erpc, :noconnection})

  defp run(_node, token, module, function, args) do
    result = :erlang.apply(module, function, args)
    exit({token, :return, result})
  catch
    :exit, {^token, :return, _} = done -> :erlang.raise(:exit, done, [])
    :throw, value -> exit({token, :throw, value})
    :exit, reason -> exit({token, :exit, reason})
    :error, reason -> exit({token, :error, reason, trim(__STACKTRACE__)})
  end

  # The frames below the function are this module's.
  defp trim(stack), do: :lists.takewhile(fn frame -> :erlang.element(1, frame) != :erpc end, stack)

  def receive_response(request), do: receive_response(request, :infinity)

  def receive_response({:erpc_request, monitor, token}, timeout) do
    receive do
      {:DOWN, ^monitor, :process, _, reason} -> outcome(reason, token)
    after
      timeout ->
        :erlang.demonitor(monitor, [:flush])
        :erlang.error({:erpc, :timeout})
    end
  end

  def receive_response(_request, _timeout), do: bad()
  def receive_response(requests, timeout, delete), do: respond(requests, timeout, delete, fn -> :erlang.error({:erpc, :timeout}) end)

  def wait_response(request), do: wait_response(request, 0)

  def wait_response({:erpc_request, monitor, token}, timeout) do
    receive do
      {:DOWN, ^monitor, :process, _, reason} -> {:response, outcome(reason, token)}
    after
      timeout -> :no_response
    end
  end

  def wait_response(requests, timeout, delete), do: respond(requests, timeout, delete, fn -> :no_response end)

  def check_response({:DOWN, monitor, :process, _, reason}, {:erpc_request, monitor, token}), do: {:response, outcome(reason, token)}
  def check_response(_message, {:erpc_request, _, _}), do: :no_response

  def check_response({:DOWN, monitor, :process, _, reason}, requests, delete) when is_map_key(requests, monitor),
    do: labelled(requests, monitor, reason, delete)

  def check_response(_message, requests, _delete) when requests == %{}, do: :no_request
  def check_response(_message, _requests, _delete), do: :no_response

  defp respond(requests, _timeout, _delete, _late) when requests == %{}, do: :no_request

  defp respond(requests, timeout, delete, late) do
    receive do
      {:DOWN, monitor, :process, _, reason} when is_map_key(requests, monitor) -> labelled(requests, monitor, reason, delete)
    after
      timeout -> late.()
    end
  end

  defp labelled(requests, monitor, reason, delete) do
    {token, label} = :erlang.map_get(monitor, requests)
    requests = if delete, do: :maps.remove(monitor, requests), else: requests
    {{:response, outcome(reason, token)}, label, requests}
  end

  def reqids_new, do: %{}
  def reqids_size(requests), do: map_size(requests)
  def reqids_to_list(requests), do: for({monitor, {token, label}} <- requests, do: {{:erpc_request, monitor, token}, label})
  def reqids_add({:erpc_request, monitor, token}, label, requests), do: :maps.put(monitor, {token, label}, requests)

  defp outcome({token, :return, value}, token), do: value
  defp outcome({token, :throw, value}, token), do: throw(value)
  defp outcome({token, :exit, reason}, token), do: exit({:exception, reason})
  defp outcome({token, :error, reason, stack}, token), do: :erlang.error({:exception, reason, stack})
  defp outcome({:erpc, _} = reason, _token), do: :erlang.error(reason)
  defp outcome(reason, _token), do: exit({:signal, reason})

  def cast(node, fun) when is_function(fun), do: cast(node, :erlang, :apply, [fun, []])
  def cast(_node, _fun), do: bad()

  def cast(node, module, function, args) when is_atom(node) and is_atom(module) and is_atom(function) and is_list(args) do
    if node == :erlang.node(), do: :erlang.spawn(module, function, args)
    :ok
  end

  def cast(_node, _module, _function, _args), do: bad()

  def multicall(nodes, fun), do: multicall(nodes, fun, :infinity)
  def multicall(nodes, fun, timeout) when is_function(fun), do: multicall(nodes, :erlang, :apply, [fun, []], timeout)
  def multicall(nodes, module, function, args), do: multicall(nodes, module, function, args, :infinity)

  def multicall(nodes, module, function, args, timeout) do
    requests = for node <- nodes, do: send_request(node, module, function, args)

    for request <- requests do
      try do
        {:ok, receive_response(request, timeout)}
      catch
        kind, reason -> {kind, reason}
      end
    end
  end

  def multicast(nodes, fun), do: multicast(nodes, :erlang, :apply, [fun, []])
  def multicast(nodes, module, function, args), do: :lists.foreach(&cast(&1, module, function, args), nodes)
end
