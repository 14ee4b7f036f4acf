# SPDX-License-Identifier: Apache-2.0
#
# Logger.Translator: the reports of processes, servers, tasks and supervisors in Elixir's words.
# Invariant: it answers {:ok, text, metadata}, {:ok, text} or :none and has no effects.

defmodule Logger.Translator do
  @moduledoc "Default translation of the reports of OTP processes."

  @doc "Turns a report into a message."
  @spec translate(Logger.level(), Logger.level(), :report | :format, term) ::
          {:ok, IO.chardata(), keyword} | {:ok, IO.chardata()} | :none
  def translate(min_level, level, kind, message)

  # Of the reports that are one map, those with another label are not printed.
  def translate(min, level, :report, {:logger, %{label: label} = report}) do
    if label in [{:gen_server, :terminate}, {:gen_event, :terminate}, {:erlang, :process_crash}],
      do: translate(min, level, :report, {label, Map.delete(report, :label)}),
      else: :skip
  end

  def translate(_min, _level, :format, {'Error in process ' ++ _, [pid, {reason, stacktrace}]}) when is_list(stacktrace) do
    exception = Exception.normalize(:error, reason, stacktrace)
    text = ["Process ", inspect(pid), " raised an exception" | format(:error, exception, stacktrace)]
    {:ok, text, crash_reason: {exception, stacktrace}}
  end

  def translate(min, _level, :report, {{:gen_server, :terminate}, report}) do
    %{name: name, last_message: last, state: state, reason: reason, client_info: client} = report
    {formatted, crash} = stop(reason)

    text = [
      ["GenServer ", inspect(name), " terminating", formatted],
      ["\nLast message", from(client), ": ", show(last)],
      debug(min, fn -> ["\nState: ", show(state), client(client)] end)
    ]

    {:ok, text, [crash_reason: crash] ++ registered(name)}
  end

  def translate(_min, _level, :report, {{GenServer, :no_handle_info}, report}) do
    %{module: module, message: message, name: name} = report

    {:ok,
     [
       [inspect(module), " ", inspect(name)],
       [" received unexpected message in handle_info/2: ", inspect(message), "\n"]
     ]}
  end

  def translate(_min, _level, :report, {{DynamicSupervisor, :unexpected_msg}, %{msg: msg}}),
    do: {:ok, ["DynamicSupervisor received unexpected message: ", inspect(msg), "\n"]}

  def translate(_min, _level, :report, {{Task.Supervisor, :terminating}, report}) do
    %{name: name, starter: starter, function: fun, args: args, reason: reason} = report
    {formatted, crash} = stop(reason)

    text = [
      ["Task ", inspect(name), " started from ", inspect(starter), " terminating", formatted],
      ["\nFunction: ", inspect(fun), "\n    Args: ", inspect(args)]
    ]

    {:ok, text, [crash_reason: crash] ++ registered(name)}
  end

  def translate(min, _level, :report, {{:gen_event, :terminate}, report}) do
    %{handler: handler, name: name, last_message: last, state: state, reason: reason} = report
    {formatted, crash} = stop(reason)

    text = [
      [":gen_event handler ", inspect(handler), " installed in ", inspect(name), " terminating", formatted],
      ["\nLast message: ", show(last)],
      debug(min, fn -> ["\nState: ", show(state)] end)
    ]

    {:ok, text, [crash_reason: crash] ++ registered(name)}
  end

  def translate(_min, _level, :report, {{:application_controller, :exit}, report}) do
    {:ok, ["Application ", to_string(report[:application]), " exited: " | exited(report[:exited])]}
  end

  def translate(min, _level, :report, {{:supervisor, :progress}, report}) do
    if report[:started][:pid],
      do: {:ok, ["Child", child_name(report[:started]), " of Supervisor ", supervisor(report[:supervisor]), " started", child(min, report[:started])]},
      else: :none
  end

  def translate(_min, _level, :report, {{:application_controller, :progress}, report}),
    do: {:ok, ["Application ", to_string(report[:application]), " started at ", inspect(report[:started_at])]}

  def translate(min, _level, :report, {{:supervisor, context}, [supervisor: sup, errorContext: _, reason: reason, offender: offender]}) do
    {:ok,
     [
       ["Child", child_name(offender), " of Supervisor ", supervisor(sup), " ", context(context)],
       ["\n** (exit) ", Exception.format_exit(why(context, reason))],
       child(min, if(context == :shutdown, do: List.keydelete(offender, :pid, 0), else: offender))
     ]}
  end

  def translate(min, _level, :report, {{:proc_lib, :crash}, [own, linked]}) do
    {kind, reason, stacktrace} = own[:error_info]
    {formatted, crash} = crash(kind, reason, stacktrace)
    name = own[:registered_name]
    callers = own[:dictionary][:"$callers"]

    metadata =
      [crash_reason: crash, initial_call: initial_mfa(own[:initial_call]), ancestors: own[:ancestors]] ++
        if(callers, do: [callers: callers], else: []) ++ if(name in [[], nil], do: [], else: [registered_name: name])

    {:ok,
     [
       ["Process ", name_of(own), " terminating", formatted],
       ["\nInitial Call: ", initial_call(own[:initial_call])],
       ["\nAncestors: ", inspect(own[:ancestors])],
       debug(min, fn -> [crashed(own), neighbours(linked)] end)
     ], metadata}
  end

  def translate(_min, _level, _kind, _message), do: :none

  # -- reasons ----------------------------------------------------------------------------

  # The text of why a process stopped, and {exception or reason, stacktrace} for metadata.
  defp stop({maybe_exception, [_ | _] = maybe_stacktrace} = reason) do
    if stacktrace?(maybe_stacktrace) do
      case Exception.normalize(:error, maybe_exception, maybe_stacktrace) do
        %ErlangError{} ->
          text = ["\n** (stop) ", Exception.format_exit(maybe_exception), trace(maybe_stacktrace)]
          {text, {maybe_exception, maybe_stacktrace}}

        exception ->
          {format(:error, exception, maybe_stacktrace), {exception, maybe_stacktrace}}
      end
    else
      stop_plain(reason)
    end
  end

  defp stop(reason), do: stop_plain(reason)

  defp stop_plain(reason), do: {["\n** (stop) ", Exception.format_exit(reason)], {reason, []}}

  defp crash(:exit, reason, stacktrace), do: {format(:exit, reason, stacktrace), {reason, stacktrace}}
  defp crash(:throw, value, stacktrace), do: {format(:throw, value, stacktrace), {{:nocatch, value}, stacktrace}}

  defp crash(:error, reason, stacktrace) do
    exception = Exception.normalize(:error, reason, stacktrace)
    {format(:error, exception, stacktrace), {exception, stacktrace}}
  end

  # A child that could not be started may have been an exit caught by the supervisor.
  defp why(:start_error, {:EXIT, reason}), do: reason
  defp why(_context, reason), do: reason

  defp stacktrace?(list) do
    Enum.all?(list, fn
      {m, f, a, l} when is_atom(m) and is_atom(f) and (is_integer(a) or is_list(a)) and is_list(l) -> true
      {f, a, l} when is_function(f) and (is_integer(a) or is_list(a)) and is_list(l) -> true
      _ -> false
    end)
  end

  defp format(kind, reason, stacktrace),
    do: ["\n", Exception.format_banner(kind, reason, stacktrace), trace(stacktrace)]

  defp trace([]), do: []

  defp trace(stacktrace),
    do: Enum.map(stacktrace, &["\n    ", Exception.format_stacktrace_entry(&1)])

  defp exited({:bad_return, _} = reason), do: Application.format_error(reason)
  defp exited({_, {_, :start, _}} = reason), do: Application.format_error(reason)
  defp exited(reason), do: Exception.format_exit(reason)

  # -- parts ------------------------------------------------------------------------------

  defp show(term), do: inspect(term, Application.get_env(:logger, :translator_inspect_opts, []))

  defp debug(:debug, fun), do: fun.()
  defp debug(:all, fun), do: fun.()
  defp debug(_, _fun), do: []

  defp registered(name) when is_atom(name), do: [registered_name: name]
  defp registered(_), do: []

  defp from({_pid, {name, _}}), do: [" (from ", inspect(name), ")"]
  defp from({pid, _}) when is_pid(pid), do: [" (from ", inspect(pid), ")"]
  defp from(_), do: []

  defp client({pid, :dead}), do: ["\nClient ", inspect(pid), " is dead"]
  defp client({pid, :remote}), do: ["\nClient ", inspect(pid), " is remote on node ", inspect(node(pid))]
  defp client({_pid, {name, []}}), do: ["\nClient ", inspect(name), " is alive"]
  defp client({_pid, {name, stacktrace}}), do: ["\nClient ", inspect(name), " is alive\n" | trace(stacktrace)]
  defp client(_), do: []

  defp supervisor({:local, name}), do: inspect(name)
  defp supervisor({:global, name}), do: inspect(name)
  defp supervisor({:via, _mod, name}), do: inspect(name)
  defp supervisor({pid, mod}), do: [inspect(pid), " (", inspect(mod), ")"]
  defp supervisor(other), do: inspect(other)

  defp context(:start_error), do: "failed to start"
  defp context(:child_terminated), do: "terminated"
  defp context(:shutdown), do: "caused shutdown"
  defp context(:shutdown_error), do: "shut down abnormally"
  defp context(other), do: inspect(other)

  defp child_name(child) do
    case child[:id] do
      nil -> ""
      id -> [" ", inspect(id)]
    end
  end

  defp child(min, child) do
    [
      pid(child[:pid]),
      ["\nStart Call: ", call(child[:mfargs] || child[:mfa])],
      debug(min, fn ->
        [
          ["\nRestart: ", inspect(child[:restart_type])],
          ["\nShutdown: ", inspect(child[:shutdown])],
          ["\nType: ", inspect(child[:child_type])]
        ]
      end)
    ]
  end

  defp pid(:undefined), do: []
  defp pid(nil), do: []
  defp pid(pid), do: ["\nPid: ", inspect(pid)]

  defp call({mod, fun, args}) when is_list(args), do: Exception.format_mfa(mod, fun, args)
  defp call({mod, fun, :undefined}), do: [Exception.format_mfa(mod, fun, 0) |> String.trim_trailing("0"), "?"]
  defp call(other), do: inspect(other)

  defp initial_call({mod, fun, args}) when is_list(args), do: Exception.format_mfa(mod, fun, length(args))
  defp initial_call({mod, fun, arity}), do: Exception.format_mfa(mod, fun, arity)
  defp initial_call(other), do: inspect(other)

  defp initial_mfa({mod, fun, args}) when is_list(args), do: {mod, fun, length(args)}
  defp initial_mfa(other), do: other

  # What the process was like.
  defp crashed(own) do
    [
      ["\nMessage Queue Length: ", inspect(own[:message_queue_len])],
      ["\nMessages: ", inspect(own[:messages])],
      ["\nLinks: ", inspect(own[:links])],
      ["\nDictionary: ", inspect(own[:dictionary])],
      ["\nTrapping Exits: ", inspect(own[:trap_exit])],
      ["\nStatus: ", inspect(own[:status])],
      ["\nHeap Size: ", inspect(own[:heap_size])],
      ["\nStack Size: ", inspect(own[:stack_size])],
      ["\nReductions: ", inspect(own[:reductions])]
    ]
  end

  # The processes linked to one that crashed, which do not trap exits.
  defp neighbours([]), do: []
  defp neighbours(linked), do: ["\nNeighbours:" | for({:neighbour, info} <- linked, do: neighbour(info))]

  defp neighbour(info) do
    current = info[:current_function]

    lines = [
      ["Initial Call: ", initial_call(info[:initial_call])],
      ["Current Call: ", initial_call(current)],
      ["Ancestors: ", inspect(info[:ancestors])],
      ["Message Queue Length: ", inspect(info[:message_queue_len])],
      ["Links: ", inspect(info[:links])],
      ["Trapping Exits: ", inspect(info[:trap_exit])],
      ["Status: ", inspect(info[:status])],
      ["Heap Size: ", inspect(info[:heap_size])],
      ["Stack Size: ", inspect(info[:stack_size])],
      ["Reductions: ", inspect(info[:reductions])],
      ["Current Stacktrace:" | for(entry <- info[:current_stacktrace], do: ["\n            ", Exception.format_stacktrace_entry(entry)])]
    ]

    ["\n    ", name_of(info) | for(line <- lines, do: ["\n        " | line])]
  end

  defp name_of(own) do
    case own[:registered_name] do
      name when is_atom(name) and name not in [nil, :undefined] -> [inspect(name), " (", inspect(own[:pid]), ")"]
      _ -> inspect(own[:pid])
    end
  end
end
