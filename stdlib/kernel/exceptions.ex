# SPDX-License-Identifier: Apache-2.0
# The exceptions of the language and the standard library, with their messages and hints.
#
# Invariant: each Erlang error that the VM raises has one line in ErlangError.normalize/2.
defmodule RuntimeError do
  defexception message: "runtime error"
end

defmodule ArgumentError do
  defexception message: "argument error"

  @impl true
  def blame(exception, [{:erlang, :apply, [module, function, args], _} | _] = stacktrace) do
    text =
      cond do
        not proper?(args) ->
          "you attempted to apply a function named #{inspect(function)} on module #{inspect(module)} " <>
            "with arguments #{inspect(args)}. Arguments (the third argument of apply) must always be a proper list"

        # The arguments may be gone even if some were given.
        is_atom(function) and not is_atom(module) and args == [] ->
          "you attempted to apply a function named #{inspect(function)} on #{inspect(module)}. " <>
            "If you are using Kernel.apply/3, make sure the module is an atom. If you are using the dot syntax, " <>
            "such as module.function(), make sure the left-hand side of the dot is a module atom"

        not is_atom(module) ->
          "you attempted to apply a function on #{inspect(module)}. " <>
            "Modules (the first argument of apply) must always be an atom"

        not is_atom(function) ->
          "you attempted to apply a function named #{inspect(function)} on module #{inspect(module)}. " <>
            "However #{inspect(function)} is not a valid function name. " <>
            "Function names (the second argument of apply) must always be an atom"

        true ->
          exception.message
      end

    {%{exception | message: text}, stacktrace}
  end

  def blame(exception, stacktrace), do: {exception, stacktrace}

  defp proper?([_ | rest]), do: proper?(rest)
  defp proper?(rest), do: rest == []
end

defmodule ArithmeticError do
  defexception message: "bad argument in arithmetic expression"

  @unary [:+, :-]
  @binary [:+, :-, :*, :/]
  @bitwise [:band, :bor, :bxor, :bsl, :bsr]

  @impl true
  def blame(%{message: message} = exception, [{:erlang, operator, args, _} | _] = stacktrace) do
    text =
      case args do
        [arg] when operator in @unary -> "#{operator}(#{inspect(arg)})"
        [left, right] when operator in @binary -> "#{inspect(left)} #{operator} #{inspect(right)}"
        [:infinity, _] when operator in @bitwise -> nil
        [_, _] when operator in @bitwise -> "Bitwise.#{operator}(#{Exception.commas(args)})"
        [_] when operator == :bnot -> "Bitwise.bnot(#{Exception.commas(args)})"
        args when is_list(args) -> "#{operator}(#{Exception.commas(args)})"
        _ -> nil
      end

    if text, do: {%{exception | message: message <> ": " <> text}, stacktrace}, else: {exception, stacktrace}
  end

  def blame(exception, stacktrace), do: {exception, stacktrace}
end

defmodule SystemLimitError do
  defexception message: "a system limit has been reached"
end

defmodule SyntaxError do
  defexception [:file, :line, column: nil, snippet: nil, description: "syntax error"]

  @impl true
  def message(%{file: file, line: line, column: column, description: description, snippet: snippet}) do
    file = file && Path.relative_to_cwd(file)
    place = Exception.format_file_line_column(file, line, column)
    place <> " " <> description <> if(snippet, do: Exception.format_snippet(snippet, line), else: "")
  end
end

defmodule TokenMissingError do
  defexception [:file, :line, column: nil, snippet: nil, description: "expression is incomplete"]

  @impl true
  def message(exception), do: SyntaxError.message(exception)
end

defmodule CompileError do
  defexception [:file, :line, description: "compile error"]

  @impl true
  def message(%{file: file, line: line, description: description}),
    do: Exception.format_file_line(file && Path.relative_to_cwd(file), line) <> " " <> description
end

defmodule BadFunctionError do
  defexception [:term]

  @impl true
  def message(%{term: term}) when is_function(term),
    do: "function #{inspect(term)} is invalid, likely because it points to an old version of the code"

  def message(exception), do: "expected a function, got: #{inspect(exception.term)}"
end

defmodule BadStructError do
  defexception [:struct, :term]

  @impl true
  def message(exception),
    do: "expected a struct named #{inspect(exception.struct)}, got: #{inspect(exception.term)}"
end

defmodule BadMapError do
  defexception [:term]

  @impl true
  def message(exception), do: "expected a map, got: #{inspect(exception.term)}"
end

defmodule BadBooleanError do
  defexception [:term, :operator]

  @impl true
  def message(exception),
    do: "expected a boolean on left-side of \"#{exception.operator}\", got: #{inspect(exception.term)}"
