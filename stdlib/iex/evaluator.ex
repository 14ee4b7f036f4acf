# SPDX-License-Identifier: Apache-2.0
# The evaluator: the process whose self() the user sees. It parses what the server sends, evaluates it, prints result or error.
# Invariant: every {:eval, ...} of the server gets one answer {:evaled, self(), ...}, whatever the statement did, as long as the process lives.
defmodule IEx.Evaluator do
  @moduledoc false

  @hidden :"do not show this result in output"

  # ---- a session

  @doc "The first function of the process. options: binding, env, dot_iex, first (of the session: what IEx.after_spawn/1 was given is run)."
  def init(server, options) do
    state = %{
      binding: Keyword.get(options, :binding, []),
      env: Keyword.get_lazy(options, :env, &new_env/0),
      server: server,
      counter: 1
    }

    Process.put(:iex_server, server)
    Process.put(:iex_history, Keyword.get_lazy(options, :history, &IEx.History.init/0))
    if options[:first], do: for(fun <- Enum.reverse(IEx.Config.after_spawn()), do: fun.())
    state = if options[:env], do: state, else: state |> import_helpers() |> load_dot_iex(Keyword.get(options, :dot_iex))
    send(server, {:evaluator_ready, self(), snapshot(state)})
    loop(state)
  end

  @doc "A session inside a process that stopped itself: the same loop, which ends by `continue`."
  def pry(server, binding, env) do
    old = {Process.get(:iex_server), Process.get(:iex_history), Process.get(:iex_state)}
    Process.put(:iex_server, server)
    Process.put(:iex_history, IEx.History.init())
    state = import_helpers(%{binding: binding, env: env, server: server, counter: 1})
    ref = Process.monitor(server)
    send(server, {:evaluator_ready, self()})
    answer = loop(state)
    Process.demonitor(ref, [:flush])
    restore(old)
    answer
  end

  defp restore({server, history, state}) do
    for {key, value} <- [iex_server: server, iex_history: history, iex_state: state] do
      if value == nil, do: Process.delete(key), else: Process.put(key, value)
    end
  end

  @doc "The environment a session begins with."
  def new_env, do: Code.env_for_eval(file: "iex", line: 1)

  defp import_helpers(state), do: %{state | env: with_helpers(state.env)}

  @doc "The environment in which the helpers are imported, too."
  def with_helpers(env) do
    imports =
      quote do
        import IEx.Helpers
        import IEx.OTP
      end

    {_, _, env} = Code.eval_quoted_with_env(imports, [], env)
    env
  end

  defp loop(%{server: server} = state) do
    Process.put(:iex_state, state)

    receive do
      {:eval, ^server, code, buffer, counter} ->
        {status, state} = evaluate(code, buffer, %{state | counter: counter})
        send(server, {:evaled, self(), status, snapshot(state)})
        loop(state)

      {:peek, from, ref, fun} ->
        send(from, {ref, fun.(state)})
        loop(state)

      {:done, ^server, reason} ->
        reason

      {:DOWN, _ref, :process, ^server, _reason} ->
        :server_down
    end
  end

  # What a new evaluator needs to go on after this one had to be killed; nil if that is too much to be copied after every statement.
  @snapshot_words 1_000_000

  defp snapshot(state) do
    snapshot = {state.binding, state.env, Process.get(:iex_history)}
    if :phial.words(snapshot) <= @snapshot_words, do: snapshot
  end

  # ---- .iex.exs

  defp load_dot_iex(state, ""), do: state

  defp load_dot_iex(state, path) do
    candidates = if path, do: [path], else: [Path.expand(".iex.exs"), Path.join(iex_home(), ".iex.exs")]

    case Enum.find(candidates, &File.regular?/1) do
      nil -> state
      path -> eval_dot_iex(state, path)
    end
  end

  defp iex_home, do: System.get_env("IEX_HOME") || System.user_home() || "."

  defp eval_dot_iex(state, path) do
    env = %{state.env | file: path, line: 1}
    quoted = path |> File.read!() |> Code.string_to_quoted!(file: path)
    {_, binding, env} = Code.eval_quoted_with_env(quoted, state.binding, env)
    %{state | binding: binding, env: %{env | file: "iex", line: 1}}
  catch
    kind, reason ->
      IO.write([IEx.color(:eval_error, "Error while evaluating: #{path}"), ?\n])
      print_error(kind, reason, __STACKTRACE__)
      state
  end

  # ---- a statement

  defp evaluate(code, buffer, state) do
    {m, f, a} = IEx.Config.parser()

    case apply(m, f, [code, [file: "iex", line: state.counter] | a] |> put_buffer(buffer)) do
      {:ok, quoted, buffer} -> {{:ok, buffer}, run(quoted, state)}
      {:incomplete, buffer} -> {{:incomplete, buffer}, state}
    end
  catch
    kind, reason ->
      print_error(kind, reason, __STACKTRACE__)
      {{:error, ""}, %{state | env: %{state.env | line: 1}}}
  end

  defp put_buffer([code, options | rest], buffer), do: [code, options, buffer | rest]

  @doc "Parses a line after those of the buffer: {:ok, quoted, buffer}, {:incomplete, buffer}, or a raised error."
  def parse(input, options, buffer)
  # Where there is nothing to give up, what follows is a statement that has begun, as in IEx; its lines are counted as if it had not.
  def parse("#iex:break\n", _options, ""), do: {:incomplete, "\n"}
  def parse(input, options, "\n") when input != "#iex:break\n", do: parse(input, options, "")

  def parse("#iex:break\n", options, _buffer) do
    raise TokenMissingError, file: options[:file], line: options[:line], description: "incomplete expression"
  end

  def parse(input, options, buffer) do
    source = buffer <> input

    case Code.string_to_quoted(source, options ++ [emit_warnings: false]) do
      {:ok, _} -> {:ok, source |> with_last_result() |> Code.string_to_quoted!(options), ""}
      {:error, {_, _, ""}} -> {:incomplete, source}
      {:error, _} -> {:ok, source |> with_last_result() |> Code.string_to_quoted!(options), ""}
    end
  end

  # A statement that begins with a binary operator goes on from the last result.
  @operators ~w(|> ++ -- +++ --- * / <> <<< >>> <~ ~> <<~ ~>> <~> <|> == != =~ === !== < > <= >= && &&& || |||)

  defp with_last_result(source) do
    trimmed = String.trim_leading(source)
    if begins_with_operator?(trimmed), do: "v(-1) " <> source, else: source
  end

  defp begins_with_operator?(<<letter, _::binary>> = text) when letter in ?a..?z do
    Enum.any?(["and", "or", "in", "not in"], fn word ->
      String.starts_with?(text, word) and not (text |> binary_part(byte_size(word), byte_size(text) - byte_size(word)) |> continues_word?())
    end)
  end

  defp begins_with_operator?(text) do
    symbol = text |> String.to_charlist() |> Enum.take_while(&(&1 in ~c"|+-*/<>.=!&~^:\\")) |> List.to_string()
    symbol in @operators
  end

  defp continues_word?(<<c, _::binary>>), do: c in ?a..?z or c in ?A..?Z or c in ?0..?9 or c in ~c"_?!:(@"
  defp continues_word?(""), do: false

  defp run(quoted, state) do
    {value, binding, env} = eval(quoted, state.binding, state.env)
    unless value == @hidden, do: print_result(value)
    remember(state.counter, value)
    %{state | binding: binding, env: env}
  end

  @doc "Evaluates a statement: {value, binding, env}. What stands between semicolons is compiled when what is before it has run."
  def eval(quoted, binding, env), do: quoted |> parts() |> evaluate_parts(binding, env)

  defp parts({:__block__, _, [_ | _] = parts}), do: parts
  defp parts(quoted), do: [quoted]

  defp evaluate_parts([last], binding, env), do: last |> with_calls(env) |> Code.eval_quoted_with_env(binding, env)

  defp evaluate_parts([part | rest], binding, env) do
    {_, binding, env} = evaluate_parts([part], binding, env)
    evaluate_parts(rest, binding, env)
  end

  # `flush` and `v` are meant as calls, without the warning about a variable that does not exist.
  defp with_calls(quoted, env) do
    Macro.prewalk(quoted, fn
      {name, meta, context} = form when is_atom(name) and is_atom(context) ->
        if imported?(name, env), do: {name, [{:if_undefined, :apply} | meta], context}, else: form

      form ->
        form
    end)
  end

  defp imported?(name, env), do: Enum.any?(env.functions ++ env.macros, fn {_, pairs} -> {name, 0} in pairs end)

  defp print_result(value), do: IO.write([result_text(value), ?\n])

  defp result_text(value), do: IEx.color(:eval_result, inspect(value, IEx.inspect_opts()))

  defp remember(counter, value) do
    Process.put(:iex_history, IEx.History.append(Process.get(:iex_history), {counter, value}, IEx.Config.history_size()))
  end

  # ---- what went wrong

  @doc "Prints an error as the shell does: with blame, and with the part of the stack that is the user's."
  def print_error(kind, reason, stack) do
    show_error(kind, reason, stack)
  catch
    _, _ -> IO.write([IEx.color(:eval_error, "** (#{kind}) what cannot be shown: showing it failed, too"), ?\n])
  end

  defp show_error(kind, reason, stack) do
    {blamed, stack} = Exception.blame(kind, reason, stack)
    trace = IEx.color(:stack_info, Exception.format_stacktrace(prune(stack)))
    IO.write([error_text(kind, reason, blamed, stack), ?\n, trace, story(blamed)])
    explained = :phial_explain.about(reason)
    if explained != "", do: IO.write(:stderr, explained)
  end

  defp error_text(kind, reason, %FunctionClauseError{} = blamed, stack) do
    options = IEx.inspect_opts()
    options = Keyword.replace(options, :syntax_colors, Keyword.delete(options[:syntax_colors] || [], :reset))
    banner = Exception.format_banner(kind, Exception.normalize(kind, reason, stack), stack)
    details = FunctionClauseError.blame(blamed, &inspect(&1, options), &blame_match/1)
    [IEx.color(:eval_error, banner), pad(details)]
  end

  defp error_text(kind, _reason, blamed, stack), do: IEx.color(:eval_error, kind |> Exception.format_banner(blamed, stack) |> shown(blamed))

  # What does not compile is quoted, with all that its writer typed: a terminal is not to obey that.
  defp shown(text, %type{}) when type in [CompileError, SyntaxError, TokenMissingError] do
    if terminal?(), do: visible(text), else: text
  end

  defp shown(text, _blamed), do: text

  # With the editor, output goes through its own group leader.
  defp terminal?, do: Process.group_leader() != Process.whereis(:user)

  defp visible(text), do: Regex.replace(~r/[\x00-\x08\x0b-\x1f\x7f]/, text, fn <<c>> -> <<?^, Bitwise.bxor(c, 64)>> end)

  defp pad(text), do: "    " <> String.replace(text, "\n", "\n    ")

  defp blame_match(%{match?: true, node: node}), do: Macro.to_string(node)

  defp blame_match(%{match?: false, node: node}) do
    text = Macro.to_string(node)
    if IEx.Config.colors?(), do: IEx.color(:blame_diff, text), else: "-" <> text <> "-"
  end

  # The place of what does not compile stands below Elixir's text; a session that is piped prints what iex prints.
  defp story(%type{} = error) when type in [CompileError, SyntaxError, TokenMissingError] do
    if IEx.Config.colors?(), do: error |> Exception.message() |> :phial_compiler.story() |> visible() |> place(), else: []
  end

  defp story(_blamed), do: []

  defp place(""), do: []
  defp place(text), do: [text, ?\n]

  @internal [:phial_compiler, :erl_eval, IEx.Evaluator, IEx.Server, :phial_main]

  @doc "The stack without the frames of the shell itself and of the statement, which the user has before his eyes."
  def prune([{:phial_compiler, _, _, _} | stack]), do: prune(stack)

  def prune(stack) do
    # Below the evaluator stand what was being expanded, or the places of a process that pries.
    {own, below} = Enum.split_while(stack, &(elem(&1, 0) != IEx.Evaluator))
    expanded = Enum.drop_while(below, &(not expanding?(&1)))
    {shell, rest} = (own ++ expanded) |> Enum.reverse() |> Enum.split_while(&internal?/1)
    read = if Enum.any?(shell, &match?({:erl_eval, _, _, _}, &1)), do: rest, else: Enum.drop_while(rest, &match?({Code, _, _, _}, &1))
    read |> Enum.reverse() |> without_statement()
  end

  defp internal?({IEx.Pry, name, _, _}), do: name in [:pry, :wait, :session]
  defp internal?({module, _, _, _}), do: module in @internal
  defp internal?(_), do: false

  defp expanding?({_, _, _, info}), do: info[:file] in [~c"expanding macro", ~c"expanding struct"]
  defp expanding?(_), do: false

  # A statement's own frame is told only as the place of a macro or a struct that could not be expanded.
  defp without_statement([frame, {_, :__FILE__, _, _} = place | rest]) do
    if expanding?(frame), do: [frame, place | without_statement(rest)], else: [frame | without_statement(rest)]
  end

  defp without_statement([{_, :__FILE__, 1, _} | rest]), do: without_statement(rest)
  defp without_statement([frame | rest]), do: [frame | without_statement(rest)]
  defp without_statement([]), do: []

  # ---- questions about a session, asked by the server for completion

  @doc "What `fun` makes of the state of the session in the process `pid`, nil if that one is busy."
  def peek(pid, fun, timeout \\ 50) do
    ref = make_ref()
    send(pid, {:peek, self(), ref, fun})

    receive do
      {^ref, answer} -> answer
    after
      timeout -> nil
    end
  end
end
