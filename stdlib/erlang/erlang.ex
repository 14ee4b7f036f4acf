# SPDX-License-Identifier: Apache-2.0
# The part of `:erlang` that is written in the language: figures about the VM, spawning "on a node", and what is made of
# other functions. Everything else of the module is natives. Invariant: this node is the only one, so that functions which
# name a node either mean this one or answer as Erlang does for a node that cannot be reached.
defmodule :erlang do
  @moduledoc "Erlang's built-in functions."

  # Figures

  @memory_items [:total, :processes, :processes_used, :system, :atom, :atom_used, :binary, :code, :ets]

  def memory do
    {processes, code, binary, ets} = :phial.memory()
    atoms = :erlang.system_info(:atom_count) * 48
    system = code + atoms + binary + ets

    [
      total: processes + system,
      processes: processes,
      processes_used: processes,
      system: system,
      atom: atoms,
      atom_used: atoms,
      binary: binary,
      code: code,
      ets: ets
    ]
  end

  def memory(item) when item in @memory_items, do: :proplists.get_value(item, memory())

  def memory(items) when is_list(items) do
    all = memory()
    for item <- items, do: if(item in @memory_items, do: {item, :proplists.get_value(item, all)}, else: :erlang.error(:badarg))
  end

  def memory(_item), do: :erlang.error(:badarg)

  def statistics(:wall_clock), do: since_last(:wall_clock, :erlang.monotonic_time(:millisecond))
  def statistics(:runtime), do: since_last(:runtime, div(:phial.cpu_time(), 1_000_000))

  def statistics(what) when what in [:reductions, :exact_reductions] do
    {_switches, reductions, _queued} = :phial.statistics()
    since_last(what, reductions)
  end

  def statistics(:context_switches), do: {elem(:phial.statistics(), 0), 0}

  def statistics(:garbage_collection) do
    {collections, words} = :phial.collections()
    {collections, words, 0}
  end

  def statistics(:io), do: {{:input, 0}, {:output, 0}}

  def statistics(what) when what in [:run_queue, :total_run_queue_lengths, :total_run_queue_lengths_all],
    do: elem(:phial.statistics(), 2)

  def statistics(what) when what in [:run_queue_lengths, :run_queue_lengths_all], do: [elem(:phial.statistics(), 2)]

  def statistics(what) when what in [:total_active_tasks, :total_active_tasks_all],
    do: elem(:phial.statistics(), 2) + 1

  def statistics(what) when what in [:active_tasks, :active_tasks_all], do: [elem(:phial.statistics(), 2) + 1]
  def statistics(what) when what in [:scheduler_wall_time, :scheduler_wall_time_all], do: :undefined
  def statistics(_what), do: :erlang.error(:badarg)

  # {total, what came since the last call}
  defp since_last(key, total) do
    last = :persistent_term.get({:phial_statistics, key}, 0)
    :persistent_term.put({:phial_statistics, key}, total)
    {total, total - last}
  end

  def system_flag(:schedulers_online, n) when is_integer(n) and n > 0, do: :erlang.system_info(:schedulers_online)
  def system_flag(:backtrace_depth, n) when is_integer(n) and n >= 0, do: :phial.trace_depth(n)
  def system_flag(:fullsweep_after, n) when is_integer(n) and n >= 0, do: 65_535
  def system_flag(:min_heap_size, n) when is_integer(n) and n >= 0, do: 233
  def system_flag(_flag, _value), do: :erlang.error(:badarg)

  def system_monitor, do: :undefined
  def system_monitor(_settings), do: :undefined
  def system_monitor(_pid, _settings), do: :undefined
  def system_profile, do: :undefined

  # Modules

  def get_module_info(module), do: module.module_info()
  def get_module_info(module, item), do: module.module_info(item)
  def loaded, do: for({module, _file} <- :code.all_loaded(), do: module)
  def pre_loaded, do: [:erlang]
  def is_builtin(:erlang, function, arity), do: :erlang.function_exported(:erlang, function, arity)
  def is_builtin(module, function, arity) when is_atom(module) and is_atom(function) and is_integer(arity), do: false

  def check_process_code(pid, module, options) do
    unless is_list(options) and Enum.all?(options, &(match?({:async, _}, &1) or match?({:allow_gc, flag} when is_boolean(flag), &1))),
      do: :erlang.error(:badarg)

    uses = :erlang.check_process_code(pid, module)

    case :lists.keyfind(:async, 1, options) do
      {:async, id} -> :erlang.send(self(), {:check_process_code, id, uses}) && :async
      false -> uses
    end
  end

  def nif_error(reason), do: :erlang.error(reason)
  def nif_error(reason, args), do: :erlang.error(reason, args)

  def fun_info_mfa(fun) when is_function(fun) do
    {:module, module} = :erlang.fun_info(fun, :module)
    {:name, name} = :erlang.fun_info(fun, :name)
    {:arity, arity} = :erlang.fun_info(fun, :arity)
    {module, name, arity}
  end

  # Processes. On a node that is not this one a process dies of `noconnection`.

  def spawn(node, fun) when is_atom(node) and is_function(fun, 0), do: :erlang.spawn(there(node, fun))
  def spawn(node, module, function, args), do: spawn(node, call(module, function, args))

  def spawn_link(node, fun) when is_atom(node) and is_function(fun, 0), do: :erlang.spawn_link(there(node, fun))
  def spawn_link(node, module, function, args), do: spawn_link(node, call(module, function, args))

  def spawn_monitor(node, fun) when is_atom(node) and is_function(fun, 0), do: :erlang.spawn_monitor(there(node, fun))
  def spawn_monitor(node, module, function, args), do: spawn_monitor(node, call(module, function, args))

  def spawn_opt(node, fun, options) when is_atom(node) and is_function(fun, 0),
    do: :erlang.spawn_opt(there(node, fun), options)

  def spawn_opt(node, module, function, args, options), do: spawn_opt(node, call(module, function, args), options)

  defp there(node, fun) when node == node(), do: fun
  defp there(_node, _fun), do: fn -> :erlang.exit(:noconnection) end

  defp call(module, function, args) when is_atom(module) and is_atom(function) and is_list(args),
    do: fn -> :erlang.apply(module, function, args) end

  defp call(_module, _function, _args), do: :erlang.error(:badarg)

  def spawn_request(fun) when is_function(fun, 0), do: request(fun, [])
  def spawn_request(fun, options) when is_function(fun, 0) and is_list(options), do: request(fun, options)
  def spawn_request(node, fun) when is_atom(node) and is_function(fun, 0), do: request(there(node, fun), [])

  def spawn_request(node, fun, options) when is_atom(node) and is_function(fun, 0),
    do: request(there(node, fun), options)

  def spawn_request(module, function, args), do: request(call(module, function, args), [])

  def spawn_request(module, function, args, options) when is_list(args) and is_list(options),
    do: request(call(module, function, args), options)

  def spawn_request(node, module, function, args), do: request(there(node, call(module, function, args)), [])

  def spawn_request(node, module, function, args, options),
    do: request(there(node, call(module, function, args)), options)

  # The request is answered at once by the message {tag, reference, :ok, pid}; a monitor has the same reference.
  defp request(fun, options) do
    tag = :proplists.get_value(:reply_tag, options, :spawn_reply)
    wanted = :proplists.get_value(:reply, options, :yes)
    started = :erlang.spawn_opt(fun, :lists.filter(&spawn_option?/1, options))
    {pid, ref} = if is_tuple(started), do: started, else: {started, :erlang.make_ref()}
    if wanted in [:yes, :success_only], do: :erlang.send(:erlang.self(), {tag, ref, :ok, pid})
    ref
  end

  defp spawn_option?({option, _}), do: option not in [:reply, :reply_tag]
  defp spawn_option?(_option), do: true

  def spawn_request_abandon(ref) when is_reference(ref), do: false

  def suspend_process(pid, options) do
    if suspend_options?(options), do: :erlang.suspend_process(pid), else: :erlang.error(:badarg, [pid, options])
  end

  defp suspend_options?([option | rest]) when option in [:unless_suspending, :asynchronous], do: suspend_options?(rest)
  defp suspend_options?([{:asynchronous, _} | rest]), do: suspend_options?(rest)
  defp suspend_options?(rest), do: rest == []
  def send_nosuspend(to, message, _options), do: :erlang.send_nosuspend(to, message)
  def process_flag(pid, :save_calls, n) when is_pid(pid) and is_integer(n) and n >= 0, do: 0
  def process_flag(pid, flag, value), do: :erlang.error(:badarg, [pid, flag, value])

  def garbage_collect(pid, options) when is_list(options) do
    case :lists.keyfind(:async, 1, options) do
      {:async, id} -> :erlang.send(self(), {:garbage_collect, id, :erlang.garbage_collect(pid)}) && :async
      false -> :erlang.garbage_collect(pid)
    end
  end

  def read_timer(ref, options) when is_list(options) do
    left = :erlang.read_timer(ref)

    case :lists.keyfind(:async, 1, options) do
      {:async, true} -> :erlang.send(self(), {:read_timer, ref, left}) && :ok
      _ -> left
    end
  end

  # Ports: :phial_port is the process behind one.

  def open_port(name, options), do: :phial_port.open(name, options)

  def port_command(port, data) do
    case :phial_port.bytes(data) do
      {:ok, bytes} -> port_call(port, {:command, bytes})
      :error -> :phial_port.argument(2, "not an iodata term")
    end
  end

  def port_command(port, data, options) when is_list(options), do: port_command(port, data)

  # The port is gone when the call returns.
  def port_close(port) do
    port = port_of(port)
    unless port in :erlang.ports(), do: :erlang.error(:badarg)
    :closed = :phial_port.call(port, :close)
    true
  end

  def port_connect(port, pid) when is_pid(pid), do: port_call(port, {:connect, pid})
  def port_control(_port, _operation, _data), do: :erlang.error(:badarg)
  def port_call(_port, _operation, _data), do: :erlang.error(:badarg)

  def port_info(port) do
    with info when is_list(info) <- info_of(port) do
      hidden = [:monitors, :monitored_by, :queue_size | if(info[:registered_name] == [], do: [:registered_name], else: [])]
      Enum.reject(info, fn {key, _} -> key in hidden end)
    end
  end

  def port_info(port, item) do
    with info when is_list(info) <- info_of(port) do
      case :lists.keyfind(item, 1, info) do
        {:registered_name, []} -> []
        {_, _} = pair -> pair
        false -> :erlang.error(:badarg)
      end
    end
  end

  defp info_of(port) do
    case port_or_name(port) do
      :undefined -> :undefined
      port -> with {:ok, info} <- :phial_port.call(port, :info), do: info, else: (:closed -> :undefined)
    end
  end

  defp port_call(port, request) do
    case :phial_port.call(port_of(port), request) do
      {:ok, answer} -> answer
      :closed -> :erlang.error(:badarg)
    end
  end

  defp port_of(port) do
    case port_or_name(port) do
      :undefined -> :erlang.error(:badarg)
      port -> port
    end
  end

  defp port_or_name(port) when is_port(port), do: port

  defp port_or_name(name) when is_atom(name) do
    case :erlang.whereis(name) do
      port when is_port(port) -> port
      _ -> :undefined
    end
  end

  defp port_or_name(_), do: :erlang.error(:badarg)

  # Nodes: there is none but this one.

  def monitor_node(node, flag), do: monitor_node(node, flag, [])

  def monitor_node(node, flag, options) when is_atom(node) and is_boolean(flag) and is_list(options) do
    if node == node(), do: true, else: :erlang.error(:notalive)
  end

  def disconnect_node(node) when is_atom(node), do: :ignored
  def get_cookie, do: :nocookie
  def get_cookie(node) when is_atom(node), do: :nocookie

  # Lists and terms

  def append(left, right), do: left ++ right
  def subtract(left, right), do: left -- right
  def term_to_iovec(term, options), do: [:erlang.term_to_binary(term, options)]

  # Erlang's syntax, on standard output at once, whatever the group leader.
  def display(term) do
    :phial_io.put_chars(:stdio, :io_lib.format('~0tp~n', [term]))
    true
  end

  def display_nl, do: :phial_io.put_chars(:stdio, "\n") == :ok
  def display_string(string), do: :phial_io.put_chars(:stdio, string) == :ok
end
