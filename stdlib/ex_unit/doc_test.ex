# SPDX-License-Identifier: Apache-2.0
# ExUnit.DocTest: tests from the examples in documentation. A test is what stands between two empty lines; it is a list
# of {code, expectation, lines as written, line number}. Invariant: the code runs in the module that calls doctest.
defmodule ExUnit.DocTest do
  @moduledoc "Tests from the `iex>` examples of a module's documentation."

  defmodule Error do
    @moduledoc false
    defexception [:line, :file, :message]
    @impl true
    def message(%{line: nil, file: file, message: message}), do: "#{file}: #{message}"
    def message(%{line: line, file: file, message: message}), do: "#{file}:#{line}: #{message}"
  end

  @doc "Defines a test for each example of `mod`; options `:only`, `:except`, `:import` and `:tags`."
  defmacro doctest(mod, opts \\ []) do
    expanded = Macro.expand(mod, __CALLER__)

    require =
      if is_atom(expanded) do
        quote do
          require unquote(mod)
        end
      end

    tests =
      quote bind_quoted: [mod: mod, opts: opts] do
        for {name, test, tags, place} <- ExUnit.DocTest.__doctests__(mod, opts, __ENV__.file, __ENV__.line) do
          @tag tags
          doc = ExUnit.Case.register_test(__MODULE__, __ENV__.file, __ENV__.line, :doctest, name, [])
          @file place
          def unquote(doc)(_), do: unquote(test)
        end
      end

    [require, tests]
  end

  @doc false
  def __doctests__(module, opts, _file, _line) do
    module
    |> extract()
    |> filter(opts, module)
    |> Enum.with_index(1)
    |> Enum.map(fn {test, number} ->
      {name(test, module, number), code(test, module, opts[:import] || false), opts[:tags] || [], "(for doctest at) #{test.file}"}
    end)
  end

  defp name(%{fun: :moduledoc}, module, number), do: "module #{inspect(module)} (#{number})"
  defp name(%{fun: {name, arity}}, module, number), do: "#{inspect(module)}.#{name}/#{arity} (#{number})"

  defp filter(tests, opts, module) do
    for {name, arity} <- List.wrap(opts[:only]), not function_exported?(module, name, arity), not macro_exported?(module, name, arity) do
      raise Error, message: "undefined or private function given to doctest:\n\n    #{inspect(module)}.#{name}/#{arity}\n\n", file: file(module)
    end

    tests = if except = opts[:except], do: Enum.reject(tests, &(&1.fun in except)), else: tests
    if only = opts[:only], do: tests |> Enum.filter(&(&1.fun in List.wrap(only))) |> Enum.reverse(), else: tests
  end

  ## Extraction

  defp extract(module) do
    unless Code.ensure_loaded?(module),
      do: raise(Error, message: "module #{inspect(module)} is not loaded and could not be found", line: 1, file: "nofile")

    case Code.fetch_docs(module) do
      {:docs_v1, annotation, _, _, moduledoc, _, docs} ->
        file = file(module)

        functions =
          for {{_kind, name, arity}, annotation, _, doc, _} <- Enum.sort_by(docs, &elem(&1, 0)),
              test <- tests(doc, annotation, {name, arity}, file),
              do: test

        tests(moduledoc, annotation, :moduledoc, file) ++ functions

      {:error, reason} ->
        raise Error,
          file: "nofile",
          line: 1,
          message:
            "could not retrieve the documentation for module #{inspect(module)}. " <> explain(reason)
    end
  end

  defp explain(:chunk_not_found), do: "The module was not compiled with documentation or its BEAM file cannot be accessed"
  defp explain(reason), do: "The module was not compiled with documentation or its BEAM file cannot be accessed (#{inspect(reason)})"

  defp file(module) do
    case module.module_info(:compile)[:source] do
      nil -> "nofile"
      source -> source |> to_string() |> Path.relative_to_cwd()
    end
  end

  defp tests(%{"en" => doc}, annotation, fun, file) do
    line = if is_integer(annotation), do: annotation, else: :erl_anno.line(annotation)

    doc
    |> String.split(["\r\n", "\n"])
    |> Enum.with_index(line + 1)
    |> groups(nil, file, [])
    |> Enum.map(fn exprs -> %{fun: fun, exprs: exprs, file: file, line: exprs |> hd() |> elem(3)} end)
  end

  defp tests(_doc, _annotation, _fun, _file), do: []

  # open: {indent, the expressions of the test that is being read, newest first}; nil outside.
  defp groups([], nil, _file, done), do: Enum.reverse(done)
  defp groups([], {_, open}, file, done), do: groups([], nil, file, [Enum.reverse(open) | done])

  defp groups([{_, line} = first | rest] = lines, open, file, done) do
    case prompt(first, file) do
      {:iex, indent, code} ->
        {indent, exprs} = open || {indent, []}
        aligned!(first, indent, file)
        {more, rest} = continuation(rest, indent, file, [])
        with [{text, _} = next | _] <- rest, true <- String.trim(text) != "", do: aligned!(next, indent, file)
        {expected, rest} = expectation(rest, indent, file, [])
        source = Enum.join([code | more], "\n")
        written = ["iex>" <> code | Enum.map(more, &("...>" <> &1))]
        groups(rest, {indent, add({source, expected, written, line}, exprs)}, file, done)

      _ ->
        if open, do: groups(lines, nil, file, [Enum.reverse(elem(open, 1)) | done]), else: groups(rest, nil, file, done)
    end
  end

  # The prompts of a test and what follows one stand at the same column.
  defp aligned!({text, line}, indent, file) do
    unless indent(text) == indent do
      raise Error,
        file: file,
        line: line,
        message: """
        indentation level mismatch on doctest line: #{inspect(text)}

        If you are planning to assert on the result of an `iex>` expression, make sure the result is indented at the beginning of `iex>`, which in this case is exactly #{indent} spaces.

        If instead you have an `iex>` expression that spans over multiple lines, please make sure that each line after the first one begins with `...>`.
        """
    end
  end

  defp indent(text), do: String.length(text) - String.length(String.trim_leading(text))

  # An expression of which nothing is expected is a part of the next.
  defp add({source, expected, written, _line}, [{before, :none, above, line} | done]),
    do: [{before <> "\n" <> source, expected, above ++ written, line} | done]
  defp add(expression, done), do: [expression | done]

  defp prompt({text, line}, file) do
    case Regex.run(~r/^(\s*)(iex|\.\.\.)(\(.*?\d*\)\d*)?>(.*)$/, text) do
      [_, indent, kind, number, code] ->
        unless number =~ ~r/^(\(\d+\))?$/ do
          raise Error,
            file: file,
            line: line,
            message: "unknown IEx prompt: #{inspect(String.trim(text))}.\nAccepted formats are: iex>, iex(1)>, ...>, ...(1)>}"
        end

        if kind == "iex", do: {:iex, String.length(indent), code}, else: {:more, code}

      nil ->
        nil
    end
  end

  defp continuation([{_, _} = line | rest] = lines, indent, file, acc) do
    case prompt(line, file) do
      {:more, code} ->
        aligned!(line, indent, file)
        continuation(rest, indent, file, [code | acc])

      _ ->
        {Enum.reverse(acc), lines}
    end
  end

  defp continuation([], _indent, _file, acc), do: {Enum.reverse(acc), []}

  # The lines up to an empty one, a fence or the next prompt.
  defp expectation([{text, _} = line | rest] = lines, indent, file, acc) do
    text = String.slice(text, indent..-1//1)

    cond do
      String.trim(text) == "" or prompt(line, file) != nil or text =~ ~r/^(```|~~~)/ -> {expected(acc), lines}
      true -> expectation(rest, indent, file, [text | acc])
    end
  end

  defp expectation([], _indent, _file, acc), do: {expected(acc), []}

  defp expected([]), do: :none

  defp expected(lines) do
    text = lines |> Enum.reverse() |> Enum.join("\n")

    cond do
      match = Regex.run(~r/^\*\* \(([\w.]+)\)\s*(.*)$/s, text) -> {:error, Enum.at(match, 1), Enum.at(match, 2)}
      String.starts_with?(text, "#") and text =~ ~r/^#[A-Z][\w.]*</ -> {:inspect, text}
      true -> {:test, text}
    end
  end

  ## Code

  # A failure is placed where its test begins; each of its expressions counts its lines from there.
  defp code(%{exprs: exprs, file: file, line: line}, module, import?) do
    imports = if import?, do: [quote(do: import(unquote(module)))], else: []
    stack = Macro.escape([{module, :__MODULE__, 0, [file: String.to_charlist(file), line: line]}])
    body = Enum.map(exprs, &expression(&1, stack, file, line))
    {:__block__, [], imports ++ body ++ [:ok]}
  end

  defp expression({source, expected, written, _line}, stack, file, line) do
    quoted = parse!(source, file, line)
    check(expected, quoted, written, stack, file, line)
  rescue
    error in [SyntaxError, TokenMissingError] ->
      text = "Doctest did not compile, got: (#{inspect(error.__struct__)}) #{Exception.message(error)}#{opaque_hint(expected)}"
      quote(do: ExUnit.DocTest.__fail__(unquote(text), unquote(shown(written, expected)), [], unquote(stack)))
  end

  defp opaque_hint({:test, text}) do
    if text =~ ~r/#[A-Z][\w.]*</ do
      "\nIf you are planning to assert on the result of an iex> expression which contains a value inspected as #Name<...>, " <>
        "please make sure the inspected value is placed at the beginning of the expression; " <>
        "otherwise Elixir will treat it as a comment due to the leading sign #."
    end
  end

  defp opaque_hint(_), do: nil

  defp parse!(source, file, line), do: Code.string_to_quoted!(source, file: file, line: line)

  defp check(:none, quoted, _written, _stack, _file, _line), do: quote(do: _ = unquote(asserted(quoted)))

  defp check({:test, text} = expected, quoted, written, stack, file, line) do
    comparison(asserted(quoted), parse!(text, file, line), text, shown(written, expected), stack)
  end

  defp check({:inspect, text} = expected, quoted, written, stack, _file, _line) do
    {init, last} = quoted |> asserted() |> last_expression()
    comparison({:__block__, [], init ++ [{:inspect, [import: Kernel], [last]}]}, text, inspect(text), shown(written, expected), stack)
  end

  defp check({:error, name, message} = expected, quoted, written, stack, _file, _line) do
    exception = Module.concat([name])

    quote do
      ExUnit.DocTest.__raises__(fn -> unquote(quoted) end, unquote(exception), unquote(message), unquote(shown(written, expected)), unquote(stack))
    end
  end

  defp comparison(quoted, expected, expected_text, shown, stack) do
    {_, last} = last_expression(quoted)
    expr = "#{Macro.to_string(last)} === #{expected_text}"

    # The code of the example is a statement of its own: what it binds is there for the next.
    quote do
      value = unquote(quoted)
      ExUnit.DocTest.__compare__(value, unquote(expected), unquote(expr), unquote(shown), unquote(stack))
    end
  end

  # The matches that are statements: one that fails says so as an assertion does.
  defp asserted({:__block__, meta, exprs}), do: {:__block__, meta, Enum.map(exprs, &asserted/1)}
  defp asserted({:=, _, [{name, _, context}, _]} = expr) when is_atom(name) and is_atom(context), do: expr
  defp asserted({:=, meta, [_, _]} = expr), do: quote(line: meta[:line], do: ExUnit.DocTest.__assert__(unquote(expr)))
  defp asserted(expr), do: expr

  @doc false
  defmacro __assert__(assertion), do: ExUnit.Assertions.__match__(assertion, Macro.escape(assertion, prune_metadata: true), __CALLER__)

  defp last_expression({:__block__, _, [_ | _] = exprs}), do: Enum.split(exprs, -1) |> then(fn {init, [last]} -> {init, last} end)
  defp last_expression(expr), do: {[], expr}

  defp shown(written, expected), do: "\n" <> Enum.join(written ++ expected_lines(expected), "\n")

  defp expected_lines(:none), do: []
  defp expected_lines({:test, text}), do: [text]
  defp expected_lines({:inspect, text}), do: [inspect(text)]
  defp expected_lines({:error, name, message}), do: ["** (#{name}) #{inspect(message)}"]

  @doc false
  def __fail__(message, shown, fields, stack),
    do: :erlang.raise(:error, ExUnit.AssertionError.exception([message: message, doctest: shown] ++ fields), stack)

  @doc false
  def __compare__(value, expected, _expr, _shown, _stack) when value === expected, do: value
  def __compare__(value, expected, expr, shown, stack),
    do: __fail__("Doctest failed", shown, [expr: {:doctest, expr}, left: value, right: expected], stack)

  @doc false
  def __raises__(fun, exception, message, shown, stack) do
    try do
      fun.()
    rescue
      error ->
        actual = Exception.message(error)

        cond do
          error.__struct__ != exception ->
            text = "Doctest failed: expected exception #{inspect(exception)} but got #{inspect(error.__struct__)} with message #{inspect(actual)}"
            __fail__(text, shown, [], stack)

          actual != message ->
            text = "Doctest failed: wrong message for #{inspect(exception)}\nexpected:\n  #{inspect(message)}\nactual:\n  #{inspect(actual)}"
            __fail__(text, shown, [], stack)

          true ->
            :ok
        end
    else
      _ -> __fail__("Doctest failed: expected exception #{inspect(exception)} but nothing was raised", shown, [], stack)
    end
  end
end