end

defmodule MatchError do
  defexception [:term]

  @impl true
  def message(exception), do: "no match of right hand side value: #{inspect(exception.term)}"
end

defmodule CaseClauseError do
  defexception [:term]

  @impl true
  def message(exception), do: "no case clause matching: #{inspect(exception.term)}"
end

defmodule WithClauseError do
  defexception [:term]

  @impl true
  def message(exception), do: "no with clause matching: #{inspect(exception.term)}"
end

defmodule CondClauseError do
  defexception []

  @impl true
  def message(_exception), do: "no cond clause evaluated to a truthy value"
end

defmodule TryClauseError do
  defexception [:term]

  @impl true
  def message(exception), do: "no try clause matching: #{inspect(exception.term)}"
end

defmodule BadArityError do
  defexception [:function, :args]

  @impl true
  def message(%{function: function, args: args}) do
    {:arity, arity} = :erlang.fun_info(function, :arity)
    "#{inspect(function)} with arity #{arity} called with #{arguments(args)}"
  end

  defp arguments([]), do: "no arguments"
  defp arguments([arg]), do: "1 argument (#{inspect(arg)})"
  defp arguments(args), do: "#{length(args)} arguments (#{Exception.commas(args)})"
end

defmodule UndefinedFunctionError do
  defexception [:module, :function, :arity, :reason, :message]

  @impl true
  def message(%{message: nil} = exception) do
    %{reason: reason, module: module, function: function, arity: arity} = exception
    {text, _loaded?} = text(reason, module, function, arity)
    text
  end

  def message(%{message: message}), do: message

  defp text(nil, module, function, arity) do
    cond do
      is_nil(function) or is_nil(arity) -> {"undefined function", false}
      is_nil(module) -> {"function #{Exception.format_mfa(module, function, arity)} is undefined", false}
      loaded?(module) -> text(:"function not exported", module, function, arity)
      true -> text(:"module could not be loaded", module, function, arity)
    end
  end

  defp text(:"module could not be loaded", module, function, arity) do
    {"function #{Exception.format_mfa(module, function, arity)} is undefined (module #{inspect(module)} is not available)",
     false}
  end

  defp text(:"function not exported", module, function, arity),
    do: {"function #{Exception.format_mfa(module, function, arity)} is undefined or private", true}

  defp text(reason, module, function, arity),
    do: {"function #{Exception.format_mfa(module, function, arity)} is undefined (#{reason})", false}

  defp loaded?(module), do: Code.ensure_loaded?(module)

  @impl true
  def blame(%{message: nil} = exception, stacktrace) do
    %{reason: reason, module: module, function: function, arity: arity} = exception
    {text, loaded?} = text(reason, module, function, arity)
    text = text <> hint(module, function, arity, loaded?)
    {%{exception | message: text}, stacktrace}
  end

  def blame(exception, stacktrace), do: {exception, stacktrace}

  defp hint(nil, _function, 0, _loaded?) do
    ". If you are using the dot syntax, such as module.function(), " <>
      "make sure the left-hand side of the dot is a module atom"
  end

  defp hint(module, function, arity, true) do
    if macro_exported?(module, function, arity) do
      ". However there is a macro with the same name and arity. " <>
        "Be sure to require #{inspect(module)} if you intend to invoke this macro"
    else
      case near(module, function) do
        [] -> behaviour_hint(module, function, arity)
        names -> ". Did you mean:\n\n" <> Enum.map_join(names, fn {name, arity} -> "      * #{Macro.inspect_atom(:remote_call, name)}/#{arity}\n" end)
      end
    end
  end

  defp hint(_module, _function, _arity, false), do: ""

  # Other arities of the same name, or else names that are near.
  defp near(module, function) do
    exports = exports(module)

    :lists.sort(
      case for({^function, _} = export <- exports, do: export) do
        [] -> for({_, export} <- Exception.__near__(function, exports, 5), do: export)
        same -> Enum.take(:lists.reverse(:lists.sort(same)), 5)
      end
    )
  end

  defp exports(module) do
    if function_exported?(module, :__info__, 1) and match?("Elixir." <> _, Atom.to_string(module)) do
      module.__info__(:macros) ++ module.__info__(:functions)
    else
      :phial.exports(module)
    end
  end

  defp behaviour_hint(module, function, arity) do
    behaviours =
      if function_exported?(module, :__info__, 1),
        do: for({:behaviour, names} <- module.__info__(:attributes), name <- names, do: name),
        else: []

    case Enum.find(behaviours, fn name -> callback?(name, function, arity) end) do
      nil -> ""
      behaviour -> ", but the behaviour #{inspect(behaviour)} expects it to be present"
    end
  end

  defp callback?(behaviour, function, arity) do
    Code.ensure_loaded?(behaviour) and function_exported?(behaviour, :behaviour_info, 1) and
      :lists.member({function, arity}, behaviour.behaviour_info(:callbacks))
  end
