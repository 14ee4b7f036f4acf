# SPDX-License-Identifier: Apache-2.0
#
# :phial_report_text, the reports of OTP's processes in Erlang's words, for handlers that do not go through Elixir's translator
# (a file written by :logger_std_h, say). Invariant: each report has two forms, one of several lines and one of a single line,
# chosen by `single_line` of the formatter's configuration; both name the same things in the same order.

defmodule :phial_report_text do
  @moduledoc false

  # -- servers ----------------------------------------------------------------------------

  def format(%{label: {:gen_server, :terminate}} = r, %{single_line: true}) do
    text(~c"Generic server ~tp terminating. Reason: ~0tp. Last message: ~0tp. State: ~0tp.", [r.name, r.reason, r.last_message, r.state]) ++
      some(r[:log], ~c" Log: ~0tp") ++ client(r.client_info, true)
  end

  def format(%{label: {:gen_server, :terminate}} = r, _) do
    text(
      ~c"** Generic server ~tp terminating \n** Last message in was ~tp~n** When Server state == ~tp~n** Reason for termination ==~n** ~tp~n",
      [r.name, r.last_message, r.state, r.reason]
    ) ++ some(r[:log], ~c"** Log ==~n** ~tp~n") ++ client(r.client_info, false)
  end

  def format(%{label: {_, :no_handle_info}} = r, %{single_line: true}),
    do: text(~c"Undefined handle_info in ~tp. Unhandled message: ~tp.", [r.module, r.message])

  def format(%{label: {_, :no_handle_info}} = r, _),
    do: text(~c"** Undefined handle_info in ~tp~n** Unhandled message: ~tp~n", [r.module, r.message])

  def format(%{label: {:gen_event, :terminate}} = r, %{single_line: true}) do
    text(
      ~c"Generic event handler ~tp crashed. Installed: ~tp. Last event: ~0tp. State: ~0tp. Reason: ~0tp.",
      [r.handler, r.name, r.last_message, r.state, r.reason]
    ) ++ some(r[:log], ~c" Log: ~0tp")
  end

  def format(%{label: {:gen_event, :terminate}} = r, _) do
    text(
      ~c"** gen_event handler ~tp crashed.~n** Was installed in ~tp~n** Last event was: ~tp~n** When handler state == ~tp~n** Reason == ~tp~n",
      [r.handler, r.name, r.last_message, r.state, r.reason]
    ) ++ some(r[:log], ~c"** Log ==~n** ~tp~n")
  end

  def format(%{label: {:gen_statem, :terminate}, reason: {_class, reason, trace}} = r, %{single_line: true}) do
    text(~c"State machine ~tp terminating. Reason: ~0tp.", [r.name, reason]) ++
      some(trace, ~c" Stack: ~0tp.") ++
      some(Enum.take(r.queue, 1), ~c" Last event: ~0tp.", &hd/1) ++
      text(~c" State: ~0tp.", [r.state]) ++ some(r.log, ~c" Log: ~0tp.") ++ client(r.client_info, true)
  end

  def format(%{label: {:gen_statem, :terminate}, reason: {class, reason, trace}} = r, _) do
    mode = if r.state_enter, do: [r.callback_mode, :state_enter], else: r.callback_mode

    text(~c"** State machine ~tp terminating~n", [r.name]) ++
      some(Enum.take(r.queue, 1), ~c"** Last event = ~tp~n", &hd/1) ++
      text(~c"** When server state  = ~tp~n** Reason for termination = ~w:~tp~n", [r.state, class, reason]) ++
      text(~c"** Callback modules = ~tp~n** Callback mode = ~tp~n", [r.modules, mode]) ++
      some(Enum.drop(r.queue, 1), ~c"** Queued = ~tp~n") ++
      some(r.postponed, ~c"** Postponed = ~tp~n") ++
      some(trace, ~c"** Stacktrace =~n**  ~tp~n") ++
      if(elem(r.timeouts, 0) > 0, do: text(~c"** Time-outs: ~tp~n", [r.timeouts]), else: []) ++
      some(r.log, ~c"** Log =~n**  ~tp~n") ++ client(r.client_info, false)
  end

  # -- supervisors and applications -------------------------------------------------------

  def format(%{label: {:supervisor, :progress}, report: r}, %{single_line: true}),
    do: text(~c"Supervisor: ~0tp. Started: ", [r[:supervisor]]) ++ child(r[:started])

  def format(%{label: {:supervisor, _}, report: r}, %{single_line: true}) do
    text(~c"Supervisor: ~0tp. Context: ~0tp. Reason: ~0tp. Offender: ", [r[:supervisor], r[:errorContext], r[:reason]]) ++ child(r[:offender])
  end

  def format(%{label: {:application_controller, :progress}, report: r}, %{single_line: true}),
    do: text(~c"Application: ~0tp. Started at: ~0tp.", [r[:application], r[:started_at]])

  def format(%{label: {:application_controller, :exit}, report: r}, %{single_line: true}),
    do: text(~c"Application: ~0tp. Exited: ~0tp. Type: ~0tp.", [r[:application], r[:exited], r[:type]])

  def format(%{label: {:proc_lib, :crash}, report: report}, %{single_line: true}), do: crash_line(report)
  def format(%{label: {:proc_lib, :crash}, report: report}, _), do: crash(report)

  def format(%{label: _, report: pairs}, _), do: Enum.flat_map(pairs, fn {key, value} -> text(~c"    ~tp: ~tp~n", [key, value]) end)

  defp child(info) do
    second = if pid = info[:pid], do: text(~c"pid=~0tp", [pid]), else: text(~c"nb_children=~0tp", [info[:nb_children]])
    text(~c"id=~0tp,", [info[:id]]) ++ second ++ ~c"."
  end

  # -- crashes ----------------------------------------------------------------------------

  @doc "A crash report, several lines long."
  def crash([own, linked]) do
    ~c"  crasher:\n" ++
      Enum.flat_map(own, &own_line/1) ++
      ~c"  neighbours:\n" ++
      joined(Enum.map(linked, &neighbour/1), ~c"\n")
  end

  defp neighbour({:neighbour, info}),
    do: ~c"    neighbour:\n" ++ joined(for({key, value} <- info, do: text(~c"      ~w: ~80.18tp", [key, value])), ~c"\n")

  defp own_line({:initial_call, call}), do: text(~c"    initial call: ~ts~n", [call_text(call)])
  defp own_line({:error_info, {class, reason, trace}}), do: exception(class, reason, trace)
  defp own_line({key, value}), do: text(~c"    ~w: ~tp~n", [key, value])

  defp crash_line([own, linked]) do
    parts =
      Enum.map(own, fn
        {:initial_call, call} -> text(~c"initial call: ~ts", [call_text(call)])
        {:error_info, {class, reason, trace}} -> text(~c"~w: ~0tp", [class, {reason, trace}])
        {key, value} -> text(~c"~w: ~0tp", [key, value])
      end)

    neighbours = for {:neighbour, info} <- linked, do: ~c"neighbour: " ++ joined(for {key, value} <- info, do: text(~c"~w: ~0tp", [key, value]))
    ~c"crasher: " ++ joined(parts) ++ ~c"; neighbours: " ++ joined(neighbours)
  end

  defp joined(parts, between \\ ~c", "), do: parts |> Enum.intersperse(between) |> Enum.concat()

  defp call_text({module, function, args}), do: text(~c"~tw:~tw/~w", [module, function, if(is_list(args), do: length(args), else: args)])
  defp call_text(other), do: text(~c"~tp", [other])

  # What was raised, in words, and the calls down to the process' own beginning.
  defp exception(class, reason, trace) do
    {about, details} = described(class, reason, trace)
    calls = trace |> Enum.reverse() |> Enum.drop_while(&(elem(&1, 0) == :proc_lib)) |> Enum.reverse()
    {clause, calls} = if class == :error and reason in [:function_clause, :undef] and calls != [], do: {hd(calls), tl(calls)}, else: {nil, calls}

    {format, args} = if about, do: {~c"~ts", [about]}, else: reason_text(reason, clause)

    text(~c"    exception ~w: " ++ format ++ ~c"~n", [class | args]) ++
      (calls |> Enum.with_index() |> Enum.flat_map(fn {call, n} -> call_line(call, n, if(n == 0, do: details, else: [])) end))
  end

  # The reason of an error that its raiser describes, and what it says of the first call.
  defp described(:error, reason, [{_, _, _, place} | _] = trace) do
    with {:error_info, %{module: module} = info} <- :lists.keyfind(:error_info, 1, place),
         %{} = map when map != %{} <- description(module, info, reason, trace) do
      numbered = for n <- 1..9, is_map_key(map, n), do: text(~c"argument ~w: ~ts", [n, map[n]])
      {map[:reason], numbered ++ for(general <- [map[:general]], general, do: text(~c"~ts", [general]))}
    else
      _ -> {nil, native_details(reason, trace)}
    end
  end

  defp described(_class, _reason, _trace), do: {nil, []}

  # What Exception says of the arguments of a native.
  defp native_details(:badarg, trace) do
    lines = Regex.scan(~r/\* (\d+)\w\w argument: (.*)/, Exception.message(Exception.normalize(:error, :badarg, trace)), capture: :all_but_first)
    for [n, about] <- lines, do: text(~c"argument ~ts: ~ts", [n, about])
  end

  defp native_details(_reason, _trace), do: []

  defp description(Exception, _info, %module{__exception__: true} = exception, _trace),
    do: %{reason: ~c"#" ++ Atom.to_charlist(module), general: Exception.message(exception)}

  defp description(module, info, reason, trace) do
    function = Map.get(info, :function, :format_error)
    if Code.ensure_loaded?(module) and function_exported?(module, function, 2), do: apply(module, function, [reason, trace]), else: nil
  end

  @texts %{
    badarith: ~c"an error occurred when evaluating an arithmetic expression",
    badarg: ~c"bad argument",
    if_clause: ~c"no true branch found when evaluating an if expression",
    noproc: ~c"no such process or port",
    system_limit: ~c"a system limit has been reached",
    timeout_value: ~c"bad receive timeout value"
  }

  # A format and its arguments; the column in which a long term begins is known only where all is formatted.
  defp reason_text(:function_clause, {module, function, args, place}) when is_list(args),
    do: {~c"no function clause matching ~tw:~tw(~ts) ~ts", [module, function, arguments(args), at(place)]}

  defp reason_text(:undef, {module, function, args, _}),
    do: {~c"undefined function ~tw:~tw/~w", [module, function, if(is_list(args), do: length(args), else: args)]}

  defp reason_text(reason, _) when is_map_key(@texts, reason), do: {@texts[reason], []}
  defp reason_text({:badmatch, value}, _), do: {~c"no match of right hand side value ~tp", [value]}
  defp reason_text({:case_clause, value}, _), do: {~c"no case clause matching ~tp", [value]}
  defp reason_text({:try_clause, value}, _), do: {~c"no try clause matching ~tp", [value]}
  defp reason_text({:badfun, value}, _), do: {~c"bad function ~tp", [value]}
  defp reason_text({:badkey, key}, _), do: {~c"bad key: ~tp", [key]}
  defp reason_text({:badmap, map}, _), do: {~c"bad map: ~tp", [map]}

  defp reason_text({:badarity, {fun, args}}, _) when is_function(fun) do
    info = :erlang.fun_info(fun)
    {~c"~tw:~tw/~w called with ~ts", [info[:module], info[:name], info[:arity], counted(length(args))]}
  end

  defp reason_text(reason, _), do: {~c"~tp", [reason]}

  defp counted(0), do: ~c"no arguments"
  defp counted(1), do: ~c"one argument"
  defp counted(2), do: ~c"two arguments"
  defp counted(n), do: text(~c"~w arguments", [n])

  defp arguments(args), do: joined(Enum.map(args, &text(~c"~tp", [&1])), ~c",")

  defp call_line({module, function, args, place}, n, details) do
    arity = if is_list(args), do: length(args), else: args
    name = if module == :erlang, do: text(~c"~tw/~w", [function, arity]), else: text(~c"~tw:~tw/~w", [module, function, arity])
    called = if is_list(args) and n == 0, do: [text(~c"called as ~tw(~ts)", [function, arguments(args)])], else: []
    notes = called ++ Enum.map(details, &(~c"*** " ++ &1))
    place = at(place)
    where = if(n == 0, do: ~c"in function  ", else: ~c"in call from ") ++ name ++ if(place == [] and called != [], do: [], else: ~c" " ++ place)
    ~c"      " ++ where ++ ~c"\n" ++ Enum.flat_map(notes, &(~c"         " ++ &1 ++ ~c"\n"))
  end

  defp at(place) do
    case {:lists.keyfind(:file, 1, place), :lists.keyfind(:line, 1, place)} do
      {{:file, file}, {:line, line}} -> text(~c"(~ts, line ~w)", [file, line])
      _ -> []
    end
  end

  # -- parts ------------------------------------------------------------------------------

  defp client(:undefined, _), do: []
  defp client({pid, :dead}, true), do: text(~c" Client ~tp is dead.", [pid])
  defp client({pid, :remote}, true), do: text(~c" Client ~tp is remote on node ~tp.", [pid, node(pid)])
  defp client({_, {name, trace}}, true), do: text(~c" Client ~tp stacktrace: ~0tp.", [name, trace])
  defp client({pid, :dead}, false), do: text(~c"** Client ~tp is dead~n", [pid])
  defp client({pid, :remote}, false), do: text(~c"** Client ~tp is remote on node ~tp~n", [pid, node(pid)])
  defp client({_, {name, trace}}, false), do: text(~c"** Client ~tp stacktrace~n** ~tp~n", [name, trace])

  defp some(value, format, shown \\ & &1)
  defp some(none, _format, _shown) when none in [nil, []], do: []
  defp some(value, format, shown), do: text(format, [shown.(value)])

  defp text(format, args), do: :io_lib.format(format, args) |> :unicode.characters_to_list()
end
