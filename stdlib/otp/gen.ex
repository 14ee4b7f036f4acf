# SPDX-License-Identifier: Apache-2.0
#
# :gen, the protocol every OTP process shares: how one is started and named, how a request is
# made and answered. Invariant: a request is `{label, {pid, [:alias | ref]}, request}` and its
# answer `{[:alias | ref], reply}` sent to the alias, so that an answer that comes after the
# caller gave up is dropped by the VM and never lands in a mailbox.

defmodule :gen do
  @moduledoc "The start and call protocols shared by all OTP behaviours."

  @default_timeout 5000

  # `use :gen`: what the behaviours have in common on the side of who asks. With `responses: name` a function of the behaviour
  # has the last word about a response.
  @doc false
  defmacro __using__(options) do
    response = fn call -> if name = options[:responses], do: {name, [], [call]}, else: call end

    quote do
      def wait_response(ref, timeout), do: unquote(response.(quote(do: :gen.wait_response(ref, timeout))))
      def wait_response(ids, timeout, delete), do: unquote(response.(quote(do: :gen.wait_response(ids, timeout, delete))))
      def receive_response(ref, timeout), do: unquote(response.(quote(do: :gen.receive_response(ref, timeout))))
      def receive_response(ids, timeout, delete), do: unquote(response.(quote(do: :gen.receive_response(ids, timeout, delete))))
      def check_response(msg, ref), do: unquote(response.(quote(do: :gen.check_response(msg, ref))))
      def check_response(msg, ids, delete), do: unquote(response.(quote(do: :gen.check_response(msg, ids, delete))))
      def reqids_new, do: :gen.reqids_new()
      def reqids_size(ids), do: :gen.reqids_size(ids)
      def reqids_add(ref, tag, ids), do: :gen.reqids_add(ref, tag, ids)
      def reqids_to_list(ids), do: :gen.reqids_to_list(ids)
    end
  end

  defguardp is_time(timeout) when timeout == :infinity or (is_integer(timeout) and timeout >= 0)

  # -- starting ---------------------------------------------------------------------------

  def start(gen_mod, link, name, mod, args, options) do
    case where(name) do
      :undefined -> do_spawn(gen_mod, link, [name, mod, args, options], options)
      pid -> {:error, {:already_started, pid}}
    end
  end

  def start(gen_mod, link, mod, args, options) do
    do_spawn(gen_mod, link, [mod, args, options], options)
  end

  defp do_spawn(gen_mod, :link, rest, options) do
    args = [gen_mod, self(), self() | rest]
    :proc_lib.start_link(:gen, :init_it, args, timeout(options), spawn_opts(options))
  end

  defp do_spawn(gen_mod, :monitor, rest, options) do
    args = [gen_mod, self(), self() | rest]

    case :proc_lib.start_monitor(:gen, :init_it, args, timeout(options), spawn_opts(options)) do
      {{:ok, pid}, ref} ->
        {:ok, {pid, ref}}

      {failure, ref} ->
        :erlang.demonitor(ref, [:flush])
        failure
    end
  end

  defp do_spawn(gen_mod, :nolink, rest, options) do
    args = [gen_mod, self(), :self | rest]
    :proc_lib.start(:gen, :init_it, args, timeout(options), spawn_opts(options))
  end

  @doc "Entry of a new process without a name."
  def init_it(gen_mod, starter, parent, mod, args, options) do
    gen_mod.init_it(starter, parent(parent), self(), mod, args, options)
  end

  @doc "Entry of a new process that first takes its name."
  def init_it(gen_mod, starter, parent, name, mod, args, options) do
    case register_name(name) do
      true -> gen_mod.init_it(starter, parent(parent), name, mod, args, options)
      {false, pid} -> :proc_lib.init_ack(starter, {:error, {:already_started, pid}})
    end
  end

  defp parent(:self), do: self()
  defp parent(pid), do: pid

  # -- requests ---------------------------------------------------------------------------

  def call(process, label, request), do: call(process, label, request, @default_timeout)

  def call(pid, label, request, timeout) when is_pid(pid) and pid != self() and is_time(timeout) do
    do_call(pid, label, request, timeout)
  end

  def call(process, label, request, timeout) when is_time(timeout) do
    case locate(process) do
      pid when is_pid(pid) and pid == self() ->
        :phial_explain.self_call()
        exit(:calling_self)

      pid when is_pid(pid) -> do_call(pid, label, request, timeout)
      {_, node} -> exit({:nodedown, node})
      :undefined -> exit(:noproc)
    end
  end

  defp do_call(pid, label, request, timeout) do
    ref = :erlang.monitor(:process, pid, alias: :demonitor)
    send(pid, {label, {self(), [:alias | ref]}, request})

    receive do
      {[:alias | ^ref], reply} ->
        :erlang.demonitor(ref, [:flush])
        {:ok, reply}

      {:DOWN, ^ref, _, _, reason} ->
        exit(reason)
    after
      timeout ->
        :erlang.demonitor(ref, [:flush])

        receive do
          {[:alias | ^ref], reply} -> {:ok, reply}
        after
          0 ->
            :phial_explain.timeout(pid, ref, timeout)
            exit(:timeout)
        end
    end
  end

  def reply({_pid, [:alias | ref] = tag}, reply) when is_reference(ref) do
    send(ref, {tag, reply})
    :ok
  end

  def reply({_pid, [[:alias | ref] | _] = tag}, reply) when is_reference(ref) do
    send(ref, {tag, reply})
    :ok
  end

  def reply({pid, tag}, reply) do
    send(pid, {tag, reply})
    :ok
  catch
    _, _ -> :ok
  end

  # -- asynchronous requests --------------------------------------------------------------

  def send_request(process, label, request) do
    case locate(process) do
      pid when is_pid(pid) ->
        ref = :erlang.monitor(:process, pid, alias: :demonitor)
        send(pid, {label, {self(), [:alias | ref]}, request})
        ref

      _ ->
        ref = make_ref()
        send(self(), {:DOWN, ref, :process, process, :noproc})
        ref
    end
  end

  def send_request(process, label, request, tag, collection) when is_map(collection) do
    Map.put(collection, send_request(process, label, request), tag)
  end

  # As wait_response, but after the time-out nothing comes any more.
  def receive_response(ref, timeout) when is_reference(ref) do
    with :timeout <- wait_response(ref, timeout) do
      :erlang.demonitor(ref, [:flush])
      :timeout
    end
  end

  def receive_response(ids, timeout, delete) do
    with :timeout <- wait_response(ids, timeout, delete) do
      Enum.each(Map.keys(ids), &:erlang.demonitor(&1, [:flush]))
      :timeout
    end
  end

  def wait_response(ref, timeout) do
    receive do
      {[:alias | ^ref], reply} ->
        :erlang.demonitor(ref, [:flush])
        {:reply, reply}

      {:DOWN, ^ref, _, object, reason} ->
        {:error, {reason, object}}
    after
      time_left(timeout) -> :timeout
    end
  end

  def wait_response(ids, _timeout, _delete) when map_size(ids) == 0, do: :no_request

  def wait_response(ids, timeout, delete) do
    receive do
      {[:alias | ref], reply} when is_map_key(ids, ref) ->
        :erlang.demonitor(ref, [:flush])
        collected({:reply, reply}, ref, ids, delete)

      {:DOWN, ref, _, object, reason} when is_map_key(ids, ref) ->
        collected({:error, {reason, object}}, ref, ids, delete)
    after
      time_left(timeout) -> :timeout
    end
  end

  defp collected(response, ref, ids, true), do: {response, Map.get(ids, ref), Map.delete(ids, ref)}
  defp collected(response, ref, ids, false), do: {response, Map.get(ids, ref), ids}

  def check_response({[:alias | ref], reply}, ref) do
    :erlang.demonitor(ref, [:flush])
    {:reply, reply}
  end

  def check_response({:DOWN, ref, _, object, reason}, ref), do: {:error, {reason, object}}
  def check_response(_message, ref) when is_reference(ref), do: :no_reply

  def check_response(_message, ids, _delete) when map_size(ids) == 0, do: :no_request

  def check_response({[:alias | ref], _} = msg, ids, delete) when is_map_key(ids, ref) do
    collected(check_response(msg, ref), ref, ids, delete)
  end

  def check_response({:DOWN, ref, _, _, _} = msg, ids, delete) when is_map_key(ids, ref) do
    collected(check_response(msg, ref), ref, ids, delete)
  end

  def check_response(_message, _ids, _delete), do: :no_reply

  def reqids_new, do: %{}
  def reqids_size(ids), do: map_size(ids)
  def reqids_add(ref, tag, ids), do: Map.put(ids, ref, tag)
  def reqids_to_list(ids), do: :maps.to_list(ids)

  defp time_left({:abs, at}), do: max(at - :erlang.monotonic_time(:millisecond), 0)
  defp time_left(timeout), do: timeout

  # -- stopping ---------------------------------------------------------------------------

  def stop(process), do: stop(process, :normal, :infinity)

  def stop(process, reason, timeout) do
    case locate(process) do
      pid when is_pid(pid) -> :proc_lib.stop(pid, reason, timeout)
      {_, node} -> exit({:nodedown, node})
      :undefined -> exit(:noproc)
    end
  end

  # -- names ------------------------------------------------------------------------------

  def register_name({:local, name}) do
    try do
      :erlang.register(name, self())
    catch
      :error, _ -> {false, where({:local, name})}
    end
  end

  def register_name({:global, name} = given) do
    case :global.register_name(name, self()) do
      :yes -> true
      :no -> {false, where(given)}
    end
  end

  def register_name({:via, module, name} = given) do
    case module.register_name(name, self()) do
      :yes -> true
      :no -> {false, where(given)}
    end
  end

  def unregister_name({:local, name}) do
    try do
      :erlang.unregister(name)
    catch
      _, _ -> :ok
    end
  end

  def unregister_name({:global, name}), do: :global.unregister_name(name)
  def unregister_name({:via, module, name}), do: module.unregister_name(name)
  def unregister_name(pid) when is_pid(pid), do: pid

  @doc "The name a process goes by in reports: the atom or term, not its scheme."
  def name({:local, name}), do: name
  def name({:global, name}), do: name
  def name({:via, _, name}), do: name
  def name(pid), do: pid

  def get_proc_name(pid) when is_pid(pid), do: pid

  def get_proc_name({:local, name}) do
    if :erlang.whereis(name) == self(), do: name, else: exit(:process_not_registered)
  end

  def get_proc_name({:global, name}) do
    if :global.whereis_name(name) == self(), do: name, else: exit(:process_not_registered_globally)
  end

  def get_proc_name({:via, module, name} = given) do
    if module.whereis_name(name) == self(),
      do: name,
      else: exit({:process_not_registered_via, elem(given, 1)})
  end

  def get_parent do
    case :erlang.get(:"$ancestors") do
      [parent | _] when is_pid(parent) -> parent
      [parent | _] when is_atom(parent) -> :erlang.whereis(parent)
      _ -> exit(:process_was_not_started_by_proc_lib)
    end
  end

  defp where({:local, name}), do: :erlang.whereis(name)
  defp where({:global, name}), do: :global.whereis_name(name)
  defp where({:via, module, name}), do: module.whereis_name(name)

  defp locate(pid) when is_pid(pid), do: pid
  defp locate(name) when is_atom(name), do: :erlang.whereis(name)

  defp locate({:global, _} = given), do: where(given)

  defp locate({name, node} = given) when is_atom(name) and is_atom(node) do
    if node == node(), do: :erlang.whereis(name), else: given
  end

  defp locate({:via, _, _} = given), do: where(given)

  @doc "What a report says of who asked: whether it lives, its name and where it waits."
  def client_info({pid, _tag}) when is_pid(pid) and node(pid) == node() do
    case :erlang.process_info(pid, [:current_stacktrace, :registered_name]) do
      :undefined -> {pid, :dead}
      [{_, stacktrace}, {_, []}] -> {pid, {pid, stacktrace}}
      [{_, stacktrace}, {_, name}] -> {pid, {name, stacktrace}}
    end
  end

  def client_info({pid, _tag}) when is_pid(pid), do: {pid, :remote}
  def client_info(_), do: :undefined

  # -- options ----------------------------------------------------------------------------

  defp timeout([]), do: :infinity
  defp timeout(options), do: option(options, :timeout, :infinity)

  defp spawn_opts([]), do: []
  defp spawn_opts(options), do: option(options, :spawn_opt, [])

  def hibernate_after([]), do: :infinity
  def hibernate_after(options), do: option(options, :hibernate_after, :infinity)

  def debug_options(_name, []), do: []

  def debug_options(name, options) do
    case option(options, :debug, []) do
      [] -> []
      debug -> debug_options_of(name, debug)
    end
  end

  defp debug_options_of(name, debug) do
    :sys.debug_options(debug)
  catch
    _, _ ->
      :error_logger.format(~c"~tp: ignoring erroneous debug options - ~tp~n", [name, debug])
      []
  end

  defp option(options, key, default) do
    case :lists.keyfind(key, 1, options) do
      {_, value} -> value
      false -> default
    end
  end

  # -- status -----------------------------------------------------------------------------

  def format_status_header(tag, pid) when is_pid(pid),
    do: :lists.concat([tag, ~c" ", :erlang.pid_to_list(pid)])

  def format_status_header(tag, name) when is_atom(name), do: :lists.concat([tag, ~c" ", name])
  def format_status_header(tag, name), do: {tag, name}

  @doc "Lets `mod` rewrite its status: format_status/1 if there is one, else format_status/2."
  def format_status(mod, opt, status, args) do
    cond do
      function_exported?(mod, :format_status, 1) ->
        try do
          mod.format_status(status)
        catch
          _, _ -> Map.put(status, :EXIT, :lists.concat([mod, ~c":format_status/1 crashed"]))
        end

      function_exported?(mod, :format_status, 2) ->
        try do
          result = mod.format_status(opt, args)
          Map.put(status, :"$status", result)
        catch
          :throw, result -> Map.put(status, :"$status", result)
          _, _ -> Map.put(status, :EXIT, :lists.concat([mod, ~c":format_status/2 crashed"]))
        end

      true ->
        status
    end
  end
end