end

defmodule FunctionClauseError do
  defexception [:module, :function, :arity, :kind, :args, :clauses]

  @impl true
  def message(%{function: nil}), do: "no function clause matches"

  def message(%{module: module, function: function, arity: arity} = exception),
    do: "no function clause matching in #{Exception.format_mfa(module, function, arity)}" <> blame(exception, &inspect/1, &blamed/1)

  defp blamed(%{match?: true, node: node}), do: Macro.to_string(node)
  defp blamed(%{match?: false, node: node}), do: "-" <> Macro.to_string(node) <> "-"

  @impl true
  def blame(%{module: module, function: function, arity: arity} = exception, [{module, function, args, meta} | rest])
      when is_list(args) and length(args) == arity do
    exception =
      case Exception.blame_mfa(module, function, args) do
        {:ok, kind, clauses} -> %{exception | args: args, kind: kind, clauses: clauses}
        :error -> %{exception | args: args}
      end

    {exception, [{module, function, arity, meta} | rest]}
  end

  def blame(exception, stacktrace), do: {exception, stacktrace}

  @doc false
  def blame(%{args: nil}, _inspect, _ast), do: ""

  def blame(%{module: module, function: function, arity: arity, args: args, kind: kind, clauses: clauses}, inspect, ast) do
    mfa = Exception.format_mfa(module, function, arity)
    lines = for {arg, n} <- Enum.with_index(args, 1), do: "\n    # #{n}\n    #{padded(inspect.(arg))}\n"
    "\n\nThe following arguments were given to #{mfa}:\n" <> IO.iodata_to_binary(lines) <> attempted(kind, clauses, function, ast)
  end

  defp padded(text), do: String.replace(text, "\n", "\n    ")

  defp attempted(_kind, clauses, _function, _ast) when clauses in [nil, []], do: ""

  defp attempted(kind, clauses, function, ast) do
    shown = Enum.take(clauses, 10)

    lines =
      for {args, guards} <- shown do
        guards = for guard <- guards, do: " when " <> guard_text(guard, ast)
        "    #{kind} " <> with_parts({function, [], args}, ast) <> IO.iodata_to_binary(guards) <> "\n"
      end

    "\nAttempted function clauses (showing #{length(shown)} out of #{length(clauses)}):\n\n" <> IO.iodata_to_binary(lines)
  end

  # As in Elixir, without parentheses between `and` and `or`.
  defp guard_text({operator, _, [left, right]}, ast) when operator in [:and, :or],
    do: "#{guard_text(left, ast)} #{operator} #{guard_text(right, ast)}"

  defp guard_text(guard, ast), do: with_parts(guard, ast)

  # Each part of a clause is shown by `ast`, where the text of the clause has a name for it.
  defp with_parts(code, ast) do
    {code, parts} =
      Macro.prewalk(code, [], fn
        %{match?: _, node: _} = part, parts -> {{:"part_#{length(parts)}_", [], nil}, [part | parts]}
        other, parts -> {other, parts}
      end)

    parts
    |> Enum.reverse()
    |> Enum.with_index()
    |> Enum.reduce(Macro.to_string(code), fn {part, n}, text -> String.replace(text, "part_#{n}_", ast.(part), global: false) end)
  end
end

defmodule Code.LoadError do
  defexception [:file, :message, :reason]

  @impl true
  def exception(opts) do
    file = Keyword.fetch!(opts, :file)
    reason = Keyword.fetch!(opts, :reason)
    %Code.LoadError{message: "could not load #{file}. Reason: #{reason}", file: file, reason: reason}
  end
end

defmodule Protocol.UndefinedError do
  defexception [:protocol, :value, description: ""]

  @impl true
  def message(%{protocol: protocol, value: value, description: description}) do
    "protocol #{inspect(protocol)} not implemented for #{inspect(value)} of type #{type(value)}" <>
      if(description == "", do: "", else: ", " <> description) <> available(protocol)
  end

  defp available(protocol) do
    case protocol.__protocol__(:impls) do
      {:consolidated, []} -> ". There are no implementations for this protocol."
      {:consolidated, types} -> ". This protocol is implemented for the following type(s): " <> Enum.map_join(types, ", ", &inspect/1)
      :not_consolidated -> ""
    end
  end

  defp type(%{__struct__: struct}) when is_atom(struct), do: "#{inspect(struct)} (a struct)"
  defp type(value) when is_atom(value), do: "Atom"
  defp type(value) when is_bitstring(value), do: "BitString"
  defp type(value) when is_float(value), do: "Float"
  defp type(value) when is_function(value), do: "Function"
  defp type(value) when is_integer(value), do: "Integer"
  defp type(value) when is_list(value), do: "List"
  defp type(value) when is_map(value), do: "Map"
  defp type(value) when is_pid(value), do: "PID"
  defp type(value) when is_port(value), do: "Port"
  defp type(value) when is_reference(value), do: "Reference"
  defp type(value) when is_tuple(value), do: "Tuple"
