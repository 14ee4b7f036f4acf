# SPDX-License-Identifier: Apache-2.0
# EEx: templates with Elixir inside, compiled to quoted forms.
#
# Owns what users call; EEx.Tokenizer cuts a template up, EEx.Compiler drives an engine over the pieces. Invariant: whatever is wrong
# with a template is an EEx.SyntaxError, or Elixir's own syntax error, with file, line and column of the template.
defmodule EEx do
  @moduledoc """
  Embedded Elixir: `<%= expression %>` is output, `<% expression %>` only evaluated, `<%# comment %>` and `<%!-- comment --%>`
  are dropped, `<%% %>` stands for itself.

  Options: `:file`, `:line`, `:indentation`, `:engine` (by default `EEx.SmartEngine`), `:trim` (keeps of the blanks around tags one
  line end at most), `:parser_options`; the engine gets them all.
  """

  @doc """
  Defines a function `name` with `args` that renders the template; `kind` is `:def` or `:defp`.

      defmodule Sample do
        require EEx
        EEx.function_from_string(:def, :sum, "<%= a + b %>", [:a, :b])
      end
  """
  defmacro function_from_string(kind, name, template, args \\ [], options \\ []) do
    quote bind_quoted: [kind: kind, name: name, template: template, args: args, options: options] do
      info = Keyword.merge([file: __ENV__.file, line: __ENV__.line], options)
      args = Enum.map(args, fn arg -> {arg, [line: info[:line]], nil} end)
      compiled = EEx.compile_string(template, info)

      case kind do
        :def -> def unquote(name)(unquote_splicing(args)), do: unquote(compiled)
        :defp -> defp unquote(name)(unquote_splicing(args)), do: unquote(compiled)
      end
    end
  end

  @doc "As `function_from_string/5` with the template in a file, which becomes an external resource of the module."
  defmacro function_from_file(kind, name, file, args \\ [], options \\ []) do
    quote bind_quoted: [kind: kind, name: name, file: file, args: args, options: options] do
      info = Keyword.merge([file: IO.chardata_to_string(file), line: 1], options)
      args = Enum.map(args, fn arg -> {arg, [line: 1], nil} end)
      compiled = EEx.compile_file(file, info)
      @external_resource file
      @file file

      case kind do
        :def -> def unquote(name)(unquote_splicing(args)), do: unquote(compiled)
        :defp -> defp unquote(name)(unquote_splicing(args)), do: unquote(compiled)
      end
    end
  end

  @doc """
  The quoted form of the template.

      iex> EEx.compile_string("a") |> Macro.to_string()
      ~s("a")
  """
  @spec compile_string(String.t(), keyword) :: Macro.t()
  def compile_string(source, options \\ []) when is_binary(source) and is_list(options) do
    case tokenize(source, options) do
      {:ok, tokens} -> EEx.Compiler.compile(tokens, options)
      {:error, message, %{line: line, column: column}} -> raise EEx.SyntaxError, syntax_error(message, line, column, options)
    end
  end

  defp syntax_error(message, line, column, options), do: [message: message, file: options[:file] || "nofile", line: line, column: column]

  @doc "As `compile_string/2` with the template in a file."
  @spec compile_file(Path.t(), keyword) :: Macro.t()
  def compile_file(filename, options \\ []) when is_list(options) do
    options = Keyword.merge([file: IO.chardata_to_string(filename), line: 1], options)
    compile_string(File.read!(filename), options)
  end

  @doc """
  What the template renders to under the binding.

      iex> EEx.eval_string("foo <%= bar %>", bar: "baz")
      "foo baz"
      iex> EEx.eval_string("<%= @a %>", assigns: [a: 1])
      "1"
  """
  @spec eval_string(String.t(), keyword, keyword) :: term
  def eval_string(source, bindings \\ [], options \\ []) when is_binary(source) and is_list(bindings) and is_list(options) do
    source |> compile_string(options) |> evaluate(bindings, options)
  end

  @doc "As `eval_string/3` with the template in a file."
  @spec eval_file(Path.t(), keyword, keyword) :: term
  def eval_file(filename, bindings \\ [], options \\ []) when is_list(bindings) and is_list(options) do
    options = Keyword.put_new(options, :file, IO.chardata_to_string(filename))
    filename |> compile_file(options) |> evaluate(bindings, options)
  end

  defp evaluate(compiled, bindings, options) do
    {result, _} = Code.eval_quoted(compiled, bindings, options)
    result
  end

  @doc """
  The pieces of a template: `{:ok, tokens}` or `{:error, message, position}`.

  A token is `{:text, chars, meta}`, `{kind, marker, chars, meta}` with kind `:expr`, `:start_expr`, `:middle_expr` or `:end_expr`,
  `{:comment, chars, meta}` or `{:eof, meta}`; meta has line and column.

      iex> EEx.tokenize("a<%= b %>") |> elem(1) |> Enum.map(&elem(&1, 0))
      [:text, :expr, :eof]
  """
  @spec tokenize(IO.chardata(), keyword) :: {:ok, [tuple]} | {:error, String.t(), map}
  def tokenize(contents, opts \\ []), do: EEx.Tokenizer.tokenize(IO.chardata_to_string(contents), opts)
end

defmodule EEx.SyntaxError do
  @moduledoc "A template that cannot be compiled."

  defexception [:message, :file, :line, :column]

  @impl true
  def message(error), do: "#{error.file}:#{error.line}:#{error.column}: #{error.message}"
end
