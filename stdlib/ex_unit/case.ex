# SPDX-License-Identifier: Apache-2.0
# ExUnit.Case: turns `test` and `describe` into functions and registers the module. Invariant: while a test module is
# compiled its tests stand in @ex_unit_tests, newest first; @ex_unit_describe is {line, name, counter} inside a block.
defmodule ExUnit.Case do
  @moduledoc "What a test module uses."

  @type env :: module | Macro.Env.t()
  @reserved [:module, :file, :line, :test, :async, :registered, :describe]

  defmacro __using__(opts) do
    quote do
      async = ExUnit.Case.__start__(__MODULE__, unquote(opts))
      unless Module.has_attribute?(__MODULE__, :ex_unit_tests), do: Module.put_attribute(__MODULE__, :ex_unit_async, async)
      use ExUnit.Callbacks
      import ExUnit.Callbacks
      import ExUnit.Assertions
      import ExUnit.Case, only: [describe: 2, test: 1, test: 2, test: 3]
      import ExUnit.DocTest
    end
  end

  @doc false
  def __start__(module, opts) do
    unless Keyword.keyword?(opts) do
      raise ArgumentError, "the argument passed to \"use ExUnit.Case\" must be a list of options, got: #{inspect(opts)}"
    end

    unless ExUnit.Server.running?() do
      raise "cannot use ExUnit.Case without starting the ExUnit application, " <>
              "please call ExUnit.start() or explicitly start the :ex_unit app"
    end

    registered? = Module.has_attribute?(module, :ex_unit_tests)

    unless registered? do
      Module.register_attribute(module, :tag, accumulate: true)
      Module.register_attribute(module, :describetag, accumulate: true)
      Module.register_attribute(module, :moduletag, accumulate: true)
      Module.register_attribute(module, :ex_unit_tests, accumulate: true)
      Module.register_attribute(module, :ex_unit_async, persist: true)
      Module.put_attribute(module, :ex_unit_async, false)
      Module.put_attribute(module, :before_compile, __MODULE__)
      Module.put_attribute(module, :after_compile, __MODULE__)
      Module.put_attribute(module, :ex_unit_describe, nil)
      Module.put_attribute(module, :ex_unit_used_describes, %{})
      for key <- [:ex_unit_registered_test_attributes, :ex_unit_registered_describe_attributes, :ex_unit_registered_module_attributes],
          do: Module.register_attribute(module, key, accumulate: true)
    end

    if Keyword.has_key?(opts, :async) or not registered?, do: Module.put_attribute(module, :ex_unit_async, Keyword.get(opts, :async, false))
    Module.get_attribute(module, :ex_unit_async)
  end

  @doc "Defines a test; the second argument is a pattern for its context."
  defmacro test(message, var \\ quote(do: _), contents) do
    unless is_tuple(var), do: warn_about_context(var, __CALLER__)
    contents = body(contents)
    var = Macro.escape(var)
    contents = Macro.escape(contents, unquote: true)

    quote bind_quoted: [var: var, contents: contents, message: message, line: __CALLER__.line] do
      name = ExUnit.Case.register_test(__MODULE__, __ENV__.file, line, :test, message, [])
      def unquote(name)(unquote(var)), do: unquote(contents)
    end
  end

  @doc "Defines a test that is not written yet, and fails."
  defmacro test(message) do
    quote bind_quoted: [message: message, line: __CALLER__.line] do
      name = ExUnit.Case.register_test(__MODULE__, __ENV__.file, line, :test, message, [:not_implemented])
      def unquote(name)(_), do: flunk("Not implemented")
    end
  end

  defp warn_about_context(contents, env) do
    IO.warn("test context is always a map. The pattern #{inspect(Macro.to_string(contents))} will never match", Macro.Env.stacktrace(env))
  end

  defp body(do: block) do
    quote do
      unquote(block)
      :ok
    end
  end

  defp body(contents) do
    quote do
      try(unquote(contents))
      :ok
    end
  end

  @doc "Groups tests under a name, with their own setups and tags."
  defmacro describe(message, do: block) do
    quote do
      ExUnit.Case.__open_describe__(__MODULE__, __ENV__.line, unquote(message))

      try do
        unquote(block)
      after
        ExUnit.Case.__close_describe__(__MODULE__)
      end
    end
  end

  @doc false
  def __open_describe__(module, line, message) do
    if Module.get_attribute(module, :ex_unit_describe) do
      raise "cannot call \"describe\" inside another \"describe\". See the documentation " <>
              "for ExUnit.Case.describe/2 on named setups and how to handle hierarchies"
    end

    used = Module.get_attribute(module, :ex_unit_used_describes)

    cond do
      not is_binary(message) -> raise ArgumentError, "describe name must be a string, got: #{inspect(message)}"
      is_map_key(used, message) -> raise ExUnit.DuplicateDescribeError, "describe #{inspect(message)} is already defined in #{inspect(module)}"
      true -> :ok
    end

    if Module.get_attribute(module, :describetag) != [] do
      raise "@describetag must be set inside describe/2 blocks"
    end

    Module.put_attribute(module, :ex_unit_describe, {line, message, map_size(used)})
    Module.put_attribute(module, :ex_unit_used_describes, Map.put(used, message, map_size(used)))
    :ok
  end

  @doc false
  def __close_describe__(module) do
    Module.put_attribute(module, :ex_unit_describe, nil)
    Module.delete_attribute(module, :describetag)
    Module.register_attribute(module, :describetag, accumulate: true)
    for attribute <- Module.get_attribute(module, :ex_unit_registered_describe_attributes), do: Module.delete_attribute(module, attribute)
    :ok
  end

  @doc false
  defmacro __before_compile__(env) do
    module = env.module

    tests =
      for {name, tags} <- Module.get_attribute(module, :ex_unit_tests),
          do: %ExUnit.Test{name: name, case: module, module: module, tags: tags}

    test_module = %ExUnit.TestModule{file: env.file, name: module, tests: tests}

    quote do
      def __ex_unit__(), do: unquote(Macro.escape(test_module))
    end
  end

  @doc false
  def __after_compile__(%{module: module}, _bytecode) do
    async? = :lists.keyfind(:ex_unit_async, 1, module.__info__(:attributes)) == {:ex_unit_async, [true]}
    ExUnit.Server.add_module(module, async?)
  end

  @doc "Registers a test under `test_type`; returns the name of the function to define."
  @spec register_test(map, atom, String.t(), [atom]) :: atom
  def register_test(%{module: module, file: file, line: line}, test_type, name, tags),
    do: register_test(module, file, line, test_type, name, tags)

  @doc "Like `register_test/4`, with module, file and line given."
  @spec register_test(module, String.t(), non_neg_integer, atom, String.t(), [atom]) :: atom
  def register_test(module, file, line, test_type, name, tags) do
    unless Module.has_attribute?(module, :ex_unit_tests) do
      raise "cannot define #{test_type}. Please make sure you have invoked " <> "\"use ExUnit.Case\" in the current module"
    end

    registered =
      Map.new(registered(module, :test), &{&1, Module.get_attribute(module, &1)})
      |> Map.merge(Map.new(registered(module, :describe), &{&1, Module.get_attribute(module, &1)}))
      |> Map.merge(Map.new(registered(module, :module), &{&1, Module.get_attribute(module, &1)}))

    moduletag = Module.get_attribute(module, :moduletag)
    tag = Module.delete_attribute(module, :tag) || []
    Module.register_attribute(module, :tag, accumulate: true)

    {name, describe, describe_line, describetag} =
      case Module.get_attribute(module, :ex_unit_describe) do
        {line, describe, _counter} ->
          {test_name(module, test_type, "#{describe} #{name}"), describe, line, Module.get_attribute(module, :describetag)}
        nil -> {test_name(module, test_type, name), nil, nil, []}
      end

    if Module.defines?(module, {name, 1}) do
      raise ExUnit.DuplicateTestError, "#{inspect(Atom.to_string(name))} is already defined in #{inspect(module)}"
    end

    all =
      (tags ++ tag ++ describetag ++ moduletag)
      |> normalize_tags()
      |> validate_tags()
      |> Map.merge(%{line: line, file: file, registered: registered, async: async?(module), describe: describe, describe_line: describe_line,
                     test_type: test_type})

    Module.put_attribute(module, :ex_unit_tests, {name, all})
    for attribute <- Module.get_attribute(module, :ex_unit_registered_test_attributes), do: Module.delete_attribute(module, attribute)
    name
  end

  defp async?(module), do: Module.get_attribute(module, :ex_unit_async)

  defp test_name(_module, type, name) do
    text = "#{type} #{name}"

    if String.length(text) > 255 do
      raise SystemLimitError,
            "the computed name of a test (which includes its type, the name of its parent describe block if present, " <>
              "and the test name itself) must be shorter than 255 characters, got: #{inspect(text)}\n"
    end

    String.to_atom(text)
  end

  defp normalize_tags(tags) do
    Enum.reduce(Enum.reverse(tags), %{}, fn
      key, acc when is_atom(key) -> Map.put(acc, key, true)
      tags, acc when is_list(tags) -> Enum.into(tags, acc)
    end)
  end

  defp validate_tags(tags) do
    for tag <- @reserved, Map.has_key?(tags, tag), do: raise("cannot set tag #{inspect(tag)} because it is reserved by ExUnit")

    unless is_atom(tags[:test_type] || :test), do: raise("value for tag \":test_type\" must be an atom")
    tags
  end

  defp registered(module, scope), do: Module.get_attribute(module, registry(scope)) || []

  defp registry(:test), do: :ex_unit_registered_test_attributes
  defp registry(:describe), do: :ex_unit_registered_describe_attributes
  defp registry(:module), do: :ex_unit_registered_module_attributes

  @doc "Registers an attribute that stands for the next test, in the context under `:registered`."
  @spec register_attribute(env, atom, keyword) :: :ok
  def register_attribute(env, name, opts \\ []), do: register(env, name, opts, :test)

  @doc "Registers an attribute that stands for a `describe` block."
  @spec register_describe_attribute(env, atom, keyword) :: :ok
  def register_describe_attribute(env, name, opts \\ []), do: register(env, name, opts, :describe)

  @doc "Registers an attribute that stands for the whole module."
  @spec register_module_attribute(env, atom, keyword) :: :ok
  def register_module_attribute(env, name, opts \\ []), do: register(env, name, opts, :module)

  defp register(%{module: module}, name, opts, scope), do: register(module, name, opts, scope)

  defp register(module, name, opts, scope) when is_atom(module) and is_atom(name) do
    Module.register_attribute(module, name, opts)
    Module.put_attribute(module, registry(scope), name)
    :ok
  end
end
