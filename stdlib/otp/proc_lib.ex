# SPDX-License-Identifier: Apache-2.0
#
# :proc_lib starts processes that know where they came from and say how they died.
# Invariant: such a process carries `$ancestors` and `$initial_call` in its dictionary, a
# synchronous start ends with exactly one `{:ack, pid, result}`, and an abnormal end is one
# crash report in the domain [:otp, :sasl].

defmodule :proc_lib do
  @moduledoc "Processes that follow the OTP design principles."

  # -- spawning ---------------------------------------------------------------------------

  def spawn(fun), do: spawn_opt(fun, [])
  def spawn(node, fun) when is_atom(node), do: spawn_opt(node, fun, [])
  def spawn(m, f, a), do: spawn_opt(m, f, a, [])
  def spawn(node, m, f, a), do: spawn_opt(node, m, f, a, [])

  def spawn_link(fun), do: spawn_opt(fun, [:link])
  def spawn_link(node, fun) when is_atom(node), do: spawn_opt(node, fun, [:link])
  def spawn_link(m, f, a), do: spawn_opt(m, f, a, [:link])
  def spawn_link(node, m, f, a), do: spawn_opt(node, m, f, a, [:link])

  def spawn_opt(fun, opts) when is_function(fun, 0) do
    :erlang.spawn_opt(:proc_lib, :init_p, [name_of_self(), ancestors(), fun], opts)
  end

  def spawn_opt(node, fun, opts) when node == node(), do: spawn_opt(fun, opts)

  def spawn_opt(m, f, a, opts) when is_atom(m) and is_atom(f) and is_list(a) do
    :erlang.spawn_opt(:proc_lib, :init_p, [name_of_self(), ancestors(), m, f, a], opts)
  end

  def spawn_opt(node, m, f, a, opts) when node == node(), do: spawn_opt(m, f, a, opts)

  defp ancestors do
    case :erlang.get(:"$ancestors") do
      list when is_list(list) -> list
      _ -> []
    end
  end

  defp name_of_self do
    case :erlang.process_info(self(), :registered_name) do
      {:registered_name, name} -> name
      _ -> self()
    end
  end

  # -- the life of such a process ---------------------------------------------------------

  def init_p(parent, ancestors, fun) do
    :erlang.put(:"$ancestors", [parent | ancestors])
    {:module, mod} = :erlang.fun_info(fun, :module)
    {:name, name} = :erlang.fun_info(fun, :name)
    :erlang.put(:"$initial_call", {mod, name, 0})

    try do
      fun.()
    catch
      class, reason -> exit_p(class, reason, __STACKTRACE__)
    end
  end

  def init_p(parent, ancestors, m, f, a) do
    :erlang.put(:"$ancestors", [parent | ancestors])
    :erlang.put(:"$initial_call", initial_of(m, f, a))
    init_p_do_apply(m, f, a)
  end

  defp init_p_do_apply(m, f, a) do
    :erlang.apply(m, f, a)
  catch
    class, reason -> exit_p(class, reason, __STACKTRACE__)
  end

  def wake_up(m, f, a) do
    :erlang.apply(m, f, a)
  catch
    class, reason -> exit_p(class, reason, __STACKTRACE__)
  end

  def hibernate(m, f, a), do: :erlang.hibernate(:proc_lib, :wake_up, [m, f, a])

  defp exit_p(:exit, reason, stacktrace) do
    crash_report(:exit, reason, stacktrace)
    exit(reason)
  end

  defp exit_p(:error, reason, stacktrace) do
    crash_report(:error, reason, stacktrace)
    exit({reason, stacktrace})
  end

  defp exit_p(:throw, value, stacktrace) do
    crash_report(:throw, value, stacktrace)
    exit({{:nocatch, value}, stacktrace})
  end

  # What a process is doing, for reports: behaviours are named by their callback module.
  defp initial_of(:gen, :init_it, [gen_mod, _, _, mod, args, _]), do: init_of(gen_mod, mod, args)

  defp initial_of(:gen, :init_it, [gen_mod, _, _, _, mod, args, _]),
    do: init_of(gen_mod, mod, args)

  defp initial_of(m, f, a), do: {m, f, length(a)}

  defp init_of(:gen_server, :supervisor, {_, mod, _}), do: {:supervisor, mod, 1}
  defp init_of(:gen_event, _, _), do: {:gen_event, :init_it, 6}
  defp init_of(_gen_mod, mod, _), do: {mod, :init, 1}

  @doc "The call a process was started with; false if that was none of this module's."
  def initial_call(pid) when is_pid(pid) do
    case translate_initial_call(pid) do
      {:proc_lib, :init_p, 5} -> false
      {m, f, arity} -> {m, f, for(i <- 1..arity//1, do: :"Argument__#{i}")}
    end
  end

  def translate_initial_call(pid) when is_pid(pid) do
    with {:dictionary, dict} <- :erlang.process_info(pid, :dictionary),
         {_, {m, f, arity}} <- :lists.keyfind(:"$initial_call", 1, dict) do
      {m, f, arity}
    else
      _ -> {:proc_lib, :init_p, 5}
    end
  end

  # -- synchronous start ------------------------------------------------------------------

  def start(m, f, a), do: start(m, f, a, :infinity)
  def start(m, f, a, timeout), do: start(m, f, a, timeout, [])

  def start(m, f, a, timeout, opts) do
    {pid, ref} = spawn_opt(m, f, a, [:monitor | opts])

    receive do
      {:ack, ^pid, result} ->
        :erlang.demonitor(ref, [:flush])
        result

      {:DOWN, ^ref, :process, ^pid, reason} ->
        {:error, reason}
    after
      timeout ->
        :erlang.exit(pid, :kill)
        await_down(ref)
        drop_ack(pid)
        {:error, :timeout}
    end
  end

  def start_link(m, f, a), do: start_link(m, f, a, :infinity)
  def start_link(m, f, a, timeout), do: start_link(m, f, a, timeout, [])

  def start_link(m, f, a, timeout, opts) do
    pid = spawn_opt(m, f, a, [:link | opts])

    receive do
      {:ack, ^pid, result} ->
        result

      {:EXIT, ^pid, reason} ->
        {:error, reason}
    after
      timeout ->
        :erlang.unlink(pid)
        :erlang.exit(pid, :kill)
        drop_ack(pid)

        receive do
          {:EXIT, ^pid, _} -> :ok
        after
          0 -> :ok
        end

        {:error, :timeout}
    end
  end

  def start_monitor(m, f, a), do: start_monitor(m, f, a, :infinity)
  def start_monitor(m, f, a, timeout), do: start_monitor(m, f, a, timeout, [])

  def start_monitor(m, f, a, timeout, opts) do
    {pid, ref} = spawn_opt(m, f, a, [:monitor | opts])

    receive do
      {:ack, ^pid, result} -> {result, ref}
      {:DOWN, ^ref, :process, ^pid, reason} = down -> {redeliver(down, {:error, reason}), ref}
    after
      timeout ->
        :erlang.exit(pid, :kill)

        receive do
          {:DOWN, ^ref, :process, ^pid, _} = down -> send(self(), down)
        end

        drop_ack(pid)
        {{:error, :timeout}, ref}
    end
  end

  defp redeliver(message, result) do
    send(self(), message)
    result
  end

  defp await_down(ref) do
    receive do
      {:DOWN, ^ref, _, _, _} -> :ok
    end
  end

  defp drop_ack(pid) do
    receive do
      {:ack, ^pid, _} -> :ok
    after
      0 -> :ok
    end
  end

  def init_ack(result) do
    [parent | _] = :erlang.get(:"$ancestors")
    init_ack(parent, result)
  end

  def init_ack(parent, result) do
    send(parent, {:ack, self(), result})
    :ok
  end

  # -- stopping ---------------------------------------------------------------------------

  def stop(process), do: stop(process, :normal, :infinity)

  @doc "Asks a process to end with `reason` and waits until it has."
  def stop(process, reason, timeout) do
    until = if timeout != :infinity, do: :erlang.monotonic_time(:millisecond) + timeout
    ref = :erlang.monitor(:process, process)
    ask_to_end(process, reason, timeout, ref)

    receive do
      {:DOWN, ^ref, _, _, ^reason} -> :ok
      {:DOWN, ^ref, _, _, other} -> exit(other)
    after
      if(until, do: max(until - :erlang.monotonic_time(:millisecond), 0), else: :infinity) ->
        :erlang.demonitor(ref, [:flush])
        exit(:timeout)
    end
  end

  defp ask_to_end(process, reason, timeout, ref) do
    :sys.terminate(process, reason, timeout)
  catch
    :exit, why ->
      :erlang.demonitor(ref, [:flush])

      case why do
        {plain, {:sys, :terminate, _}} when plain in [:noproc, :timeout] -> exit(plain)
        _ -> exit(why)
      end
  end

  # -- crash reports ----------------------------------------------------------------------

  defp crash_report(:exit, :normal, _), do: :ok
  defp crash_report(:exit, :shutdown, _), do: :ok
  defp crash_report(:exit, {:shutdown, _}, _), do: :ok

  defp crash_report(class, reason, stacktrace) do
    if :phial_report.sasl?() do
      report = %{
        label: {:proc_lib, :crash},
        report: [my_info(class, reason, stacktrace), linked_info()]
      }

      meta = %{
        domain: [:otp, :sasl],
        report_cb: &:proc_lib.report_cb/2,
        logger_formatter: %{title: ~c"CRASH REPORT"},
        error_logger: %{tag: :error_report, type: :crash_report},
        mfa: {:proc_lib, :crash_report, 4}
      }

      :logger.log(:error, report, meta)
    end
  end

  defp my_info(class, reason, stacktrace) do
    {m, f, arity} = :erlang.get(:"$initial_call")

    [
      initial_call: {m, f, for(i <- 1..arity//1, do: :"Argument__#{i}")},
      pid: self(),
      registered_name: registered_or_empty(),
      error_info: {class, reason, stacktrace},
      ancestors: ancestors(),
      message_queue_len: info(:message_queue_len),
      messages: info(:messages),
      links: info(:links),
      dictionary: cleaned_dictionary(),
      trap_exit: info(:trap_exit),
      status: :running,
      heap_size: info(:heap_size),
      stack_size: info(:stack_size),
      reductions: info(:reductions)
    ]
  end

  # Those linked to this process, and to them, that do not trap exits: the last found comes first.
  @max_neighbours 15

  defp linked_info, do: linked(info(:links), [self()], [])

  defp linked([pid | rest], seen, found) when is_pid(pid) and length(found) < @max_neighbours do
    case pid not in seen and :erlang.process_info(pid, [:trap_exit, :links]) do
      [trap_exit: false, links: links] -> linked(rest ++ links, [pid | seen], [neighbour(pid) | found])
      _ -> linked(rest, [pid | seen], found)
    end
  end

  defp linked([_ | rest], seen, found) when length(found) < @max_neighbours, do: linked(rest, seen, found)
  defp linked(_, _seen, found), do: for({_, [_ | _]} = neighbour <- found, do: neighbour)

  @told [:registered_name, :initial_call, :current_function, :message_queue_len, :links, :trap_exit, :status, :heap_size, :stack_size, :reductions,
         :current_stacktrace]

  defp neighbour(pid) do
    case :erlang.process_info(pid, [:dictionary | @told]) do
      [{:dictionary, dictionary}, name, {:initial_call, call}, current | more] ->
        call = with :undefined <- value(dictionary, :"$initial_call"), do: call
        ancestors = with :undefined <- value(dictionary, :"$ancestors"), do: []
        {:neighbour, [{:pid, pid}, name, {:initial_call, call}, current, {:ancestors, ancestors} | more]}

      :undefined ->
        {:neighbour, []}
    end
  end

  defp value(pairs, key) do
    case :lists.keyfind(key, 1, pairs) do
      {^key, value} -> value
      false -> :undefined
    end
  end

  defp registered_or_empty do
    case :erlang.process_info(self(), :registered_name) do
      {:registered_name, name} -> name
      _ -> []
    end
  end

  defp cleaned_dictionary do
    :lists.filter(fn {key, _} -> key not in [:"$ancestors", :"$initial_call"] end, :erlang.get())
  end

  defp info(key) do
    case :erlang.process_info(self(), key) do
      {^key, value} -> value
      _ -> 0
    end
  end

  def report_cb(report, config), do: :phial_report_text.format(report, config)

  def format(report), do: :phial_report_text.crash(report)
  def format(report, _encoding), do: format(report)
  def format(report, _encoding, _depth), do: format(report)
end
