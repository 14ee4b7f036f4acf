# SPDX-License-Identifier: Apache-2.0
# Code: compiling, evaluating, loading and parsing code at run time.
#
# Thin over the natives of :phial_compiler and :code. Invariant: whatever is wrong with a source becomes one of the
# exceptions SyntaxError, TokenMissingError or CompileError, raised in the caller.
defmodule Code do
  @moduledoc "Functions for managing code compilation, evaluation and loading."

  @type binding :: [{atom | tuple, any}]

  @options [
    :docs, :debug_info, :ignore_already_consolidated, :ignore_module_conflict, :relative_paths, :warnings_as_errors,
    :no_warn_undefined, :tracers, :parser_options
  ]
  @booleans [
    :docs, :debug_info, :ignore_already_consolidated, :ignore_module_conflict, :relative_paths, :warnings_as_errors
  ]

  ## Loading

  @doc "Is the module loaded, or can it be?\n\n    iex> Code.ensure_loaded?(String)\n    true"
  @spec ensure_loaded?(module) :: boolean
  def ensure_loaded?(module) when is_atom(module), do: match?({:module, _}, :code.ensure_loaded(module))

  @doc "Loads the module if need be.\n\n    iex> Code.ensure_loaded(String)\n    {:module, String}"
  @spec ensure_loaded(module) :: {:module, module} | {:error, atom}
  def ensure_loaded(module) when is_atom(module), do: :code.ensure_loaded(module)

  @doc "As `ensure_loaded/1`, raising `ArgumentError` on failure."
  @spec ensure_loaded!(module) :: module
  def ensure_loaded!(module), do: loaded!(module, ensure_loaded(module))

  @doc "Loads the module, or waits until it is compiled."
  @spec ensure_compiled(module) :: {:module, module} | {:error, atom}
  def ensure_compiled(module) when is_atom(module) do
    case :code.ensure_loaded(module) do
      {:error, _} = error -> if :phial_builder.waits?() and :phial_builder.await(module), do: {:module, module}, else: error
      loaded -> loaded
    end
  end

  @doc "As `ensure_compiled/1`, raising `ArgumentError` on failure."
  @spec ensure_compiled!(module) :: module
  def ensure_compiled!(module), do: loaded!(module, ensure_compiled(module))

  @doc false
  @deprecated "Use Code.ensure_compiled/1 instead (see the proper disclaimers in its docs)"
  def ensure_compiled?(module), do: match?({:module, ^module}, ensure_compiled(module))

  defp loaded!(_module, {:module, loaded}), do: loaded

  defp loaded!(module, {:error, reason}),
    do: raise(ArgumentError, "could not load module #{inspect(module)} due to reason #{inspect(reason)}")

  @doc "May the caller wait for modules under compilation?"
  @spec can_await_module_compilation?() :: boolean
  def can_await_module_compilation?(), do: :phial_builder.waits?()

  @doc "Adds a directory at the end of the code path."
  @spec append_path(Path.t()) :: true | {:error, :bad_directory}
  def append_path(path), do: :code.add_pathz(String.to_charlist(Path.expand(path)))

  @doc "Adds a directory in front of the code path."
  @spec prepend_path(Path.t()) :: boolean | {:error, :bad_directory}
  def prepend_path(path), do: :code.add_patha(String.to_charlist(Path.expand(path)))

  @doc "Removes a directory from the code path."
  @spec delete_path(Path.t()) :: boolean
  def delete_path(path), do: :code.del_path(String.to_charlist(Path.expand(path)))

  @doc "Forgets modules made only for evaluation; there are none to keep."
  @spec purge_compiler_modules() :: {:ok, non_neg_integer}
  def purge_compiler_modules(), do: {:ok, 0}

  ## Files

  @doc "Files required so far."
  @spec required_files() :: [binary]
  def required_files(), do: :lists.usort(:persistent_term.get({__MODULE__, :required}, []))

  @doc false
  @deprecated "Use Code.required_files/0 instead"
  def loaded_files(), do: required_files()

  @doc "Forgets that the files were required."
  @spec unrequire_files([binary]) :: :ok
  def unrequire_files(files) when is_list(files), do: :persistent_term.put({__MODULE__, :required}, required_files() -- files)

  @doc false
  @deprecated "Use Code.unrequire_files/1 instead"
  def unload_files(files), do: unrequire_files(files)

  @doc "Compiles and runs the file unless it was required before; its modules, or nil."
  @spec require_file(binary, nil | binary) :: [{module, binary}] | nil
  def require_file(file, relative_to \\ nil) when is_binary(file) do
    path = find_file!(file, relative_to)

    if path in required_files() do
      nil
    else
      note_required(path)
      :phial_compiler.compile_file(path)
    end
  end

  @doc false
  def note_required(path), do: :persistent_term.put({__MODULE__, :required}, [path | required_files()])

  @doc "Compiles and runs the file; `[{module, binary}]`."
  @spec compile_file(binary, nil | binary) :: [{module, binary}]
  def compile_file(file, relative_to \\ nil) when is_binary(file),
    do: :phial_compiler.compile_file(find_file!(file, relative_to))

  @doc false
  @deprecated "Use Code.require_file/2 or Code.compile_file/2 instead"
  def load_file(file, relative_to \\ nil) when is_binary(file) do
    path = find_file!(file, relative_to)
    note_required(path)
    :phial_compiler.compile_file(path)
  end

  @doc "Evaluates the file; `{value, binding}`."
  @spec eval_file(binary, nil | binary) :: {term, binding}
  def eval_file(file, relative_to \\ nil) when is_binary(file) do
    path = find_file!(file, relative_to)
    eval_string(File.read!(path), [], file: path, line: 1)
  end

  defp find_file!(file, relative_to) do
    path = if relative_to, do: Path.expand(file, relative_to), else: Path.expand(file)

    case File.regular?(path) do
      true -> path
      false -> raise Code.LoadError, file: path, reason: if(File.dir?(path), do: :eisdir, else: :enoent)
    end
  end

  ## Compiling and evaluating

  @doc "Compiles and runs the source; `[{module, binary}]`."
  @spec compile_string(List.Chars.t(), binary) :: [{module, binary}]
  def compile_string(string, file \\ "nofile") when is_binary(file),
    do: :phial_compiler.compile_string(to_source(string), file)

  @doc "Compiles and runs the quoted expression; `[{module, binary}]`."
  @spec compile_quoted(Macro.t(), binary) :: [{module, binary}]
  def compile_quoted(quoted, file \\ "nofile") when is_binary(file) do
    expressions =
      case quoted do
        {:__block__, _, list} when is_list(list) -> list
        other -> [other]
      end

    env = env_for_eval(file: file)

    {modules, _, _} =
      Enum.reduce(expressions, {[], [], env}, fn expression, {modules, binding, env} ->
        {value, binding, env} = :phial_compiler.eval_quoted(expression, binding, env)
        {modules_of(value) ++ modules, binding, env}
      end)

    :lists.reverse(modules)
  end

  defp modules_of({:module, module, binary, _}) when is_atom(module), do: [{module, binary}]
  defp modules_of(_), do: []

  @doc "Evaluates the source; `{value, binding}`.\n\n    iex> Code.eval_string(\"a + b\", a: 1, b: 2) |> elem(0)\n    3"
  @spec eval_string(List.Chars.t(), binding, Macro.Env.t() | keyword) :: {term, binding}
  def eval_string(string, binding \\ [], opts \\ [])

  def eval_string(string, binding, %{__struct__: Macro.Env} = env) do
    quoted = string_to_quoted!(string, file: env.file, line: env.line)
    eval_quoted(quoted, binding, env)
  end

  def eval_string(string, binding, opts) when is_list(opts) do
    quoted = string_to_quoted!(string, Keyword.take(opts, [:file, :line]))
    eval_quoted(quoted, binding, opts)
  end

  @doc "Evaluates the quoted expression; `{value, binding}`.\n\n    iex> Code.eval_quoted(quote(do: 1 + 2)) |> elem(0)\n    3"
  @spec eval_quoted(Macro.t(), binding, Macro.Env.t() | keyword) :: {term, binding}
  def eval_quoted(quoted, binding \\ [], env_or_opts \\ []) do
    {value, binding, _env} = :phial_compiler.eval_quoted(quoted, binding, env_or_opts)
    {value, binding}
  end

  @doc "As `eval_quoted/3`, with the environment after it."
  @spec eval_quoted_with_env(Macro.t(), binding, Macro.Env.t()) :: {term, binding, Macro.Env.t()}
  def eval_quoted_with_env(quoted, binding, %{__struct__: Macro.Env} = env) when is_list(binding),
    do: :phial_compiler.eval_quoted(quoted, binding, env)

  @doc "An environment to evaluate in, from options such as `:file` and `:line`."
  @spec env_for_eval(Macro.Env.t() | keyword) :: Macro.Env.t()
  def env_for_eval(%{__struct__: Macro.Env} = env), do: env

  def env_for_eval(opts) when is_list(opts) do
    {env, _, _} = :phial_compiler.eval_quoted({:__ENV__, [], nil}, [], opts)
    line = Keyword.get(opts, :line, 1)
    %{env | line: line}
  end

  ## Parsing

  @doc """
  The quoted form of the source, or `{:error, {meta, message, token}}`.

      iex> Code.string_to_quoted("1 + :a")
      {:ok, {:+, [line: 1], [1, :a]}}
  """
  @spec string_to_quoted(List.Chars.t(), keyword) :: {:ok, Macro.t()} | {:error, {keyword, binary | {binary, binary}, binary}}
  def string_to_quoted(string, opts \\ []) do
    source = to_source(string)

    if Keyword.has_key?(opts, :literal_encoder) or Keyword.has_key?(opts, :static_atoms_encoder),
      do: Code.Encoder.parse(source, opts),
      else: :phial_compiler.string_to_quoted(source, opts)
  end

  @doc "As `string_to_quoted/2`, raising `SyntaxError` or `TokenMissingError`."
  @spec string_to_quoted!(List.Chars.t(), keyword) :: Macro.t()
  def string_to_quoted!(string, opts \\ []) do
    source = to_source(string)

    case string_to_quoted(source, opts) do
      {:ok, quoted} -> quoted
      {:error, {meta, reason, token}} -> raise_syntax(source, opts, meta, reason, token)
    end
  end

  # What the parser refuses it raises itself; the rest an encoder refused.
  defp raise_syntax(source, opts, meta, reason, token) do
    file = Keyword.get(opts, :file, "nofile")
    :phial_compiler.parse!(source, file, Keyword.drop(opts, [:literal_encoder, :static_atoms_encoder]))
    raise SyntaxError, file: file, line: meta[:line], column: meta[:column], description: reason <> token
  end

  @doc "The quoted form and the comments: `{:ok, quoted, comments}`."
  @spec string_to_quoted_with_comments(List.Chars.t(), keyword) :: {:ok, Macro.t(), [map]} | {:error, tuple}
  def string_to_quoted_with_comments(string, opts \\ []) do
    source = to_source(string)

    with {:ok, quoted} <- string_to_quoted(source, opts) do
      {:ok, quoted, Code.Comments.scan(source)}
    end
  end

  @doc "As `string_to_quoted_with_comments/2`, raising on errors: `{quoted, comments}`."
  @spec string_to_quoted_with_comments!(List.Chars.t(), keyword) :: {Macro.t(), [map]}
  def string_to_quoted_with_comments!(string, opts \\ []) do
    source = to_source(string)
    {string_to_quoted!(source, opts), Code.Comments.scan(source)}
  end

  @doc "The quoted expression as an algebra document of source code."
  @spec quoted_to_algebra(Macro.t(), keyword) :: Inspect.Algebra.t()
  def quoted_to_algebra(quoted, opts \\ []), do: Code.Formatter.to_algebra(quoted, opts)

  @doc "The source formatted, as iodata.\n\n    iex> Code.format_string!(\"1+2\") |> IO.iodata_to_binary()\n    \"1 + 2\""
  @spec format_string!(binary, keyword) :: iodata
  def format_string!(string, opts \\ []) when is_binary(string) and is_list(opts) do
    line_length = Keyword.get(opts, :line_length, 98)

    {quoted, comments} =
      string_to_quoted_with_comments!(string,
        file: Keyword.get(opts, :file, "nofile"),
        line: Keyword.get(opts, :line, 1),
        unescape: false,
        emit_warnings: false,
        token_metadata: true,
        columns: true,
        literal_encoder: fn literal, meta -> {:ok, {:__block__, meta, [literal]}} end
      )

    doc = Code.Formatter.to_algebra(quoted, [{:comments, comments} | opts])
    Inspect.Algebra.format(doc, line_length)
  end

  @doc "The file formatted, with a line end, as iodata."
  @spec format_file!(binary, keyword) :: iodata
  def format_file!(file, opts \\ []) when is_binary(file) and is_list(opts) do
    [format_string!(File.read!(file), [{:file, file}, {:line, 1} | opts]), ?\n]
  end

  @doc "What stands before the cursor; see `Code.Fragment.cursor_context/2`."
  @deprecated "Use Code.Fragment.cursor_context/2 instead"
  def cursor_context(code, options \\ []), do: Code.Fragment.cursor_context(code, options)

  defp to_source(string) when is_binary(string), do: string
  defp to_source(chars), do: IO.chardata_to_string(to_charlist(chars))

  ## Options and docs

  @doc "Names of the compiler options."
  @spec available_compiler_options() :: [atom]
  def available_compiler_options(), do: @options

  @doc "All compiler options."
  @spec compiler_options() :: map
  def compiler_options(), do: :maps.from_list(for(key <- @options, do: {key, get_compiler_option(key)}))

  @doc "Sets compiler options."
  @spec compiler_options(Enumerable.t()) :: map
  def compiler_options(opts) do
    for {key, value} <- opts, into: %{} do
      previous = if key in @options, do: get_compiler_option(key)
      put_compiler_option(key, value)
      {key, previous}
    end
  end

  @doc "The value of a compiler option."
  @spec get_compiler_option(atom) :: term
  def get_compiler_option(key) when key in @options, do: :persistent_term.get({__MODULE__, :option, key}, default_option(key))

  defp default_option(key) when key in [:docs, :debug_info, :relative_paths], do: true
  defp default_option(key) when key in [:no_warn_undefined, :tracers, :parser_options], do: []
  defp default_option(_key), do: false

  @doc "Sets a compiler option."
  @spec put_compiler_option(atom, term) :: :ok
  def put_compiler_option(key, value) when key in @booleans do
    unless is_boolean(value) do
      raise "compiler option #{inspect(key)} should be a boolean, got: #{inspect(value)}"
    end

    :persistent_term.put({__MODULE__, :option, key}, value)
  end

  def put_compiler_option(:no_warn_undefined, value) do
    if value != :all and not is_list(value) do
      raise "compiler option :no_warn_undefined should be a list or the atom :all, got: #{inspect(value)}"
    end

    :persistent_term.put({__MODULE__, :option, :no_warn_undefined}, value)
  end

  def put_compiler_option(key, value) when key in [:parser_options, :tracers] do
    unless is_list(value) do
      raise "compiler option #{inspect(key)} should be a list, got: #{inspect(value)}"
    end

    if key == :tracers, do: :phial_compiler.set_tracers(value)

    :persistent_term.put({__MODULE__, :option, key}, value)
  end

  def put_compiler_option(key, _value), do: raise("unknown compiler option: #{inspect(key)}")

  @doc "The docs of a module, as `{:docs_v1, ...}`, or an error."
  @spec fetch_docs(module | String.t()) :: tuple | {:error, term}
  def fetch_docs(module) when is_atom(module) do
    case ensure_loaded?(module) && :phial.docs(module) do
      false -> {:error, :module_not_found}
      nil -> natives_alone(elsewhere(module))
      docs -> put_elem(docs, 6, __in_order__(elem(docs, 6) ++ elsewhere(module)))
    end
  end

  def fetch_docs(path) when is_binary(path) do
    case :beam_lib.chunks(String.to_charlist(path), ['Docs']) do
      {:ok, {_, [{'Docs', docs}]}} -> :erlang.binary_to_term(docs)
      {:error, :beam_lib, {:missing_chunk, _, _}} -> {:error, :chunk_not_found}
      {:error, :beam_lib, {:file_error, _, :enoent}} -> {:error, :module_not_found}
      {:error, :beam_lib, reason} -> {:error, reason}
    end
  end

  defp natives_alone([]), do: {:error, :chunk_not_found}
  defp natives_alone(docs), do: {:docs_v1, 0, :erlang, "text/markdown", :none, %{}, __in_order__(docs)}

  # Some of Kernel's macros are the compiler's, some of the functions of Erlang's modules are the VM's.
  defp elsewhere(Kernel), do: elem(:phial.docs(:phial_definitions), 6)

  defp elsewhere(module) do
    case Atom.to_string(module) do
      "Elixir." <> _ ->
        []

      _ ->
        for {name, arity, text} <- :phial.native_docs(module),
            do: {{:function, name, arity}, 0, ["#{Macro.inspect_atom(:remote_call, name)}/#{arity}"], %{"en" => text}, %{}}
    end
  end

  # Definitions and callbacks by name, then types as they stand in the source, opaque ones last.
  @doc false
  def __in_order__(entries) do
    {types, others} = :lists.partition(fn entry -> elem(elem(entry, 0), 0) == :type end, entries)
    {callbacks, definitions} = :lists.partition(fn entry -> elem(elem(entry, 0), 0) in [:callback, :macrocallback] end, others)
    {opaque, types} = :lists.partition(fn entry -> is_map_key(elem(entry, 4), :opaque) end, types)
    :lists.keysort(1, definitions) ++ :lists.keysort(1, callbacks) ++ types ++ opaque
  end

  @doc false
  @deprecated "Code.get_docs/2 always returns nil as its outdated documentation is no longer stored on BEAM files. Use Code.fetch_docs/1 instead"
  def get_docs(_module, _kind), do: nil
end
