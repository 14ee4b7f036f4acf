# SPDX-License-Identifier: Apache-2.0
# Config and Config.Reader: configuration files. Invariant: what a file has configured so far, the options it is read with and the files it has
# imported lie in the process dictionary, and only while a file is read.
defmodule Config do
  @moduledoc "What configuration files import: `config/2`, `config/3`, `import_config/1`, `config_env/0` and `config_target/0`."

  @config {__MODULE__, :config}
  @opts {__MODULE__, :opts}
  @imports {__MODULE__, :imports}

  @doc "Configures an application with a keyword list, merged into what is there."
  @spec config(atom, keyword) :: :ok
  def config(root_key, opts) when is_atom(root_key) and is_list(opts) do
    unless Keyword.keyword?(opts), do: raise(ArgumentError, "config/2 expected a keyword list, got: #{inspect(opts)}")
    merge_in([{root_key, opts}])
  end

  @doc "Configures one key of an application; keyword lists are merged."
  @spec config(atom, atom, term) :: :ok
  def config(root_key, key, opts) when is_atom(root_key) and is_atom(key), do: merge_in([{root_key, [{key, opts}]}])

  defp merge_in(config) do
    Process.put(@config, __merge__(state!(@config), config))
    :ok
  end

  @doc "The environment the file is read for, such as `:dev`."
  defmacro config_env() do
    quote do: Config.__env__!()
  end

  @doc "The target the file is read for."
  defmacro config_target() do
    quote do: Config.__target__!()
  end

  @doc "Reads another file, whose name is relative to this one's."
  defmacro import_config(file) do
    quote do: Config.__import__!(Path.expand(unquote(file), __DIR__))
  end

  @doc false
  @spec __env__!() :: atom
  def __env__!(), do: option!(:env)

  @doc false
  @spec __target__!() :: atom
  def __target__!(), do: option!(:target)

  defp option!(key) do
    case state!(@opts) do
      {%{^key => value}, _} -> value
      _ -> raise "no #{inspect(key)} key was given to this configuration file"
    end
  end

  defp state!(key) do
    Process.get(key) || raise "could not set configuration via Config. This usually means you are trying to execute a configuration file directly, instead of reading it with Config.Reader"
  end

  @doc false
  @spec __import__!(Path.t()) :: term
  def __import__!(file) when is_binary(file) do
    case state!(@imports) do
      :disabled ->
        raise "import_config/1 is not enabled for this configuration file. " <>
                "Some configuration files do not allow importing other files as they are often copied to external systems"

      files ->
        if file in files do
          raise ArgumentError, "attempting to load configuration #{Path.relative_to_cwd(file)} recursively"
        end

        Process.put(@imports, [file | files])
        {_, _} = Code.eval_string(File.read!(file), [], file: file, line: 1)
        :ok
    end
  end

  @doc false
  @spec __eval__!(Path.t(), binary, [Path.t()] | :disabled, keyword) :: {keyword, [Path.t()] | :disabled}
  def __eval__!(file, content, imports, opts) do
    outer = for key <- [@config, @opts, @imports], do: {key, Process.get(key)}
    Process.put(@config, [])
    Process.put(@opts, {Map.new(opts), file})
    Process.put(@imports, if(imports == :disabled, do: :disabled, else: [file | imports]))

    try do
      {value, _} = Code.eval_string(content, [], file: file, line: 1)
      {result(Process.get(@config), value), Process.get(@imports)}
    after
      for {key, value} <- outer, do: if(value == nil, do: Process.delete(key), else: Process.put(key, value))
    end
  end

  # A file of the old form ends with its configuration instead of calling config.
  defp result([], value) when is_list(value) do
    if Keyword.keyword?(value) and Enum.all?(value, fn {_, v} -> is_list(v) and Keyword.keyword?(v) end), do: value, else: []
  end

  defp result(config, _value), do: config

  @doc false
  @spec __merge__(keyword, keyword) :: keyword
  def __merge__(config1, config2) do
    Keyword.merge(config1, config2, fn _, app1, app2 -> Keyword.merge(app1, app2, &deep_merge/3) end)
  end

  defp deep_merge(_key, value1, value2) do
    if Keyword.keyword?(value1) and Keyword.keyword?(value2), do: Keyword.merge(value1, value2, &deep_merge/3), else: value2
  end
end

defmodule Config.Provider do
  @moduledoc "What gives configuration when a system starts, and where it may lie."

  @type config :: keyword
  @type state :: term
  @type config_path :: {:system, binary, binary} | binary

  @callback init(term) :: state
  @callback load(config, state) :: config

  @doc "Raises unless the path is absolute, or begins at a variable of the system."
  @spec validate_config_path!(config_path) :: :ok
  def validate_config_path!({:system, name, path}) when is_binary(name) and is_binary(path), do: :ok
  def validate_config_path!(path) when is_binary(path), do: if(Path.type(path) == :absolute, do: :ok, else: wrong_path(path))
  def validate_config_path!(path), do: wrong_path(path)

  defp wrong_path(path) do
    raise ArgumentError, """
    expected configuration path to be:

      * a binary representing an absolute path
      * a tuple {:system, system_var, path} where the config is the concatenation of the `system_var` with the given `path`

    Got: #{inspect(path)}
    """
  end

  @doc "The path as a binary."
  @spec resolve_config_path!(config_path) :: binary
  def resolve_config_path!(path) when is_binary(path), do: path
  def resolve_config_path!({:system, name, path}), do: System.fetch_env!(name) <> path
end

defmodule Config.Reader do
  @behaviour Config.Provider
  @moduledoc "Reads configuration files."

  @doc "The configuration a source text makes; `opts`: `:env`, `:target`, `:imports`."
  @spec eval!(Path.t(), binary, keyword) :: keyword
  def eval!(file, contents, opts \\ []) when is_binary(file) and is_binary(contents) and is_list(opts) do
    {imports, opts} = Keyword.pop(opts, :imports, [])
    {config, _} = Config.__eval__!(Path.expand(file), contents, imports, opts)
    config
  end

  @doc "The configuration of a file."
  @spec read!(Path.t(), keyword) :: keyword
  def read!(file, opts \\ []) when is_binary(file) and is_list(opts) do
    file = Path.expand(file)
    eval!(file, File.read!(file), opts)
  end

  @doc "The configuration of a file and the files it read."
  @spec read_imports!(Path.t(), keyword) :: {keyword, [Path.t()]}
  def read_imports!(file, opts \\ []) when is_binary(file) and is_list(opts) do
    file = Path.expand(file)
    {imports, opts} = Keyword.pop(opts, :imports, [])
    if imports == :disabled, do: raise(ArgumentError, ":imports must be a list of paths")
    Config.__eval__!(file, File.read!(file), imports, opts)
  end

  @doc """
  Merges two configurations: keyword lists deeply, the second wins.

      iex> Config.Reader.merge([app: [a: 1]], app: [b: 2])
      [app: [a: 1, b: 2]]
  """
  @spec merge(keyword, keyword) :: keyword
  def merge(config1, config2) when is_list(config1) and is_list(config2), do: Config.__merge__(config1, config2)

  @doc false
  def init(opts) when is_list(opts) do
    {path, opts} = Keyword.pop!(opts, :path)
    Config.Provider.validate_config_path!(path)
    {path, Keyword.take(opts, [:env, :target, :imports])}
  end

  def init(path), do: init(path: path)

  @doc false
  def load(config, {path, opts}),
    do: merge(config, read!(Config.Provider.resolve_config_path!(path), Keyword.put_new(opts, :imports, :disabled)))
end
