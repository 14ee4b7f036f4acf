# SPDX-License-Identifier: Apache-2.0
# :rpc, the older calls on nodes, made of :erpc. Invariant: what fails comes back as {:badrpc, reason}; nothing is raised.
defmodule :rpc do
  @moduledoc "Calls of functions on nodes, of which there is one."

  def call(node, module, function, args), do: call(node, module, function, args, :infinity)

  def call(node, module, function, args, timeout) do
    :erpc.call(node, module, function, args, timeout)
  catch
    :throw, value -> value
    :exit, {:exception, reason} -> {:badrpc, {:EXIT, reason}}
    :exit, {:signal, reason} -> {:badrpc, {:EXIT, reason}}
    :error, {:exception, reason, stack} -> {:badrpc, {:EXIT, {reason, stack}}}
    :error, {:erpc, :noconnection} -> {:badrpc, :nodedown}
    :error, {:erpc, reason} -> {:badrpc, reason}
  end

  def block_call(node, module, function, args), do: call(node, module, function, args)
  def block_call(node, module, function, args, timeout), do: call(node, module, function, args, timeout)

  def cast(node, module, function, args) do
    :erpc.cast(node, module, function, args)
    true
  end

  # A promise is the process that waits for the answer.

  def async_call(node, module, function, args) do
    owner = self()
    :erlang.spawn(fn -> send(owner, {self(), {:promise_reply, call(node, module, function, args)}}) end)
  end

  def yield(promise) do
    {:value, value} = nb_yield(promise, :infinity)
    value
  end

  def nb_yield(promise), do: nb_yield(promise, 0)

  def nb_yield(promise, timeout) do
    receive do
      {^promise, {:promise_reply, value}} -> {:value, value}
    after
      timeout -> :timeout
    end
  end

  def multicall(module, function, args), do: multicall([:erlang.node()], module, function, args)
  def multicall(nodes, module, function, args) when is_list(nodes), do: multicall(nodes, module, function, args, :infinity)
  def multicall(module, function, args, timeout), do: multicall([:erlang.node()], module, function, args, timeout)

  def multicall(nodes, module, function, args, timeout) do
    answers = for node <- nodes, do: {node, call(node, module, function, args, timeout)}
    failed = for {node, {:badrpc, reason}} when reason in [:nodedown, :timeout] <- answers, do: node
    {for({node, value} <- answers, node not in failed, do: value), failed}
  end

  def eval_everywhere(module, function, args), do: eval_everywhere([:erlang.node()], module, function, args)

  def eval_everywhere(nodes, module, function, args) do
    :lists.foreach(&cast(&1, module, function, args), nodes)
    :abcast
  end

  def abcast(name, message), do: abcast([:erlang.node()], name, message)

  def abcast(nodes, name, message) do
    for node <- nodes, do: send({name, node}, message)
    :abcast
  end

  def sbcast(name, message), do: sbcast([:erlang.node()], name, message)

  def sbcast(nodes, name, message) do
    {good, bad} = :lists.partition(&(&1 == :erlang.node() and :erlang.whereis(name) != :undefined), nodes)
    abcast(good, name, message)
    {good, bad}
  end

  def server_call(node, name, wrapper, message) when is_atom(node) and is_atom(name) do
    monitor = :erlang.monitor(:process, {name, node})
    send({name, node}, {self(), message})

    receive do
      {^wrapper, ^node, reply} ->
        :erlang.demonitor(monitor, [:flush])
        reply

      {:DOWN, ^monitor, _, _, _} ->
        {:error, :nodedown}
    end
  end

  def multi_server_call(name, message), do: multi_server_call([:erlang.node()], name, message)

  def multi_server_call(nodes, name, message) do
    answers = for node <- nodes, do: {node, server_call(node, name, name, message)}
    {for({_, reply} <- answers, reply != {:error, :nodedown}, do: reply), for({node, {:error, :nodedown}} <- answers, do: node)}
  end

  def pmap({module, function}, more, list), do: parallel_eval(for(x <- list, do: {module, function, [x | more]}))

  def parallel_eval(calls) do
    promises = for {module, function, args} <- calls, do: async_call(:erlang.node(), module, function, args)
    for promise <- promises, do: yield(promise)
  end

  def pinfo(pid), do: :erlang.process_info(pid)
  def pinfo(pid, item), do: :erlang.process_info(pid, item)
end
