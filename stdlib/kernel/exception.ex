# SPDX-License-Identifier: Apache-2.0
# Exception: normalizing Erlang errors into exceptions, and the text of errors, exits and stacktraces.
#
# The structs stand in exceptions.ex, the texts of bad arguments of natives in exception_args.ex.
# Invariant: no function here raises for any reason, kind or stacktrace the VM can produce.
defmodule Exception do
  @moduledoc "Functions for exceptions and stacktraces."

  @type t :: %{required(:__struct__) => module, required(:__exception__) => true, atom => any}
  @type kind :: :error | :exit | :throw | {:EXIT, pid}

  @doc "Makes the struct from what was given to `raise/2`."
  @callback exception(term) :: t
  @doc "The text of the exception."
  @callback message(t) :: String.t()
  @doc "Adds to an exception, before it is shown, what helps to understand it: `{exception, stacktrace}`."
  @callback blame(t, list) :: {t, list}
  @optional_callbacks [blame: 2]

  @doc "Is the term an exception?\n\n    iex> Exception.exception?(%RuntimeError{})\n    true"
  @spec exception?(term) :: boolean
  def exception?(term), do: is_exception(term)

  @doc "The message of an exception; if `message/1` fails, a text that says so."
  @spec message(t) :: String.t()
  def message(%module{__exception__: true} = exception) do
    try do
      module.message(exception)
    rescue
      failure ->
        "got #{inspect(failure.__struct__)} with message #{inspect(message(failure))} " <>
          "while retrieving Exception.message/1 for #{inspect(exception)}. " <>
          "Stacktrace:\n#{format_stacktrace(__STACKTRACE__)}"
    else
      text when is_binary(text) ->
        text

      other ->
        "got #{inspect(other)} while retrieving Exception.message/1 for #{inspect(exception)} (expected a string)"
    end
  end

  ## Normalizing

  @doc """
  Turns an Erlang error into an exception; other kinds stay as they are.

      iex> Exception.normalize(:error, :badarith).__struct__
      ArithmeticError
  """
  @spec normalize(:error, any, list) :: t
  @spec normalize(kind, payload, list) :: payload when payload: any
  def normalize(kind, payload, stacktrace \\ [])
  def normalize(:error, %_{__exception__: true} = exception, _stacktrace), do: exception
  def normalize(:error, payload, stacktrace), do: ErlangError.normalize(payload, stacktrace || [])
  def normalize(_kind, payload, _stacktrace), do: payload

  @doc "Normalizes and lets the exception add hints: `{exception or reason, stacktrace}`."
  @spec blame(kind, any, list) :: {any, list}
  def blame(kind, error, stacktrace)

  def blame(:error, error, stacktrace) do
    %module{} = exception = normalize(:error, error, stacktrace)

    if Code.ensure_loaded?(module) and function_exported?(module, :blame, 2) do
      module.blame(exception, stacktrace)
    else
      {exception, stacktrace}
    end
  end

  def blame(_kind, reason, stacktrace), do: {reason, stacktrace}

  @doc """
  The clauses that a call tried: `{:ok, kind, clauses}`, a clause being `{arguments, guards}` whose parts are `%{match?: boolean, node: quoted}`.
  `:error` for modules that are in memory alone, as those of a script are.

      iex> {:ok, :def, [{[list | _], _guards}]} = Exception.blame_mfa(Keyword, :get, [1, :a, 2])
      iex> list.match?
      true
  """
  @spec blame_mfa(module, atom, [term]) :: {:ok, :def | :defp, [{list, list}]} | :error
  def blame_mfa(module, function, args) when is_atom(module) and is_atom(function) and is_list(args),
    do: Exception.Blame.mfa(module, function, args)

  ## Formatting

  @doc "One line for an error: `** (RuntimeError) oops`.\n\n    iex> Exception.format_banner(:throw, 1)\n    \"** (throw) 1\""
  @spec format_banner(kind, any, list) :: String.t()
  def format_banner(kind, payload, stacktrace \\ [])

  def format_banner(:error, payload, stacktrace) do
    exception = normalize(:error, payload, stacktrace)
    "** (" <> inspect(exception.__struct__) <> ") " <> message(exception)
  end

  def format_banner(:throw, reason, _stacktrace), do: "** (throw) " <> inspect(reason)
  def format_banner(:exit, reason, _stacktrace), do: "** (exit) " <> format_exit(reason, "\n    ")

  def format_banner({:EXIT, pid}, reason, _stacktrace),
    do: "** (EXIT from #{inspect(pid)}) " <> format_exit(reason, "\n    ")

  @doc "The banner and the stacktrace."
  @spec format(kind, any, list) :: String.t()
  def format(kind, payload, stacktrace \\ [])

  def format({:EXIT, _} = kind, any, _) , do: format_banner(kind, any)

  def format(kind, payload, stacktrace) do
    message = format_banner(kind, payload, stacktrace)

    case stacktrace do
      [] -> message
      _ -> message <> "\n" <> format_stacktrace(stacktrace)
    end
  end

  @doc "The entries of a stacktrace, one per line; of the calling process by default."
  @spec format_stacktrace(list | nil) :: String.t()
  def format_stacktrace(trace \\ nil) do
    trace = trace || own_stacktrace()

    case trace do
      [] -> "\n"
      entries -> join(for(entry <- entries, do: ["    ", format_stacktrace_entry(entry), "\n"]))
    end
  end

  defp own_stacktrace() do
    case Process.info(self(), :current_stacktrace) do
      {:current_stacktrace, trace} -> :lists.nthtail(min(3, length(trace)), trace)
      nil -> []
    end
  end

  @doc "One entry of a stacktrace.\n\n    iex> Exception.format_stacktrace_entry({Foo, :bar, [1], []})\n    \"Foo.bar(1)\""
  @spec format_stacktrace_entry(tuple) :: String.t()
  def format_stacktrace_entry(entry)

  def format_stacktrace_entry({module, :__MODULE__, 0, location}),
    do: location(location) <> inspect(module) <> " (module)"

  def format_stacktrace_entry({_module, :__MODULE__, 1, location}), do: location(location) <> "(module)"
  def format_stacktrace_entry({:erl_eval, :__FILE__, 1, location}), do: application(:erl_eval) <> location(location) <> "(file)"
  def format_stacktrace_entry({_module, :__FILE__, 1, location}), do: location(location) <> "(file)"

  def format_stacktrace_entry({module, function, arity, location}),
    do: application(module) <> location(location) <> format_mfa(module, function, arity)

  def format_stacktrace_entry({fun, arity, location}), do: location(location) <> format_fa(fun, arity)

  defp location(opts) when is_list(opts) do
    case :lists.keyfind(:file, 1, opts) do
      {:file, [_ | _] = file} -> format_file_line(:unicode.characters_to_binary(file), line(opts), " ")
      {:file, file} when is_binary(file) -> format_file_line(file, line(opts), " ")
      _ -> ""
    end
  end

  defp location(_), do: ""

  defp line(opts) do
    case :lists.keyfind(:line, 1, opts) do
      {:line, line} -> line
      false -> nil
    end
  end

  @elixir_modules [
    Access, Agent, Application, Atom, Base, Bitwise, Calendar, Code, Collectable, Config, Date, DateTime, DynamicSupervisor,
    Enum, Enumerable, Exception, File, Float, Function, GenServer, Inspect, Integer, IO, Kernel, Keyword, List, Macro, Map,
    MapSet, Module, NaiveDateTime, Node, OptionParser, PartitionSupervisor, Path, Port, Process, Protocol, Range, Record,
    Regex, Registry, Stream, String, StringIO, Supervisor, System, Task, Time, Tuple, URI, Version
  ]
  @stdlib_modules [
    :array, :base64, :binary, :calendar, :dict, :digraph, :erl_eval, :ets, :filename, :filelib, :gb_sets, :gb_trees, :gen, :gen_event,
    :gen_server, :gen_statem, :io, :io_lib, :lists, :maps, :math, :orddict, :ordsets, :proc_lib, :phial_for, :proplists, :queue, :rand,
    :random, :re, :sets, :sofs, :string, :supervisor, :sys, :timer, :unicode, :uri_string, :zip
  ]
  @kernel_modules [:application, :code, :file, :global, :inet, :gen_tcp, :gen_udp, :logger, :os, :rpc, :erpc, :pg, :user]

  # The application in front of the entry, as in "(elixir 1.14.0) ".
  defp application(module) when is_atom(module) do
    case :erlang.atom_to_binary(module, :utf8) do
      "Elixir." <> name ->
        [root | _] = :binary.split(name, ".")

        cond do
          :lists.member(atom_named("Elixir." <> root), @elixir_modules) -> "(elixir #{System.version()}) "
          root == "ExUnit" -> "(ex_unit #{System.version()}) "
          root == "IEx" -> "(iex #{System.version()}) "
          root == "Logger" -> "(logger #{System.version()}) "
          root == "Mix" -> "(mix #{System.version()}) "
          root == "EEx" -> "(eex #{System.version()}) "
          true -> project(module)
        end

      _ ->
        cond do
          :lists.member(module, @stdlib_modules) -> "(stdlib 4.2) "
          :lists.member(module, @kernel_modules) -> "(kernel 8.5.3) "
          true -> project(module)
        end
    end
  end

  defp application(_), do: ""

  # Modules of projects with a mix.exs; asked here and not of the application controller, which may wait for who asks.
  defp project(module) do
    case :persistent_term.get(__MODULE__, %{}) do
      %{^module => prefix} -> prefix
      _ -> ""
    end
  end

  @doc false
  def __project__(modules, prefix) do
    known = :persistent_term.get(__MODULE__, %{})
    :persistent_term.put(__MODULE__, :lists.foldl(&:maps.put(&1, prefix, &2), known, modules))
  end

  @doc "A function and its arity or arguments."
  @spec format_fa(fun, arity | list) :: String.t()
  def format_fa(fun, arity) when is_function(fun), do: inspect(fun) <> arity_or_args(arity)

  @doc "Module, function and arity or arguments.\n\n    iex> Exception.format_mfa(Foo, :bar, 1)\n    \"Foo.bar/1\""
  @spec format_mfa(module, atom, arity | list) :: String.t()
  def format_mfa(module, function, arity) when is_atom(module) and is_atom(function) do
    case __anonymous_parent__(function) do
      {outer, outer_arity} ->
        "anonymous fn#{arity_or_args(arity)} in " <>
          "#{Macro.inspect_atom(:literal, module)}.#{Macro.inspect_atom(:remote_call, outer)}/#{outer_arity}"

      :error ->
        "#{Macro.inspect_atom(:literal, module)}.#{Macro.inspect_atom(:remote_call, function)}#{arity_or_args(arity)}"
    end
  end

  defp arity_or_args(arity) when is_integer(arity), do: "/" <> :erlang.integer_to_binary(arity)
  defp arity_or_args(args) when is_list(args), do: "(" <> commas(args) <> ")"

  @doc false
  def commas([]), do: ""
  def commas([arg]), do: inspect(arg)
  def commas([arg | rest]) when is_list(rest), do: inspect(arg) <> ", " <> commas(rest)
  def commas([arg | rest]), do: inspect(arg) <> " | " <> inspect(rest)

  # {name, arity as text} of the function around the anonymous one named so by the compiler: "-name/arity-fun-0-".
  @doc false
  def __anonymous_parent__(name) do
    with <<"-", rest::binary>> <- :erlang.atom_to_binary(name, :utf8),
         {at, _} <- last_match(rest, "-fun-"),
         outer = :erlang.binary_part(rest, 0, at),
         {slash, 1} <- last_match(outer, "/"),
         parent when parent != nil <- atom_named(:erlang.binary_part(outer, 0, slash)) do
      {parent, :erlang.binary_part(outer, slash + 1, byte_size(outer) - slash - 1)}
    else
      _ -> :error
    end
  end

  # The error to be reported may be that there are no atoms left.
  defp atom_named(text) do
    :erlang.binary_to_atom(text, :utf8)
  catch
    :error, :system_limit -> nil
  end

  defp last_match(text, pattern) do
    case :binary.matches(text, pattern) do
      [] -> :error
      matches -> :lists.last(matches)
    end
  end

  @doc "`file:line:` with `suffix`; no line when it is nil or 0.\n\n    iex> Exception.format_file_line(\"foo\", 1)\n    \"foo:1:\""
  @spec format_file_line(String.t() | nil, non_neg_integer | nil, String.t()) :: String.t()
  def format_file_line(file, line, suffix \\ "") do
    cond do
      is_nil(file) -> ""
      is_nil(line) or line == 0 -> "#{file}:#{suffix}"
      true -> "#{file}:#{line}:#{suffix}"
    end
  end

  @doc "`file:line:column:` with `suffix`.\n\n    iex> Exception.format_file_line_column(\"foo\", 1, 2)\n    \"foo:1:2:\""
  @spec format_file_line_column(String.t() | nil, non_neg_integer | nil, non_neg_integer | nil, String.t()) :: String.t()
  def format_file_line_column(file, line, column, suffix \\ "") do
    cond do
      is_nil(file) -> ""
      is_nil(line) or line == 0 -> "#{file}:#{suffix}"
      is_nil(column) or column == 0 -> "#{file}:#{line}:#{suffix}"
      true -> "#{file}:#{line}:#{column}:#{suffix}"
    end
  end

  # The source line with a caret, under a syntax error.
  @doc false
  def format_snippet(%{content: content, offset: offset}, line) do
    number = String.pad_leading(:erlang.integer_to_binary(line), 2)
    margin = String.duplicate(" ", byte_size(number) + 1)
    "\n #{margin}|\n #{number} | #{content}\n #{margin}| #{String.duplicate(" ", offset)}^"
  end

  ## Exits

  @doc "The text of an exit reason.\n\n    iex> Exception.format_exit(:noconnection)\n    \"no connection\""
  @spec format_exit(any) :: String.t()
  def format_exit(reason), do: format_exit(reason, "\n    ")

  defp format_exit({:bad_start_spec, children}, _joiner),
    do: "bad child specification, invalid children: " <> inspect(children)

  defp format_exit({%_{__exception__: true} = exception, [_ | _] = trace} = reason, joiner) do
    if stacktrace?(trace), do: raised(exception, trace, joiner), else: exit_text(reason)
  end

  defp format_exit({reason, [_ | _] = trace} = exit, joiner) do
    if stacktrace?(trace), do: raised(normalize(:error, reason, trace), trace, joiner), else: exit_text(exit)
  end

  defp format_exit({:shutdown, {:failed_to_start_child, child, {:EXIT, reason}}}, joiner),
    do: start_child(child, reason, joiner)

  defp format_exit({:shutdown, {:failed_to_start_child, child, reason}}, joiner),
    do: start_child(child, reason, joiner)

  defp format_exit({:bad_return, {module, :init, term}}, _joiner),
    do: format_mfa(module, :init, 1) <> " returned a bad value: " <> inspect(term)

  defp format_exit({:start_spec, start_spec}, _joiner),
    do: "bad child specification, " <> start_spec_text(start_spec)

  defp format_exit({:supervisor_data, data}, _joiner),
    do: "bad supervisor configuration, " <> supervisor_data_text(data)

  defp format_exit({reason, {module, function, args}} = exit, joiner)
       when is_atom(module) and is_atom(function) and is_list(args) do
    if proper?(args) do
      "exited in: " <> format_mfa(module, function, args) <> joiner <> "** (EXIT) " <> format_exit(reason, joiner <> "    ")
    else
      exit_text(exit)
    end
  end

  defp format_exit(reason, _joiner), do: exit_text(reason)

  defp raised(exception, trace, joiner) do
    lines = for entry <- trace, do: [joiner <> "    ", format_stacktrace_entry(entry)]
    "an exception was raised:" <> joiner <> format_banner(:error, exception, trace) <> join(lines)
  end

  defp start_child(child, reason, joiner) do
    "shutdown: failed to start child: " <> inspect(child) <> joiner <> "** (EXIT) " <> format_exit(reason, joiner <> "    ")
  end

  defp stacktrace?([entry | rest]), do: stacktrace_entry?(entry) and stacktrace?(rest)
  defp stacktrace?(rest), do: rest == []

  defp stacktrace_entry?({module, function, args, location})
       when is_atom(module) and is_atom(function) and (is_integer(args) or is_list(args)) and is_list(location),
       do: true

  defp stacktrace_entry?({fun, args, location})
       when is_function(fun) and (is_integer(args) or is_list(args)) and is_list(location),
       do: true

  defp stacktrace_entry?(_), do: false

  defp proper?([_ | rest]), do: proper?(rest)
  defp proper?(rest), do: rest == []

  defp exit_text(:normal), do: "normal"
  defp exit_text(:shutdown), do: "shutdown"
  defp exit_text({:shutdown, reason}), do: "shutdown: " <> inspect(reason)
  defp exit_text(:calling_self), do: "process attempted to call itself"
  defp exit_text(:timeout), do: "time out"
  defp exit_text(:killed), do: "killed"
  defp exit_text(:noconnection), do: "no connection"

  defp exit_text(:noproc) do
    "no process: the process is not alive or there's no process currently associated with the given name, " <>
      "possibly because its application isn't started"
  end

  defp exit_text({:nodedown, node}) when is_atom(node), do: "no connection to #{node}"
  defp exit_text({:bad_return_value, value}), do: "bad return value: " <> inspect(value)
  defp exit_text({:bad_call, request}), do: "bad call: " <> inspect(request)
  defp exit_text({:bad_cast, request}), do: "bad cast: " <> inspect(request)
  defp exit_text({:already_started, pid}), do: "already started: " <> inspect(pid)
  defp exit_text(reason), do: inspect(reason)

  defp start_spec_text({:duplicate_child_name, id}) do
    """
    more than one child specification has the id: #{inspect(id)}.
    If using maps as child specifications, make sure the :id keys are unique.
    If using a module or {module, arg} as child, use Supervisor.child_spec/2 to change the :id, for example:

        children = [
          Supervisor.child_spec({MyWorker, arg}, id: :my_worker_1),
          Supervisor.child_spec({MyWorker, arg}, id: :my_worker_2)
        ]
    """
  end

  defp start_spec_text({:invalid_child_spec, spec}), do: "invalid child specification: #{inspect(spec)}"

  defp start_spec_text({:invalid_child_type, type}),
    do: "invalid child type: #{inspect(type)}. Must be :worker or :supervisor."

  defp start_spec_text({:invalid_mfa, mfa}), do: "invalid mfa: #{inspect(mfa)}"

  defp start_spec_text({:invalid_restart_type, type}),
    do: "invalid restart type: #{inspect(type)}. Must be :permanent, :transient or :temporary."

  defp start_spec_text({:invalid_shutdown, shutdown}),
    do: "invalid shutdown: #{inspect(shutdown)}. Must be an integer >= 0, :infinity or :brutal_kill."

  defp start_spec_text({:invalid_modules, modules}),
    do: "invalid modules: #{inspect(modules)}. Must be a list of atoms or :dynamic."

  defp start_spec_text(other), do: "got: #{inspect(other)}"

  defp supervisor_data_text({:invalid_type, type}), do: "invalid type: " <> inspect(type)
  defp supervisor_data_text({:invalid_strategy, strategy}), do: "invalid strategy: " <> inspect(strategy)

  defp supervisor_data_text({:invalid_intensity, intensity}),
    do: "invalid max_restarts (intensity): " <> inspect(intensity)

  defp supervisor_data_text({:invalid_period, period}), do: "invalid max_seconds (period): " <> inspect(period)
  defp supervisor_data_text({:invalid_max_children, max}), do: "invalid max_children: " <> inspect(max)
  defp supervisor_data_text({:invalid_extra_arguments, args}), do: "invalid extra_arguments: " <> inspect(args)
  defp supervisor_data_text(other), do: "got: " <> inspect(other)

  defp join(iodata), do: :erlang.iolist_to_binary(iodata)

  # {near names of `names` for `name`, best first, as {distance, name}}
  @doc false
  def __near__(name, names, limit) do
    text = name_text(name)

    near =
      for candidate <- names, distance = String.jaro_distance(text, name_text(candidate)), distance >= 0.77 do
        {distance, candidate}
      end

    Enum.take(:lists.reverse(:lists.sort(near)), limit)
  end

  defp name_text({name, _arity}), do: :erlang.atom_to_binary(name, :utf8)
  defp name_text(name), do: :erlang.atom_to_binary(name, :utf8)
end
