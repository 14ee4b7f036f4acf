# SPDX-License-Identifier: Apache-2.0
#
# :sys, the second language every OTP process speaks: `{:system, from, request}` messages that
# inspect, suspend, replace and end it. Invariant: a suspended process answers only system
# messages and its parent's exit; everything else waits in its mailbox until it is resumed.

defmodule :sys do
  @moduledoc "Looking into and steering running OTP processes."

  # -- requests ---------------------------------------------------------------------------

  def get_state(name), do: request(name, :get_state) |> state_result()

  def get_state(name, timeout),
    do: request(name, :get_state, timeout) |> state_result()

  def replace_state(name, fun),
    do: request(name, {:replace_state, fun}) |> state_result()

  def replace_state(name, fun, timeout) do
    request(name, {:replace_state, fun}, timeout)
    |> state_result()
  end

  defp state_result({:ok, state}), do: state
  defp state_result({:error, reason}), do: :erlang.error(reason)

  def get_status(name), do: request(name, :get_status)
  def get_status(name, timeout), do: request(name, :get_status, timeout)
  def suspend(name), do: request(name, :suspend)
  def suspend(name, timeout), do: request(name, :suspend, timeout)
  def resume(name), do: request(name, :resume)
  def resume(name, timeout), do: request(name, :resume, timeout)
  def terminate(name, reason), do: request(name, {:terminate, reason})
  def terminate(name, reason, timeout), do: request(name, {:terminate, reason}, timeout)

  def change_code(name, mod, vsn, extra), do: request(name, {:change_code, mod, vsn, extra})

  def change_code(name, mod, vsn, extra, timeout),
    do: request(name, {:change_code, mod, vsn, extra}, timeout)

  def log(name, flag), do: request(name, {:debug, {:log, flag}})
  def log(name, flag, timeout), do: request(name, {:debug, {:log, flag}}, timeout)
  def trace(name, flag), do: request(name, {:debug, {:trace, flag}})
  def trace(name, flag, timeout), do: request(name, {:debug, {:trace, flag}}, timeout)
  def log_to_file(name, file), do: request(name, {:debug, {:log_to_file, file}})

  def log_to_file(name, file, timeout),
    do: request(name, {:debug, {:log_to_file, file}}, timeout)

  def statistics(name, flag), do: request(name, {:debug, {:statistics, flag}})
  def statistics(name, flag, timeout), do: request(name, {:debug, {:statistics, flag}}, timeout)
  def no_debug(name), do: request(name, {:debug, :no_debug})
  def no_debug(name, timeout), do: request(name, {:debug, :no_debug}, timeout)
  def install(name, spec), do: request(name, {:debug, {:install, spec}})
  def install(name, spec, timeout), do: request(name, {:debug, {:install, spec}}, timeout)
  def remove(name, fun), do: request(name, {:debug, {:remove, fun}})
  def remove(name, fun, timeout), do: request(name, {:debug, {:remove, fun}}, timeout)

  # An exit names the call as it was made, with its timeout if one was given.
  defp request(name, request, timeout \\ :default) do
    {:ok, result} = :gen.call(name, :system, request, if(timeout == :default, do: 5000, else: timeout))
    result
  catch
    :exit, reason ->
      given = if timeout == :default, do: [], else: [timeout]
      exit({reason, {:sys, call_name(request), call_args(name, request) ++ given}})
  end

  defp call_name({:debug, {what, _}}), do: what
  defp call_name({what, _, _, _}), do: what
  defp call_name({:terminate, _}), do: :terminate
  defp call_name(request), do: request

  defp call_args(name, {:debug, {_, arg}}), do: [name, arg]
  defp call_args(name, {:change_code, mod, vsn, extra}), do: [name, mod, vsn, extra]
  defp call_args(name, {:terminate, reason}), do: [name, reason]
  defp call_args(name, _), do: [name]

  # -- the process side -------------------------------------------------------------------

  def handle_system_msg(msg, from, parent, mod, debug, misc) do
    handle(:running, msg, from, parent, mod, debug, misc, false)
  end

  def handle_system_msg(msg, from, parent, mod, debug, misc, hibernate?) do
    handle(:running, msg, from, parent, mod, debug, misc, hibernate?)
  end

  defp handle(sys_state, msg, from, parent, mod, debug, misc, hibernate?) do
    case perform(sys_state, msg, parent, mod, debug, misc) do
      {:suspended, reply, debug, misc} ->
        :gen.reply(from, reply)
        suspended(parent, mod, debug, misc, hibernate?)

      {:running, reply, debug, misc} ->
        :gen.reply(from, reply)
        mod.system_continue(parent, debug, misc)

      {:terminate, reason, reply, debug, misc} ->
        :gen.reply(from, reply)
        mod.system_terminate(reason, parent, debug, misc)
    end
  end

  defp suspended(parent, mod, debug, misc, true),
    do: :proc_lib.hibernate(:sys, :suspend_loop_hib, [:suspended, parent, mod, debug, misc, true])

  defp suspended(parent, mod, debug, misc, hibernate?),
    do: suspend_loop_hib(:suspended, parent, mod, debug, misc, hibernate?)

  def suspend_loop_hib(sys_state, parent, mod, debug, misc, hibernate?) do
    receive do
      {:system, from, msg} -> handle(sys_state, msg, from, parent, mod, debug, misc, hibernate?)
      {:EXIT, ^parent, reason} -> mod.system_terminate(reason, parent, debug, misc)
    end
  end

  defp perform(_, :suspend, _, _, debug, misc), do: {:suspended, :ok, debug, misc}
  defp perform(_, :resume, _, _, debug, misc), do: {:running, :ok, debug, misc}

  defp perform(sys_state, :get_state, _, mod, debug, misc) do
    {sys_state, get_state_of(mod, misc), debug, misc}
  end

  defp perform(sys_state, {:replace_state, fun}, _, mod, debug, misc) do
    {reply, misc} = replace_state_of(mod, fun, misc)
    {sys_state, reply, debug, misc}
  end

  defp perform(sys_state, :get_status, parent, mod, debug, misc) do
    pdict = :erlang.get()
    shown = status_of(mod, [pdict, sys_state, parent, debug, misc])
    status = [pdict, sys_state, parent, debug, shown]
    {sys_state, {:status, self(), {:module, mod}, status}, debug, misc}
  end

  defp perform(_, {:terminate, reason}, _, _, debug, misc),
    do: {:terminate, reason, :ok, debug, misc}

  defp perform(:suspended, {:change_code, module, vsn, extra}, _, mod, debug, misc) do
    case change_code_of(mod, misc, module, vsn, extra) do
      {:ok, misc} -> {:suspended, :ok, debug, misc}
      error -> {:suspended, {:error, error}, debug, misc}
    end
  end

  defp perform(sys_state, {:debug, what}, _, _, debug, misc) do
    {reply, debug} = debug_command(what, debug)
    {sys_state, reply, debug, misc}
  end

  defp perform(sys_state, other, _, _, debug, misc) do
    {sys_state, {:error, {:unknown_system_msg, other}}, debug, misc}
  end

  defp get_state_of(mod, misc) do
    if function_exported?(mod, :system_get_state, 1) do
      {:ok, _} = mod.system_get_state(misc)
    else
      {:ok, misc}
    end
  catch
    class, reason -> {:error, {:callback_failed, {mod, :system_get_state}, {class, reason}}}
  end

  defp replace_state_of(mod, fun, misc) do
    if function_exported?(mod, :system_replace_state, 2) do
      {:ok, state, misc} = mod.system_replace_state(fun, misc)
      {{:ok, state}, misc}
    else
      misc = fun.(misc)
      {{:ok, misc}, misc}
    end
  catch
    class, reason ->
      {{:error, {:callback_failed, {mod, :system_replace_state}, {class, reason}}}, misc}
  end

  defp status_of(mod, args) do
    if function_exported?(mod, :format_status, 2),
      do: mod.format_status(:normal, args),
      else: List.last(args)
  end

  defp change_code_of(mod, misc, module, vsn, extra) do
    mod.system_code_change(misc, module, vsn, extra)
  catch
    :throw, value -> value
    :exit, reason -> {:EXIT, reason}
    :error, reason -> {:EXIT, {reason, __STACKTRACE__}}
  end

  # -- debugging: a list of {:trace, true} {:log, {n, events}} {:statistics, data}
  # {:log_to_file, device} {id, {fun, state}} ---------------------------------------------

  defp debug_command(:no_debug, _), do: {:ok, []}
  defp debug_command({:trace, true}, debug), do: {:ok, put_debug(debug, :trace, true)}
  defp debug_command({:trace, false}, debug), do: {:ok, drop_debug(debug, :trace)}
  defp debug_command({:log, false}, debug), do: {:ok, drop_debug(debug, :log)}
  defp debug_command({:log, true}, debug), do: {:ok, put_log(debug, 10)}
  defp debug_command({:log, {true, n}}, debug) when is_integer(n) and n > 0, do: {:ok, put_log(debug, n)}
  defp debug_command({:log, :get}, debug), do: {{:ok, get_log(debug)}, debug}

  defp debug_command({:log, :print}, debug) do
    print_log(debug)
    {:ok, debug}
  end

  defp debug_command({:log_to_file, false}, debug), do: {:ok, close_file(debug)}

  defp debug_command({:log_to_file, file}, debug) do
    debug = close_file(debug)

    case :file.open(file, [:write, {:encoding, :utf8}]) do
      {:ok, device} -> {:ok, put_debug(debug, :log_to_file, device)}
      _ -> {{:error, :open_file}, debug}
    end
  end

  defp debug_command({:statistics, true}, debug) do
    start = {:erlang.localtime(), :erlang.process_info(self(), :reductions), 0, 0}
    {:ok, put_debug(debug, :statistics, start)}
  end

  defp debug_command({:statistics, false}, debug), do: {:ok, drop_debug(debug, :statistics)}
  defp debug_command({:statistics, :get}, debug), do: {{:ok, statistics_of(debug)}, debug}

  defp debug_command({:install, {fun, state}}, debug), do: debug_command({:install, {fun, fun, state}}, debug)

  defp debug_command({:install, {id, fun, state}}, debug),
    do: {:ok, if(:lists.keymember(id, 1, debug), do: debug, else: put_debug(debug, id, {fun, state}))}

  defp debug_command({:remove, id}, debug), do: {:ok, drop_debug(debug, id)}
  defp debug_command(_, debug), do: {:unknown_debug, debug}

  defp statistics_of(debug) do
    case :lists.keyfind(:statistics, 1, debug) do
      {_, {since, {_, reds}, ins, outs}} ->
        {_, now} = :erlang.process_info(self(), :reductions)

        [
          start_time: since,
          current_time: :erlang.localtime(),
          reductions: now - reds,
          messages_in: ins,
          messages_out: outs
        ]

      false ->
        :no_statistics
    end
  end

  def debug_options(options), do: Enum.reduce(options, [], &debug_option/2)

  defp debug_option(:trace, debug), do: put_debug(debug, :trace, true)
  defp debug_option(:log, debug), do: put_log(debug, 10)
  defp debug_option({:log, n}, debug), do: put_log(debug, n)
  defp debug_option(:statistics, debug), do: elem(debug_command({:statistics, true}, debug), 1)
  defp debug_option({:install, spec}, debug), do: elem(debug_command({:install, spec}, debug), 1)
  defp debug_option({:log_to_file, file}, debug), do: elem(debug_command({:log_to_file, file}, debug), 1)
  defp debug_option(_, debug), do: debug

  def get_log(debug) do
    case :lists.keyfind(:log, 1, debug) do
      {_, {_, events}} -> :lists.reverse(Enum.map(events, &elem(&1, 0)))
      false -> []
    end
  end

  def print_log(debug) do
    with {_, {_, events}} <- :lists.keyfind(:log, 1, debug) do
      for {event, extra, form} <- :lists.reverse(events), do: form.(:standard_io, event, extra)
    end

    :ok
  end

  def get_debug(item, debug, default) do
    case :lists.keyfind(item, 1, debug) do
      {_, value} -> value
      false -> default
    end
  end

  @doc "Runs the debug functions installed in a process over one event."
  def handle_debug(debug, form, extra, event) do
    Enum.flat_map(debug, fn entry -> debug_event(entry, form, extra, event) end)
  end

  defp debug_event({:trace, true} = entry, form, extra, event) do
    form.(:standard_io, event, extra)
    [entry]
  end

  defp debug_event({:log, {n, events}}, form, extra, event) do
    [{:log, {n, Enum.take([{event, extra, form} | events], n)}}]
  end

  defp debug_event({:log_to_file, device} = entry, form, extra, event) do
    form.(device, event, extra)
    [entry]
  end

  defp debug_event({:statistics, {since, reds, ins, outs}}, _, _, event) do
    case event do
      {:in, _} -> [{:statistics, {since, reds, ins + 1, outs}}]
      {:in, _, _} -> [{:statistics, {since, reds, ins + 1, outs}}]
      {:out, _, _} -> [{:statistics, {since, reds, ins, outs + 1}}]
      {:out, _, _, _} -> [{:statistics, {since, reds, ins, outs + 1}}]
      _ -> [{:statistics, {since, reds, ins, outs}}]
    end
  end

  defp debug_event({id, {fun, state}}, _, extra, event) do
    case fun.(state, event, extra) do
      :done -> []
      state -> [{id, {fun, state}}]
    end
  catch
    _, _ -> []
  end

  # The newest comes first.
  defp put_debug(debug, key, value), do: [{key, value} | drop_debug(debug, key)]

  # A log there is goes on as it was.
  defp put_log(debug, n), do: if(:lists.keymember(:log, 1, debug), do: debug, else: put_debug(debug, :log, {n, []}))

  defp close_file(debug) do
    with device when device != nil <- get_debug(:log_to_file, debug, nil), do: :file.close(device)
    drop_debug(debug, :log_to_file)
  end

  defp drop_debug(debug, key), do: :lists.keydelete(key, 1, debug)
end
