# SPDX-License-Identifier: Apache-2.0
# Macro.Env: the compile-time environment behind __ENV__ and __CALLER__.
#
# Invariant: the compiler in C builds these structs (env_of) with exactly the fields below; a field added
# here is added there.
defmodule Macro.Env do
  @moduledoc "A struct that holds compile-time environment information."

  defstruct module: nil,
            file: "nofile",
            line: 0,
            function: nil,
            context: nil,
            aliases: [],
            requires: [],
            functions: [],
            macros: [],
            macro_aliases: [],
            context_modules: [],
            versioned_vars: %{},
            lexical_tracker: nil,
            tracers: []

  @type t :: %{__struct__: __MODULE__}

  @doc "The variables in scope as `{name, context}`."
  @spec vars(t) :: [{atom, atom | term}]
  def vars(%{__struct__: Macro.Env, versioned_vars: vars}), do: :lists.sort(:maps.keys(vars))

  @doc "Is the variable in scope?"
  @spec has_var?(t, {atom, atom | term}) :: boolean
  def has_var?(%{__struct__: Macro.Env, versioned_vars: vars}, variable), do: :maps.is_key(variable, vars)

  @doc "File and line, as a keyword list."
  @spec location(t) :: keyword
  def location(%{__struct__: Macro.Env, file: file, line: line}), do: [file: file, line: line]

  @doc "Is the environment a guard?"
  @spec in_guard?(t) :: boolean
  def in_guard?(%{__struct__: Macro.Env, context: context}), do: context == :guard

  @doc "Is the environment a pattern?"
  @spec in_match?(t) :: boolean
  def in_match?(%{__struct__: Macro.Env, context: context}), do: context == :match

  @doc "The environment inside a pattern."
  @spec to_match(t) :: t
  def to_match(%{__struct__: Macro.Env, context: :match} = env), do: env
  def to_match(%{__struct__: Macro.Env} = env), do: %{env | context: :match}

  @doc "Is the module required?"
  @spec required?(t, module) :: boolean
  def required?(%{__struct__: Macro.Env, requires: requires}, module) when is_atom(module),
    do: :lists.member(module, requires)

  @doc "What the alias stands for: `{:ok, module}` or `:error`."
  @spec fetch_alias(t, atom) :: {:ok, atom} | :error
  def fetch_alias(%{__struct__: Macro.Env, aliases: aliases}, name), do: fetch(aliases, name)

  @doc "As `fetch_alias/2`, for the aliases that macros define."
  @spec fetch_macro_alias(t, atom) :: {:ok, atom} | :error
  def fetch_macro_alias(%{__struct__: Macro.Env, macro_aliases: aliases}, name), do: fetch(aliases, name)

  defp fetch(aliases, name) when is_atom(name) do
    case :lists.keyfind(Module.concat([name]), 1, aliases) do
      {_, module} -> {:ok, module}
      false -> :error
    end
  end

  @doc "The modules `name/arity` is imported from, with `:function` or `:macro`."
  @spec lookup_import(t, {atom, arity}) :: [{:function | :macro, module}]
  def lookup_import(%{__struct__: Macro.Env, functions: functions, macros: macros}, {name, arity} = pair)
      when is_atom(name) and is_integer(arity) do
    importers(functions, pair, :function) ++ importers(macros, pair, :macro)
  end

  defp importers(imports, pair, kind) do
    for {module, pairs} <- imports, :lists.member(pair, pairs), do: {kind, module}
  end

  @doc false
  def prepend_tracer(%{__struct__: Macro.Env, tracers: tracers} = env, tracer),
    do: %{env | tracers: [tracer | tracers]}

  @doc "The environment without what only the compiler needs."
  @spec prune_compile_info(t) :: t
  def prune_compile_info(%{__struct__: Macro.Env} = env), do: %{env | lexical_tracker: nil, tracers: []}

  @doc "A stacktrace with the place of the environment as its only entry."
  @spec stacktrace(t) :: list
  def stacktrace(%{__struct__: Macro.Env, module: nil} = env),
    do: [{:elixir_compiler, :__FILE__, 1, relative_location(env)}]

  def stacktrace(%{__struct__: Macro.Env, function: nil} = env),
    do: [{env.module, :__MODULE__, 0, relative_location(env)}]

  def stacktrace(%{__struct__: Macro.Env, function: {name, arity}} = env),
    do: [{env.module, name, arity, relative_location(env)}]

  defp relative_location(env),
    do: [file: :unicode.characters_to_list(Path.relative_to_cwd(env.file)), line: env.line]
end
