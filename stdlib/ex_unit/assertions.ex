# SPDX-License-Identifier: Apache-2.0
# ExUnit.Assertions: macros that look at the code of an assertion, so that a failure shows its parts. Invariant: an
# expression under assertion is evaluated once, and a passing assertion returns its value.
defmodule ExUnit.AssertionError do
  @moduledoc "Raised by a failing assertion."
  @no_value :ex_unit_no_meaningful_value

  defexception left: @no_value,
               right: @no_value,
               message: @no_value,
               expr: @no_value,
               args: @no_value,
               doctest: @no_value,
               context: :==

  @doc "What a field holds that means nothing."
  @spec no_value() :: atom
  def no_value(), do: @no_value

  @impl true
  def message(error), do: "\n\n" <> ExUnit.Formatter.format_assertion_error(error)
end

defmodule ExUnit.Assertions do
  @moduledoc "Assertions."

  @operators [:==, :<, :>, :<=, :>=, :===, :=~, :!==, :!=, :in]

  defmacro __using__(_) do
    quote do
      import ExUnit.Assertions
    end
  end

  # assert and refute

  @doc """
  Checks that the expression is truthy; a match, a comparison or a call shows its parts when it is not.

      iex> import ExUnit.Assertions
      iex> assert {:ok, x} = {:ok, 1}
      iex> x
      1
  """
  defmacro assert({:=, _, [_, _]} = assertion) do
    code = escape(:assert, assertion)

    quote do
      right = unquote(__match__(assertion, code, __CALLER__))
      unless right, do: raise(ExUnit.AssertionError, expr: unquote(code), message: "Expected truthy, got #{inspect(right)}")
      right
    end
  end

  defmacro assert({:match?, _meta, [left, right]} = assertion), do: match_assertion(:assert, left, right, assertion, __CALLER__)

  defmacro assert(assertion) do
    case comparison(:assert, assertion, __CALLER__) do
      nil -> truthy(:assert, assertion, __CALLER__)
      code -> code
    end
  end

  @doc "Checks that the expression is `false` or `nil`."
  defmacro refute({:match?, _meta, [left, right]} = assertion), do: match_assertion(:refute, left, right, assertion, __CALLER__)

  defmacro refute(assertion) do
    case comparison(:refute, assertion, __CALLER__) do
      nil -> truthy(:refute, assertion, __CALLER__)
      code -> code
    end
  end

  @doc "Checks that the value is truthy, with a message of one's own."
  @spec assert(term, String.t() | keyword) :: true
  def assert(value, message) when is_binary(message), do: assert(value, message: message)

  def assert(value, opts) when is_list(opts) do
    unless value, do: raise(ExUnit.AssertionError, opts)
    true
  end

  @doc "Checks that the value is falsy, with a message of one's own."
  @spec refute(term, String.t() | keyword) :: false
  def refute(value, message) when is_binary(message), do: not assert(!value, message)
  def refute(value, opts) when is_list(opts), do: not assert(!value, opts)

  defp escape(kind, {_, meta, _} = assertion) when is_list(meta),
    do: Macro.escape({kind, [line: meta[:line]] |> Enum.reject(&match?({_, nil}, &1)), [assertion]}, prune_metadata: true)
  defp escape(kind, assertion), do: Macro.escape({kind, [], [assertion]}, prune_metadata: true)

  # -- matches

  # The match as a statement, which binds the variables of the pattern; its value is the right side.
  @doc false
  def __match__({:=, meta, [left, right]}, code, caller) do
    pattern = expand_pattern(left, caller)
    vars = pattern_vars(pattern)

    quote do
      right = unquote(right)
      unquote({:=, meta, [bound(vars, pattern), match_case(pattern, shown(left, caller), vars, code)]})
      right
    end
  end

  # The value of `right` against the pattern: the variables of the pattern, or a failure that shows it.
  defp match_case(pattern, shown, vars, code) do
    pins = pins(pattern)

    failure =
      quote do
        _ -> ExUnit.Assertions.__no_match__("match (=) failed", unquote(shown), right, unquote(code), unquote(pins))
      end

    success = quote(do: (unquote(pattern) -> unquote(vars)))
    {:case, [generated: true], [quote(do: right), [do: quiet(success) ++ quiet(failure)]]}
  end

  @doc false
  def __no_match__(message, left, right, code, pins) do
    raise ExUnit.AssertionError, left: left, right: right, expr: code, message: message <> __pins__(pins), context: {:match, pins}
  end

  # A clause for any value is no warning here.
  defp quiet(clauses), do: Enum.map(clauses, fn {:->, meta, args} -> {:->, [generated: true] ++ meta, args} end)

  defp match_assertion(kind, left, right, assertion, caller) do
    code = escape(kind, assertion)
    pattern = expand_pattern(left, caller)
    pins = pins(pattern)

    {matched, passes, message} =
      case kind do
        :assert -> {true, true, "match (match?) failed"}
        :refute -> {false, false, "match (match?) succeeded, but should have failed"}
      end

    matches? = quiet(quote(do: (unquote(pattern) -> true))) ++ quiet(quote(do: (_ -> false)))

    failure =
      quote do
        _ -> ExUnit.Assertions.__no_match__(unquote(message), unquote(shown(left, caller)), right, unquote(code), unquote(pins))
      end

    clauses = quiet(quote(do: (unquote(matched) -> unquote(passes)))) ++ quiet(failure)
    case_code = {:case, [generated: true], [quote(do: right), [do: matches?]]}

    quote generated: true do
      right = unquote(right)
      unquote({:case, [generated: true], [case_code, [do: clauses]]})
    end
  end

  # What a match binds need not be used where the pattern itself uses it again, in a guard for example.
  defp bound(vars, pattern) do
    occurring = Enum.frequencies_by(collect(pattern, []), &id/1)

    for {name, meta, context} = var <- vars do
      if occurring[id(var)] > 1, do: {name, [generated: true] ++ meta, context}, else: var
    end
  end

  defp id({name, meta, context}), do: {name, meta[:counter], context}

  @doc false
  def __expand_pattern__(pattern, caller), do: source_kept(pattern, caller)

  # The pattern as the failure gives it: what a macro stands for in a block that keeps the source, for ExUnit.Diff.
  defp shown(pattern, caller), do: pattern |> Macro.prewalk(&resolved(&1, caller)) |> source_kept(caller) |> pruned() |> Macro.escape()

  # Aliases are shown in full, attributes as their value where that is a literal.
  defp resolved({:__aliases__, _, _} = alias, caller), do: Macro.expand(alias, caller)

  defp resolved({:@, _, [{name, _, context}]} = attribute, caller) when is_atom(name) and is_atom(context) do
    case Macro.expand(attribute, caller) do
      {_, _, _} -> attribute
      value -> value
    end
  end

  defp resolved(other, _caller), do: other

  defp source_kept({:when, meta, [left, guard]}, caller), do: {:when, meta, [source_kept(left, caller), guard]}

  defp source_kept(pattern, caller),
    do: expand_all(pattern, %{caller | context: :match}, fn original, expanded -> {:__block__, [original: original], [expanded]} end)

  defp pruned({:__block__, [original: original], [expanded]}), do: {:__block__, [original: pruned(original)], [pruned(expanded)]}
  defp pruned({left, meta, right}), do: {pruned(left), Keyword.take(meta, [:counter, :delimiter, :no_parens]), pruned(right)}
  defp pruned({left, right}), do: {pruned(left), pruned(right)}
  defp pruned(list) when is_list(list), do: Enum.map(list, &pruned/1)
  defp pruned(other), do: other

  # Macros in a pattern are expanded here, so that their variables are seen; what has no expansion stays.
  defp expand_pattern({:when, meta, [left, guard]}, caller) do
    guard_env = %{caller | context: :guard}
    {:when, meta, [expand_pattern(left, caller), Macro.prewalk(guard, &expand_node(&1, guard_env))]}
  end

  defp expand_pattern(expr, caller) do
    caller = %{caller | context: :match}
    expand_all(expr, caller, fn _original, expanded -> expanded end)
  end

  defp expand_all({:^, _, _} = pin, _caller, _wrap), do: pin
  defp expand_all({:"::", meta, [left, right]}, caller, wrap), do: {:"::", meta, [expand_all(left, caller, wrap), right]}
  defp expand_all({:quote, _, _} = quoted, _caller, _wrap), do: quoted

  defp expand_all({op, meta, [left, right]}, caller, wrap) when op in [:<>, :++, :|],
    do: {op, meta, [expand_all(left, caller, wrap), expand_all(right, caller, wrap)]}

  defp expand_all({:sigil_r, _, _} = expr, _caller, _wrap), do: expr

  defp expand_all({left, meta, args} = expr, caller, wrap) when is_list(args) do
    case expand_node(expr, caller) do
      ^expr -> {left, meta, Enum.map(args, &expand_all(&1, caller, wrap))}
      other -> wrap.(expr, expand_all(other, caller, wrap))
    end
  end

  defp expand_all({left, right}, caller, wrap), do: {expand_all(left, caller, wrap), expand_all(right, caller, wrap)}
  defp expand_all(list, caller, wrap) when is_list(list), do: Enum.map(list, &expand_all(&1, caller, wrap))
  defp expand_all(other, _caller, _wrap), do: other

  defp expand_node({:__aliases__, _, _} = expr, _env), do: expr
  defp expand_node({:@, _, _} = expr, _env), do: expr
  defp expand_node({special, _, _} = expr, _env) when special in [:%, :%{}, :{}, :<<>>, :^, :=, :__MODULE__, :quote], do: expr
  defp expand_node({name, _, context} = expr, _env) when is_atom(name) and is_atom(context), do: expr
  defp expand_node({name, _, args} = expr, env) when is_atom(name) and is_list(args), do: Macro.expand_once(expr, env)
  defp expand_node({{:., _, _}, _, _} = expr, env), do: Macro.expand_once(expr, env)
  defp expand_node(expr, _env), do: expr

  # The variables a pattern binds, each once.
  defp pattern_vars({:when, _, [left, _]}), do: pattern_vars(left)

  defp pattern_vars(pattern) do
    pattern
    |> collect([])
    |> Enum.reverse()
    |> Enum.reject(fn {name, _, _} -> String.starts_with?(Atom.to_string(name), "_") end)
    |> Enum.uniq_by(&id/1)
  end

  defp collect({:^, _, _}, acc), do: acc
  defp collect({:"::", _, [left, _]}, acc), do: collect(left, acc)
  defp collect({:_, _, context}, acc) when is_atom(context), do: acc
  defp collect({name, _, context}, acc) when name in [:__MODULE__, :__STACKTRACE__, :__ENV__, :__CALLER__, :__DIR__] and is_atom(context), do: acc
  defp collect({:@, _, _}, acc), do: acc
  defp collect({:quote, _, _}, acc), do: acc
  defp collect({name, meta, context}, acc) when is_atom(name) and is_atom(context), do: [{name, meta, context} | acc]
  defp collect({left, _, args}, acc) when is_list(args), do: collect(args, collect(left, acc))
  defp collect({left, right}, acc), do: collect(right, collect(left, acc))
  defp collect(list, acc) when is_list(list), do: Enum.reduce(list, acc, &collect/2)
  defp collect(_, acc), do: acc

  # [{name, variable}] of the pinned variables, the last first, as code.
  defp pins(pattern) do
    {_, pins} =
      Macro.prewalk(pattern, [], fn
        {:^, _, [{name, _, context} = var]}, acc when is_atom(name) and is_atom(context) -> {:ok, [{name, var} | acc]}
        node, acc -> {node, acc}
      end)

    Enum.uniq_by(pins, &elem(&1, 0))
  end

  @doc false
  def __pins__([]), do: ""

  def __pins__(pins) do
    lines = Enum.map_join(pins, "\n", fn {name, value} -> "  #{name} = #{inspect(value)}" end)
    "\nThe following variables were pinned:\n" <> lines
  end

  # -- comparisons

  defp comparison(kind, {operator, _meta, [left, right]} = assertion, caller) when operator in @operators do
    if kernel?(operator, caller) do
      code = escape(kind, assertion)
      call = {operator, [context: __MODULE__, import: Kernel], [quote(do: left), quote(do: right)]}

      quote generated: true do
        left = unquote(left)
        right = unquote(right)

        ExUnit.Assertions.__compared__(
          unquote(kind),
          unquote(operator),
          left,
          right,
          unquote(call),
          unquote(code)
        )
      end
    end
  end

  defp comparison(_kind, _assertion, _caller), do: nil

  defp kernel?(operator, caller), do: Macro.Env.lookup_import(caller, {operator, 2}) |> Enum.any?(&match?({_, Kernel}, &1))

  @doc false
  def __compared__(:assert, operator, left, right, result, code), do: compared("Assertion", operator, left, right, result, result, code)
  def __compared__(:refute, operator, left, right, result, code), do: compared("Refute", operator, left, right, result, !result, code)

  defp compared(_word, _operator, _left, _right, result, pass, _code) when pass, do: result

  defp compared(word, operator, left, right, _result, _pass, code) do
    message = "#{word} with #{operator} failed"

    if left === right do
      raise ExUnit.AssertionError, left: left, expr: code, message: message <> ", both sides are exactly equal"
    else
      raise ExUnit.AssertionError, left: left, right: right, expr: code, message: message, context: if(operator == :===, do: :===, else: :==)
    end
  end

  # -- other expressions

  defp truthy(kind, assertion, caller) do
    {args, value} = extract_args(assertion, caller)
    code = escape(kind, assertion)

    if args == [] do
      quote generated: true do
        value = unquote(value)
        ExUnit.Assertions.__truthy__(unquote(kind), value, unquote(code), ExUnit.AssertionError.no_value())
      end
    else
      vars = Macro.generate_arguments(length(args), __MODULE__)
      {name, meta, _} = value
      bindings = for {var, arg} <- Enum.zip(vars, args), do: quote(do: unquote(var) = unquote(arg))

      quote generated: true do
        unquote_splicing(bindings)
        value = unquote({name, meta, vars})
        ExUnit.Assertions.__truthy__(unquote(kind), value, unquote(code), unquote(vars))
      end
    end
  end

  # The arguments of a function call that are worth showing: not of macros and special forms, not literals.
  defp extract_args({root, meta, [_ | _] = args} = call, env) do
    if function_call?(root, meta, length(args), env, call) and Enum.any?(args, &(not Macro.quoted_literal?(&1))),
      do: {args, call},
      else: {[], call}
  end

  defp extract_args(other, _env), do: {[], other}

  defp function_call?({:., _, [_fun]}, _meta, _arity, _env, _call), do: false
  defp function_call?(root, _meta, arity, env, call) do
    not (is_atom(root) and Macro.special_form?(root, arity)) and root not in [:not, :!] and Macro.expand_once(call, env) == call
  end

  @doc false
  def __truthy__(:assert, value, _code, _args) when value not in [nil, false], do: value
  def __truthy__(:refute, value, _code, _args) when value in [nil, false], do: value

  def __truthy__(:assert, value, code, args),
    do: raise(ExUnit.AssertionError, args: args, expr: code, message: "Expected truthy, got #{inspect(value)}")

  def __truthy__(:refute, value, code, args),
    do: raise(ExUnit.AssertionError, args: args, expr: code, message: "Expected false or nil, got #{inspect(value)}")

  # -- messages

  @doc "Waits for a message that matches the pattern."
  defmacro assert_receive(pattern, timeout \\ nil, failure_message \\ nil),
    do: assert_receive_code(:assert_receive, pattern, timeout, failure_message, __CALLER__)

  @doc "Checks that a message that matches the pattern has come."
  defmacro assert_received(pattern, failure_message \\ nil), do: assert_receive_code(:assert_received, pattern, 0, failure_message, __CALLER__)

  defp assert_receive_code(kind, pattern, timeout, failure_message, caller) do
    expanded = expand_pattern(pattern, caller)
    vars = pattern_vars(expanded)
    pins = pins(expanded)
    code = escape(kind, pattern)
    shown = shown(pattern, caller)

    matched =
      case expanded do
        {:when, meta, [left, guard]} -> {:when, meta, [quote(do: unquote(left) = received), guard]}
        left -> quote(do: unquote(left) = received)
      end

    clauses = quiet(quote(do: (unquote(matched) -> {received, unquote(vars)})))

    timeout_code =
      if kind == :assert_received, do: 0, else: quote(do: ExUnit.Assertions.__timeout__(unquote(timeout), :assert_receive_timeout))

    after_clause =
      quote do
        timeout ->
          {:messages, messages} = Process.info(self(), :messages)

          ExUnit.Assertions.__not_received__(
            unquote(failure_message),
            unquote(shown),
            unquote(code),
            unquote(pins),
            timeout,
            messages
          )
      end

    receive_code = {:receive, [], [[do: clauses, after: after_clause]]}

    quote do
      timeout = unquote(timeout_code)
      {received, unquote(bound(vars, expanded))} = unquote(receive_code)
      received
    end
  end

  @doc false
  def __timeout__(nil, key), do: Application.fetch_env!(:ex_unit, key)
  def __timeout__(timeout, _key) when is_integer(timeout) and timeout >= 0, do: timeout
  def __timeout__(timeout, _key), do: raise(ArgumentError, "timeout must be a non-negative integer, got: #{inspect(timeout)}")

  @shown_messages 10

  @doc false
  def __not_received__(message, _pattern, _code, _pins, _timeout, _messages) when is_binary(message), do: flunk(message)

  def __not_received__(_message, pattern, code, pins, timeout, messages) do
    total = length(messages)
    last = Enum.take(messages, -@shown_messages)

    summary =
      if total == 0,
        do: "\nThe process mailbox is empty.",
        else: "\nShowing #{length(last)} of #{total} #{if total == 1, do: "message", else: "messages"} in the mailbox"

    raise ExUnit.AssertionError,
      left: pattern,
      expr: code,
      message: "Assertion failed, no matching message after #{timeout}ms" <> __pins__(pins) <> summary,
      context: {:mailbox, pins, last}
  end

  @doc "Checks that no message that matches the pattern comes."
  defmacro refute_receive(pattern, timeout \\ nil, failure_message \\ nil),
    do: refute_receive_code(expand_pattern(pattern, __CALLER__), quote(do: ExUnit.Assertions.__timeout__(unquote(timeout), :refute_receive_timeout)), failure_message)

  @doc "Checks that no message that matches the pattern has come."
  defmacro refute_received(pattern, failure_message \\ nil), do: refute_receive_code(expand_pattern(pattern, __CALLER__), 0, failure_message)

  defp refute_receive_code(pattern, timeout, failure_message) do
    matched =
      case pattern do
        {:when, meta, [left, guard]} -> {:when, meta, [quote(do: unquote(left) = actual), guard]}
        left -> quote(do: unquote(left) = actual)
      end

    failure = quote(do: ExUnit.Assertions.__received__(unquote(failure_message), actual, unquote(Macro.to_string(pattern))))
    clauses = quiet(quote(do: (unquote(matched) -> unquote(failure))))
    {:receive, [], [[do: clauses, after: quote(do: (unquote(timeout) -> false))]]}
  end

  @doc false
  def __received__(nil, actual, pattern), do: flunk("Unexpectedly received message #{inspect(actual)} (which matched #{pattern})")
  def __received__(message, _actual, _pattern), do: flunk(message)

  # -- exceptions

  @doc "Checks that the function raises the exception with the message (a string or a regex); returns the exception."
  @spec assert_raise(module, Regex.t() | binary, (() -> any)) :: Exception.t()
  def assert_raise(exception, message, function) when is_function(function) do
    error = assert_raise(exception, function)

    matched? =
      case message do
        %Regex{} -> Exception.message(error) =~ message
        _ -> Exception.message(error) == message
      end

    unless matched? do
      flunk("Wrong message for #{inspect(exception)}\nexpected:\n  #{inspect(message)}\nactual:\n  #{inspect(Exception.message(error))}")
    end

    error
  end

  @doc "Checks that the function raises the exception, and returns it."
  @spec assert_raise(module, (() -> any)) :: Exception.t()
  def assert_raise(exception, function) when is_function(function) do
    try do
      function.()
    rescue
      error ->
        name = error.__struct__

        cond do
          name == exception ->
            check_message(error)
            error

          name == ExUnit.AssertionError ->
            reraise(error, __STACKTRACE__)

          true ->
            message = "Expected exception #{inspect(exception)} but got #{inspect(name)} (#{Exception.message(error)})"
            reraise ExUnit.AssertionError, [message: message], __STACKTRACE__
        end
    else
      _ -> flunk("Expected exception #{inspect(exception)} but nothing was raised")
    end
  end

  defp check_message(error) do
    module = error.__struct__

    try do
      module.message(error)
    catch
      kind, reason ->
        message =
          "Got exception #{inspect(module)} but it failed to produce a message with:\n\n" <>
            Exception.format(kind, reason, __STACKTRACE__)

        flunk(message)
    end
  end

  @doc "Checks that the values differ by at most `delta`."
  @spec assert_in_delta(number, number, number, String.t() | nil) :: true
  def assert_in_delta(value1, value2, delta, message \\ nil)

  def assert_in_delta(_value1, _value2, delta, _message) when delta < 0 do
    raise ArgumentError, "delta must always be a positive number, got: #{inspect(delta)}"
  end

  def assert_in_delta(value1, value2, delta, message) do
    diff = abs(value1 - value2)

    message =
      message ||
        "Expected the difference between #{inspect(value1)} and #{inspect(value2)} (#{inspect(diff)}) to be less than or equal to #{inspect(delta)}"

    assert(diff <= delta, message)
  end

  @doc "Checks that the values differ by more than `delta`."
  @spec refute_in_delta(number, number, number, String.t() | nil) :: false
  def refute_in_delta(value1, value2, delta, message \\ nil) do
    diff = abs(value1 - value2)

    message =
      if message,
        do: message <> " (difference between #{inspect(value1)} and #{inspect(value2)} is less than #{inspect(delta)})",
        else: "Expected the difference between #{inspect(value1)} and #{inspect(value2)} (#{inspect(diff)}) to be more than #{inspect(delta)}"

    refute(diff < delta, message)
  end

  @doc "Checks that the expression throws, and returns what."
  defmacro catch_throw(expression), do: catch_code(:throw, expression)

  @doc "Checks that the expression exits, and returns the reason."
  defmacro catch_exit(expression), do: catch_code(:exit, expression)

  @doc "Checks that the expression raises, and returns the error."
  defmacro catch_error(expression), do: catch_code(:error, expression)

  defp catch_code(kind, expression) do
    quote do
      try do
        _ = unquote(expression)
        flunk(unquote("Expected to catch #{kind}, got nothing"))
      rescue
        e in [ExUnit.AssertionError] -> reraise(e, __STACKTRACE__)
      catch
        unquote(kind), caught -> caught
      end
    end
  end

  @doc "Fails with a message."
  @spec flunk(String.t()) :: no_return
  def flunk(message \\ "Flunked!") when is_binary(message), do: raise(ExUnit.AssertionError, message: message)
end