end

defmodule KeyError do
  defexception [:key, :term, :message]

  @impl true
  def message(%{message: nil, key: key, term: term}), do: text(key, term)
  def message(%{message: message}), do: message

  defp text(key, nil), do: "key #{inspect(key)} not found"
  defp text(key, term), do: "key #{inspect(key)} not found in: #{inspect(term)}"

  @impl true
  def blame(%{message: nil, key: key, term: term} = exception, stacktrace) do
    {%{exception | message: text(key, term) <> hint(key, keys(term))}, stacktrace}
  end

  def blame(exception, stacktrace), do: {exception, stacktrace}

  defp keys(%{} = map), do: for(key <- :maps.keys(map), is_atom(key), key != :__struct__, do: key)
  defp keys([{_, _} | _] = list), do: if(Keyword.keyword?(list), do: :lists.usort(Keyword.keys(list)), else: [])
  defp keys(_), do: []

  defp hint(key, keys) when is_atom(key) do
    case Exception.__near__(key, keys, 5) do
      [] ->
        ""

      near ->
        names = :lists.sort(for {_, name} <- near, do: name)
        ". Did you mean:\n\n" <> Enum.map_join(names, fn name -> "      * #{inspect(name)}\n" end)
    end
  end

  defp hint(_key, _keys), do: ""
end

defmodule UnicodeConversionError do
  defexception [:encoded, :message]

  @impl true
  def exception(opts) do
    %UnicodeConversionError{
      encoded: Keyword.fetch!(opts, :encoded),
      message: "#{Keyword.fetch!(opts, :kind)} #{detail(Keyword.fetch!(opts, :rest))}"
    }
  end

  # The first sixteen bytes say where.
  defp detail(rest) when is_binary(rest),
    do: "encoding starting at #{inspect(:erlang.binary_part(rest, 0, min(byte_size(rest), 16)))}"

  defp detail([char | _]) when is_integer(char), do: "code point #{char}"
  defp detail([rest | _]), do: detail(rest)
end

defmodule Enum.OutOfBoundsError do
  defexception message: "out of bounds error"
end

defmodule Enum.EmptyError do
  defexception message: "empty error"
end

defmodule File.Error do
  defexception [:reason, :path, action: ""]

  @impl true
  def message(%{action: action, reason: reason, path: path}),
    do: "could not #{action} #{inspect(path)}: #{text(action, reason)}"

  defp text("remove directory", :eexist), do: "directory is not empty"
  defp text(_action, reason), do: IO.iodata_to_binary(:file.format_error(reason))
end

defmodule File.CopyError do
  defexception [:reason, :source, :destination, on: "", action: ""]

  @impl true
  def message(%{action: action, source: source, destination: destination, on: on, reason: reason}) do
    place = if on != "", do: ". #{on}", else: ""
    formatted = IO.iodata_to_binary(:file.format_error(reason))
    "could not #{action} from #{inspect(source)} to #{inspect(destination)}#{place}: #{formatted}"
  end
end

defmodule File.RenameError do
  defexception [:reason, :source, :destination, on: "", action: ""]

  @impl true
  def message(exception), do: File.CopyError.message(exception)
end

defmodule File.LinkError do
  defexception [:reason, :existing, :new, action: ""]

  @impl true
  def message(%{action: action, existing: existing, new: new, reason: reason}) do
    formatted = IO.iodata_to_binary(:file.format_error(reason))
    "could not #{action} from #{inspect(existing)} to #{inspect(new)}: #{formatted}"
  end
end

defmodule IO.StreamError do
  defexception [:reason, :message]

  @impl true
  def exception(opts) do
    reason = opts[:reason]
    formatted = IO.iodata_to_binary(:file.format_error(reason))
    %IO.StreamError{message: "error during streaming: #{formatted}", reason: reason}
  end
end

