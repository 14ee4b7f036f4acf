# SPDX-License-Identifier: Apache-2.0
# Prying: a process stops itself and lends its place to the shell; breakpoints make functions do so.
# Invariant: a breakpoint is the module's own source, compiled again with a hook in the clauses of one function; the breakpoints are a list in
# a persistent term, and a function whose breakpoints are gone is compiled again without hooks.
defmodule IEx.Pry do
  @moduledoc false

  # ---- a process that stops

  @doc "Lends the process to the shell: :ok | :next, {:error, :no_iex}, {:error, :refused}."
  def pry(binding, %Macro.Env{} = env), do: pry(binding, env, stack())

  defp stack do
    {:current_stacktrace, stack} = Process.info(self(), :current_stacktrace)
    Enum.drop_while(stack, fn {module, _, _, _} -> module in [Process, IEx.Pry] end)
  end

  defp pry(binding, env, stack) do
    case Process.whereis(:phial_shell) do
      nil ->
        IO.puts("Cannot pry #{inspect(self())} at #{place(env)}. Is an IEx shell running?")
        {:error, :no_iex}

      server ->
        ref = make_ref()
        send(server, {:take_over, self(), ref, %{text: request_text(server, env)}})
        wait(server, ref, binding, env, stack)
    end
  end

  defp wait(server, ref, binding, env, stack) do
    receive do
      {^ref, :ok, ^server} -> session(server, binding, env, stack)
      {^ref, :refused, ^server} -> {:error, :refused}
    end
  end

  defp session(server, binding, env, stack) do
    outer = Process.put(:iex_whereami, {env.file, env.line, stack})
    answer = IEx.Evaluator.pry(server, binding, %{env | function: nil, file: "iex", line: 1})
    if outer, do: Process.put(:iex_whereami, outer), else: Process.delete(:iex_whereami)
    if answer == :next, do: :next, else: :ok
  end

  defp request_text(server, env) do
    verb = if Process.get(:iex_server) == server, do: "Break reached: #{place(env)}", else: "Request to pry #{inspect(self())} at #{place(env)}"

    case snippet(env.file, env.line, 3) do
      [] -> [verb, ?\n]
      lines -> [verb, "\n\n", lines, ?\n]
    end
  end

  defp place(%{module: module, function: {name, arity}} = env), do: "#{Exception.format_mfa(module, name, arity)} (#{file_and_line(env)})"
  defp place(env), do: file_and_line(env)

  defp file_and_line(env), do: "#{Path.relative_to_cwd(env.file)}:#{env.line}"

  # The lines around a place, numbered; the place itself is bright.
  defp snippet(file, line, radius) do
    with true <- line > 0, {:ok, text} <- File.read(file) do
      first = max(line - radius, 1)

      for {source, number} <- text |> String.trim_trailing("\n") |> String.split(["\r\n", "\n"]) |> Enum.with_index(1), number in first..(line + radius) do
        numbered = String.pad_leading(Integer.to_string(number), 5) <> ": " <> source
        [if(number == line, do: bright(numbered), else: numbered), ?\n]
      end
    else
      _ -> []
    end
  end

  defp bright(text), do: if(IEx.Config.colors?(), do: [IO.ANSI.bright(), text, IO.ANSI.reset()], else: text)

  @doc "What whereami prints."
  def location(file, line, stack, radius) do
    around =
      case snippet(file, line, radius) do
        [] -> []
        lines -> [?\n, lines]
      end

    [
      "Location: ",
      Path.relative_to_cwd(file),
      ?:,
      Integer.to_string(line),
      ?\n,
      around,
      ?\n,
      stack |> IEx.Evaluator.prune() |> Exception.format_stacktrace()
    ]
  end

  # ---- dbg

  @doc "The callback of dbg/2 while a shell runs: the process stops first."
  def dbg(code, options, env) do
    quote do
      IEx.Pry.pry(binding(), %{__ENV__ | line: unquote(line_of(code, env.line))})
      unquote(Macro.__debug__(code, options, nil))
    end
  end

  defp line_of({_, meta, _}, default), do: Keyword.get(meta, :line, default)
  defp line_of(_, default), do: default

  # ---- breakpoints

  defp breaks, do: :persistent_term.get({__MODULE__, :breaks}, [])
  defp put_breaks(list), do: :persistent_term.put({__MODULE__, :breaks}, list)

  @doc "Sets a breakpoint; pattern: {:when, _, args ++ [guard]} or nil for any arguments. Its number is the answer."
  def break!(module, name, arity, pattern, stops, _env) do
    pattern = if match?({:when, _, _}, pattern), do: pattern
    old = Enum.find(breaks(), &(&1.module == module and &1.name == name and &1.arity == arity))
    id = if old, do: old.id, else: 1 + Enum.max([0 | Enum.map(breaks(), & &1.id)])
    point = %{id: id, module: module, name: name, arity: arity, stops: stops, pattern: pattern}
    others = List.delete(breaks(), old)

    case instrument(module, [point | others]) do
      :ok ->
        put_breaks([point | others])
        id

      {:error, why} ->
        raise "could not set breakpoint, #{why}"
    end
  end

  @doc "The hook of an instrumented clause."
  def reached(id, binding, env) do
    case Enum.find(breaks(), &(&1.id == id)) do
      %{stops: stops} = point when stops > 0 ->
        put_breaks([%{point | stops: stops - 1} | List.delete(breaks(), point)])
        pry(binding, env)

      _ ->
        :ok
    end
  end

  @doc "The hook between the expressions of an instrumented clause: stops again after `next`."
  def step(:next, binding, env), do: pry(binding, env)
  def step(_, _binding, _env), do: :ok

  def print_breaks do
    case Enum.sort_by(breaks(), & &1.id) do
      [] -> IO.puts(IEx.color(:eval_info, "No breakpoints set"))
      points -> IO.puts(table(points))
    end
  end

  defp table(points) do
    rows =
      for point <- points,
          do: {Integer.to_string(point.id), Exception.format_mfa(point.module, point.name, point.arity), Integer.to_string(point.stops)}
    width = Enum.max([21 | Enum.map(rows, &String.length(elem(&1, 1)))])
    heading = [?\n, " ID   ", String.pad_trailing("Module.function/arity", width), "   Pending stops\n"]
    line = ["---- ", String.duplicate("-", width + 2), " ---------------\n"]
    [heading, line, for({id, mfa, stops} <- rows, do: [" ", String.pad_trailing(id, 5), String.pad_trailing(mfa, width + 3), stops, ?\n])]
  end

  def remove_breaks do
    modules = breaks() |> Enum.map(& &1.module) |> Enum.uniq()
    put_breaks([])
    Enum.each(modules, &instrument(&1, []))
  end

  def remove_breaks(module) do
    put_breaks(Enum.reject(breaks(), &(&1.module == module)))
    instrument(module, [])
    :ok
  end

  def reset_break(id), do: reset(&(&1.id == id))
  def reset_break(module, name, arity), do: reset(&(&1.module == module and &1.name == name and &1.arity == arity))

  defp reset(which) do
    case Enum.find(breaks(), which) do
      nil ->
        :not_found

      point ->
        put_breaks([%{point | stops: 0} | List.delete(breaks(), point)])
        :ok
    end
  end

  # ---- a module compiled again

  defp instrument(module, points) do
    points = Enum.filter(points, &(&1.module == module))

    with {:ok, file, quoted} <- source(module),
         {:ok, context, definition} <- find_module(quoted, module),
         :ok <- defined(module, points) do
      compile(context ++ [hooked(definition, points)], file)
    end
  end

  defp source(module) do
    with true <- Code.ensure_loaded?(module),
         path when is_list(path) <- module.module_info(:compile)[:source],
         {:ok, text} <- File.read(path),
         {:ok, quoted} <- Code.string_to_quoted(text, file: List.to_string(path)) do
      {:ok, List.to_string(path), quoted}
    else
      _ -> {:error, "could not find .beam file for #{inspect(module)}"}
    end
  end

  defp defined(module, points) do
    case Enum.find(points, &({&1.name, &1.arity} not in IEx.Autocomplete.exports(module))) do
      nil -> :ok
      point -> {:error, "unknown function/macro #{Exception.format_mfa(module, point.name, point.arity)}"}
    end
  end

  # The module's definition, and the directives of the file that stand before it.
  defp find_module(quoted, module) do
    expressions = with {:__block__, _, list} <- quoted, do: list, else: (one -> [one])
    wanted = module |> Module.split() |> Enum.map(&String.to_atom/1)

    case Enum.find(expressions, &match?({:defmodule, _, [{:__aliases__, _, ^wanted}, _]}, &1)) do
      nil -> {:error, "could not find .beam file for #{inspect(module)}"}
      found -> {:ok, for({name, _, _} = directive <- expressions, name in [:alias, :import, :require], do: directive), found}
    end
  end

  defp compile(expressions, file) do
    kept = Code.get_compiler_option(:ignore_module_conflict)
    Code.put_compiler_option(:ignore_module_conflict, true)

    try do
      Code.compile_quoted({:__block__, [], expressions}, file)
      :ok
    after
      Code.put_compiler_option(:ignore_module_conflict, kept)
    end
  end

  defp hooked(definition, points) do
    Macro.prewalk(definition, fn
      {kind, meta, [head, body]} = clause when kind in [:def, :defmacro] and is_list(body) ->
        with {name, args} <- head_of(head), point when point != nil <- Enum.find(points, &(&1.name == name and &1.arity == length(args))) do
          names = for i <- 1..length(args)//1, do: {:"arg#{i}", [], __MODULE__}
          {kind, meta, [put_args(head, args, names), hook(body, point, names, meta)]}
        else
          _ -> clause
        end

      other ->
        other
    end)
  end

  defp head_of({:when, _, [head, _]}), do: head_of(head)
  defp head_of({name, _, args}) when is_atom(name) and is_list(args), do: {name, args}
  defp head_of({name, _, context}) when is_atom(name) and is_atom(context), do: {name, []}
  defp head_of(_), do: nil

  defp put_args({:when, meta, [head, guard]}, args, names), do: {:when, meta, [put_args(head, args, names), guard]}
  defp put_args({name, meta, _}, args, names), do: {name, meta, args |> Enum.zip(names) |> Enum.map(&named/1)}

  defp named({{:\\, meta, [pattern, default]}, name}), do: {:\\, meta, [{:=, [], [pattern, name]}, default]}
  defp named({pattern, name}), do: {:=, [], [pattern, name]}

  defp hook([{:do, body} | rest], point, names, meta) do
    [first | others] = with {:__block__, _, list} when list != [] <- body, do: list, else: (one -> [one])
    line = line_of(first, meta[:line] || 0)
    state = {:next, [], __MODULE__}
    stopped = quote(do: IEx.Pry.reached(unquote(point.id), binding(), %{__ENV__ | line: unquote(line)}))
    asked = {:=, [], [state, condition(point.pattern, names, stopped)]}
    steps = Enum.flat_map(others, &[step_before(&1, state, line), &1])
    [{:do, {:__block__, [], [asked, first | steps]}} | rest]
  end

  defp hook(body, _point, _names, _meta), do: body

  defp condition(nil, _names, stopped), do: stopped

  defp condition({:when, _, parts}, names, stopped) do
    {args, [guard]} = Enum.split(parts, -1)

    quote generated: true do
      if match?(unquote({:when, [], [args, guard]}), unquote(names)), do: unquote(stopped), else: :ok
    end
  end

  defp step_before(expression, state, line) do
    quote do
      unquote(state) = IEx.Pry.step(unquote(state), binding(), %{__ENV__ | line: unquote(line_of(expression, line))})
    end
  end
end
