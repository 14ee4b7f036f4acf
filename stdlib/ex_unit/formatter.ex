# SPDX-License-Identifier: Apache-2.0
# ExUnit.Formatter: the text of failures, times and filters. Invariant: colours come only through the formatter function
# given, fun(kind, text) -> text, so that every other byte is the same with and without them.
defmodule ExUnit.Formatter do
  @moduledoc "Helpers for formatters, the processes that show the events of a run."

  alias Inspect.Algebra

  @pad "     "
  @argument_pad "         "

  @doc """
  Formats the times of a run.

      iex> ExUnit.Formatter.format_times(%{run: 10000, async: nil, load: nil})
      "Finished in 0.01 seconds (0.00s async, 0.01s sync)"
  """
  @spec format_times(%{run: pos_integer, async: pos_integer | nil, load: pos_integer | nil}) :: String.t()
  def format_times(%{run: run_us, async: async_us, load: load_us}) do
    run = hundredths(run_us)
    async = hundredths(async_us || 0)
    sync = seconds(run - async)

    if load_us do
      load = hundredths(load_us)
      "Finished in #{seconds(run + load)} seconds (#{seconds(load)}s on load, #{seconds(async)}s async, #{sync}s sync)"
    else
      "Finished in #{seconds(run)} seconds (#{seconds(async)}s async, #{sync}s sync)"
    end
  end

  defp hundredths(us), do: div(us, 10_000)
  defp seconds(n) when n < 10, do: "0.0#{n}"
  defp seconds(n), do: "#{div(n, 100)}.#{div(rem(n, 100), 10)}"

  @doc "Formats the filters of a run."
  @spec format_filters(keyword, atom) :: String.t()
  def format_filters(filters, :exclude), do: "Excluding tags: #{inspect(filters)}"
  def format_filters(filters, :include), do: "Including tags: #{inspect(filters)}"

  @doc "Formats a failed test."
  @spec format_test_failure(ExUnit.Test.t(), [tuple], non_neg_integer, non_neg_integer | :infinity, (atom, term -> term)) :: String.t()
  def format_test_failure(%ExUnit.Test{name: name, module: module, tags: tags} = test, failures, counter, width, formatter) do
    formatter.(:test_info, numbered(counter, "#{name} (#{inspect(module)})")) <>
      "\n" <> @pad <> formatter.(:location_info, location(tags)) <> "\n" <> failures(test, failures, width, formatter)
  end

  @doc false
  def format_test_case_failure(test_module, failures, counter, width, formatter),
    do: format_test_all_failure(test_module, failures, counter, width, formatter)

  @doc "Formats a module whose setup_all failed."
  @spec format_test_all_failure(ExUnit.TestModule.t(), [tuple], non_neg_integer, non_neg_integer | :infinity, (atom, term -> term)) :: String.t()
  def format_test_all_failure(%{name: name} = module, failures, counter, width, formatter) do
    title = "#{inspect(name)}: failure on setup_all callback, all tests have been invalidated"
    formatter.(:test_module_info, numbered(counter, title)) <> "\n" <> failures(module, failures, width, formatter)
  end

  defp numbered(counter, text), do: String.pad_leading("#{counter}) ", 5) <> text
  defp location(%{file: file, line: line}) do
    place = "#{Path.relative_to_cwd(file)}:#{line}"
    if prefix = Application.get_env(:ex_unit, :test_location_relative_path), do: Path.join(prefix, place), else: place
  end

  defp failures(owner, failures, width, formatter) do
    several? = match?([_, _ | _], failures)

    failures
    |> Enum.with_index(1)
    |> Enum.map_join("", fn {{kind, reason, stack}, index} ->
      {text, stack} = failure(owner, kind, reason, stack, width, formatter)
      header = if several?, do: "\n#{@pad}#{formatter.(:failure_info, "Failure ##{index}")}\n", else: ""
      header <> text <> stacktrace(stack, owner, formatter)
    end)
  end

  defp failure(owner, :error, %ExUnit.AssertionError{} = error, stack, width, formatter) do
    {assertion(error, code(owner, stack), width, formatter, @pad), stack}
  end

  defp failure(_owner, {:EXIT, pid}, reason, stack, _width, formatter) do
    text = pad_lines("** (EXIT from #{inspect(pid)}) " <> Exception.format_exit(reason))
    {@pad <> formatter.(:error_info, text) <> "\n", stack}
  end

  defp failure(owner, kind, reason, stack, _width, formatter) do
    {blamed, stack} = Exception.blame(kind, reason, stack)
    text = @pad <> banner(kind, blamed, stack, formatter) <> "\n"

    case code(owner, stack) do
      nil -> {text, stack}
      code -> {text <> @pad <> formatter.(:extra_info, "code: ") <> code <> "\n", stack}
    end
  end

  defp banner(:error, %FunctionClauseError{} = error, _stack, formatter) do
    title = Exception.format_banner(:error, %{error | args: nil, clauses: nil})
    shown = fn node -> blamed_node(node, formatter) end
    formatter.(:error_info, title) <> pad_blame(FunctionClauseError.blame(error, &inspect/1, shown))
  end

  defp banner(kind, reason, stack, formatter), do: formatter.(:error_info, pad_lines(Exception.format_banner(kind, reason, stack)))

  # The empty line after the title stays empty, the others are indented.
  defp pad_blame(""), do: ""
  defp pad_blame("\n\n" <> rest), do: "\n\n" <> @pad <> pad_lines(rest)
  defp pad_blame(text), do: pad_lines(text)

  defp blamed_node(%{match?: true, node: node}, _formatter), do: Macro.to_string(node)
  defp blamed_node(%{match?: false, node: node}, formatter), do: formatter.(:blame_diff, Macro.to_string(node))
  defp blamed_node(_node, string) when is_binary(string), do: string

  defp pad_lines(text), do: String.replace(text, "\n", "\n" <> @pad)

  # The line of the test's file where the failure is; a doctest stands elsewhere.
  defp code(%ExUnit.Test{tags: %{test_type: :doctest}}, _stack), do: nil

  defp code(%ExUnit.Test{module: module, name: name, tags: %{file: file}}, stack) do
    with {_, _, _, info} <- Enum.find(stack, &match?({^module, ^name, _, _}, &1)),
         line when is_integer(line) and line > 0 <- info[:line],
         {:ok, source} <- File.read(file),
         text when is_binary(text) <- source |> String.split("\n") |> Enum.at(line - 1) do
      String.trim(text)
    else
      _ -> nil
    end
  end

  defp code(_owner, _stack), do: nil

  defp stacktrace([], _owner, _formatter), do: ""

  defp stacktrace(stack, owner, formatter) do
    entries = Enum.map_join(stack, fn entry -> "       " <> formatter.(:stacktrace_info, entry(entry, owner)) <> "\n" end)
    @pad <> formatter.(:extra_info, "stacktrace:") <> "\n" <> entries
  end

  defp entry({module, name, _, info}, %ExUnit.Test{module: module, name: name}), do: "#{info[:file]}:#{info[:line]}: (test)"
  defp entry(entry, _owner), do: Exception.format_stacktrace_entry(entry)

  ## Assertions

  @doc "Formats an assertion error as its message shows it."
  @spec format_assertion_error(%ExUnit.AssertionError{}) :: String.t()
  def format_assertion_error(%ExUnit.AssertionError{} = error), do: assertion(error, nil, :infinity, fn _, text -> text end, "")

  @doc "The assertion error, with a width and a formatter function; `counter_padding` stands before each line."
  def format_assertion_error(%ExUnit.AssertionError{} = error, width, formatter, counter_padding),
    do: assertion(error, nil, width, formatter, counter_padding)

  defp assertion(error, code, width, formatter, pad) do
    label = if value?(error.right), do: 7, else: 6
    indent = label + byte_size(@pad)
    {left, right} = sides(error, indent, width, formatter)

    [
      message(error.message, formatter, pad),
      doctest(error.doctest, formatter, pad),
      expression(error, code, label, indent, formatter, pad),
      arguments(error.args, width, formatter, pad),
      labelled("left:", left, label, formatter, pad),
      labelled("right:", right, label, formatter, pad),
      mailbox(error, width, formatter, pad)
    ]
    |> IO.iodata_to_binary()
  end

  defp value?(value), do: value != ExUnit.AssertionError.no_value()

  defp message(message, formatter, pad) do
    if value?(message), do: [pad, formatter.(:error_info, pad_lines(message)), "\n"], else: []
  end

  defp doctest(doctest, formatter, pad) do
    if value?(doctest), do: [pad, formatter.(:extra_info, "doctest:"), String.replace(doctest, "\n", "\n  " <> @pad), "\n"], else: []
  end

  defp expression(%{expr: expr} = error, code, label, indent, formatter, pad) do
    cond do
      value?(expr) -> labelled("code:", code_lines(expr, indent), label, formatter, pad)
      code != nil and not value?(error.doctest) -> labelled("code:", code, label, formatter, pad)
      true -> []
    end
  end

  # A doctest gives the text of its comparison.
  defp code_lines(expr, indent) do
    text = if match?({:doctest, _}, expr), do: elem(expr, 1), else: code_to_string(expr)
    String.replace(text, "\n", "\n" <> String.duplicate(" ", indent))
  end

  defp code_to_string({fun, _, [expr | _]}) when fun in [:assert, :refute, :assert_receive, :assert_received], do: "#{fun} #{Macro.to_string(expr)}"
  defp code_to_string(expr), do: Macro.to_string(expr)

  defp labelled(_label, nil, _size, _formatter, _pad), do: []
  defp labelled(label, text, size, formatter, pad), do: [pad, formatter.(:extra_info, String.pad_trailing(label, size)), text, "\n"]

  defp arguments(args, width, formatter, pad) do
    if value?(args) do
      width = if width == :infinity, do: width, else: width - byte_size(@argument_pad)

      shown =
        for {arg, index} <- Enum.with_index(args, 1) do
          ["\n", @argument_pad, "# #{index}\n", @argument_pad, inspect_nested(arg, byte_size(@argument_pad), width), "\n"]
        end

      [pad, formatter.(:extra_info, "arguments:"), "\n", shown, "\n"]
    else
      []
    end
  end

  defp inspect_nested(term, indent, width) do
    term |> Algebra.to_doc(%Inspect.Opts{}) |> Algebra.group() |> Algebra.nest(indent) |> Algebra.format(width)
  end

  # The two sides, as text, nil where there is none.
  defp sides(error, indent, width, formatter) do
    %{left: left, right: right, context: context} = error
    width = if width == :infinity, do: width, else: width - indent
    plain = fn side, pattern? -> side_text(side, pattern?, indent, width) end

    if value?(left) and value?(right) and formatter.(:diff_enabled?, false) do
      diff(left, right, context, indent, width, formatter)
    else
      if match?({:mailbox, _, _}, context), do: {nil, nil}, else: {plain.(left, context), plain.(right, nil)}
    end
  end

  defp side_text(side, context, indent, width) do
    cond do
      not value?(side) -> nil
      match?({:match, _}, context) -> code_lines_of_pattern(side, indent)
      true -> inspect_nested(side, indent, width)
    end
  end

  defp diff(left, right, context, indent, width, formatter) do
    {diff, _env} = ExUnit.Diff.compute(left, right, context)
    left = ExUnit.Diff.to_algebra(diff.left, &marked(&1, :diff_delete, :diff_delete_whitespace, formatter))
    right = ExUnit.Diff.to_algebra(diff.right, &marked(&1, :diff_insert, :diff_insert_whitespace, formatter))
    {doc_text(left, indent, width), doc_text(right, indent, width)}
  end

  defp marked(doc, kind, blank_kind, formatter),
    do: formatter.(if(is_binary(doc) and String.trim_leading(doc) == "", do: blank_kind, else: kind), doc)

  defp code_lines_of_pattern(pattern, indent),
    do: pattern |> ExUnit.Diff.Patterns.source() |> Macro.to_string() |> String.replace("\n", "\n" <> String.duplicate(" ", indent))

  defp doc_text(doc, indent, width), do: doc |> Algebra.group() |> Algebra.nest(indent) |> Algebra.format(width)

  defp mailbox(%{context: {:mailbox, _pins, []}}, _width, _formatter, _pad), do: []

  defp mailbox(%{context: {:mailbox, pins, messages}, left: pattern}, width, formatter, pad) do
    indent = byte_size(@pad) + 11
    width = if width == :infinity, do: width, else: width - indent

    shown =
      for message <- messages do
        {left, right} =
          if formatter.(:diff_enabled?, false) do
            diff(pattern, message, {:match, pins}, indent, width, formatter)
          else
            {code_lines_of_pattern(pattern, indent), inspect_nested(message, indent, width)}
          end

        [@pad, "  ", formatter.(:extra_info, "pattern: "), left, "\n", @pad, "  ", formatter.(:extra_info, "value:   "), right, "\n"]
      end

    [pad, formatter.(:extra_info, "mailbox:"), "\n", Enum.intersperse(shown, "\n")]
  end

  defp mailbox(_error, _width, _formatter, _pad), do: []
end