defmodule Inspect.Error do
  @enforce_keys [:exception_module, :exception_message, :stacktrace, :inspected_struct]
  defexception @enforce_keys

  @impl true
  def exception(opts) when is_list(opts) do
    exception = Keyword.fetch!(opts, :exception)

    %Inspect.Error{
      exception_module: exception.__struct__,
      exception_message: String.trim_trailing(Exception.message(exception), "\n"),
      stacktrace: Keyword.fetch!(opts, :stacktrace),
      inspected_struct: Keyword.fetch!(opts, :inspected_struct)
    }
  end

  @impl true
  def message(%{exception_module: module, exception_message: text, inspected_struct: struct}) do
    """
    got #{inspect(module)} with message:

        \"""
    #{indent(text)}
        \"""

    while inspecting:

    #{indent(struct)}
    """
  end

  defp indent(text), do: Enum.map_join(String.split(text, "\n"), "\n", fn line -> "    " <> line end)
end

defmodule ErlangError do
  defexception [:original, :reason]

  @impl true
  def message(%{original: original, reason: nil}), do: "Erlang error: #{inspect(original)}"
  def message(%{original: original, reason: reason}), do: "Erlang error: #{inspect(original)}#{reason}"

  # The exception for an error the VM or Erlang code raised.
  @doc false
  def normalize(:badarg, stacktrace) do
    case Exception.Args.text(:badarg, stacktrace, "errors were found at the given arguments") do
      nil -> %ArgumentError{}
      text -> %ArgumentError{message: text}
    end
  end

  def normalize(:badarith, _), do: %ArithmeticError{}
  def normalize(:cond_clause, _), do: %CondClauseError{}

  def normalize(:system_limit, stacktrace) do
    case Exception.Args.text(:system_limit, stacktrace, "a system limit has been reached due to errors at the given arguments") do
      nil -> %SystemLimitError{}
      text -> %SystemLimitError{message: text}
    end
  end

  def normalize({:badarity, {fun, args}}, _), do: %BadArityError{function: fun, args: args}
  def normalize({:badfun, term}, _), do: %BadFunctionError{term: term}
  def normalize({:badstruct, struct, term}, _), do: %BadStructError{struct: struct, term: term}
  def normalize({:badmatch, term}, _), do: %MatchError{term: term}
  def normalize({:badmap, term}, _), do: %BadMapError{term: term}
  def normalize({:badbool, operator, term}, _), do: %BadBooleanError{operator: operator, term: term}
  def normalize({:badkey, key}, stacktrace), do: %KeyError{key: key, term: keyed_term(stacktrace)}
  def normalize({:badkey, key, map}, _) when is_map(map), do: %KeyError{key: key, term: map}

  def normalize({:badkey, key, term}, _) do
    message =
      "key #{inspect(key)} not found in: #{inspect(term)}. If you are using the dot syntax, such as map.field, " <>
        "make sure the left-hand side of the dot is a map"

    %KeyError{key: key, term: term, message: message}
  end

  def normalize({:case_clause, term}, _), do: %CaseClauseError{term: term}
  def normalize({:with_clause, term}, _), do: %WithClauseError{term: term}
  def normalize({:try_clause, term}, _), do: %TryClauseError{term: term}

  def normalize(:undef, stacktrace) do
    {module, function, arity} = called(stacktrace)
    %UndefinedFunctionError{module: module, function: function, arity: arity}
  end

  def normalize(:function_clause, stacktrace) do
    {module, function, arity} = called(stacktrace)
    %FunctionClauseError{module: module, function: function, arity: arity}
  end

  def normalize({:badarg, payload}, _), do: %ArgumentError{message: "argument error: #{inspect(payload)}"}
  def normalize(other, stacktrace), do: %ErlangError{original: other, reason: Exception.Args.text(other, stacktrace, "")}

  # What a `rescue` clause gets for a reason that is no exception: to describe an Erlang error is left to who prints it.
  @doc false
  def rescued(reason, stacktrace) do
    with %ErlangError{} = error <- normalize(reason, stacktrace), do: %{error | reason: nil}
  end

  defp called([{module, function, args, _} | _]) when is_list(args), do: {module, function, length(args)}
  defp called([{module, function, arity, _} | _]), do: {module, function, arity}
  defp called(_), do: {nil, nil, nil}

  defp keyed_term([{Map, :get_and_update!, [map, _, _], _} | _]), do: map
  defp keyed_term([{Map, :update!, [map, _, _], _} | _]), do: map
  defp keyed_term([{:maps, :update, [_, _, map], _} | _]), do: map
  defp keyed_term([{:maps, :get, [_, map], _} | _]), do: map
  defp keyed_term([{:erlang, :map_get, [_, map], _} | _]), do: map
  defp keyed_term(_), do: nil
end
