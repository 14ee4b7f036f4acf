# SPDX-License-Identifier: Apache-2.0
# Module: names of modules, and the attributes and definitions of a module under compilation.
#
# What is open lives in the compiler; every function here is a check and one call of :phial_module.
defmodule Module do
  @moduledoc "Functions to deal with modules at compile time."

  @type definition :: {atom, arity}
  @type def_kind :: :def | :defp | :defmacro | :defmacrop

  @reserved [
    :after_compile, :after_verify, :before_compile, :behaviour, :callback, :compile, :deprecated, :derive, :dialyzer, :doc,
    :external_resource, :file, :impl, :macrocallback, :moduledoc, :on_definition, :on_load, :opaque, :optional_callbacks,
    :spec, :type, :typedoc, :typep, :vsn
  ]

  @doc "The attributes with a meaning of their own."
  @spec reserved_attributes() :: map
  def reserved_attributes() do
    :maps.from_list(for(name <- @reserved, do: {name, %{doc: "Reserved by the compiler."}}))
  end

  ## Names

  @doc "Joins parts of a module name.\n\n    iex> Module.concat([Foo, \"Bar\"])\n    Foo.Bar"
  @spec concat([binary | atom]) :: atom
  def concat(list) when is_list(list), do: :erlang.binary_to_atom(joined(list), :utf8)

  @doc "Joins two parts of a module name.\n\n    iex> Module.concat(Foo, Bar)\n    Foo.Bar"
  @spec concat(binary | atom, binary | atom) :: atom
  def concat(left, right) when (is_binary(left) or is_atom(left)) and (is_binary(right) or is_atom(right)),
    do: :erlang.binary_to_atom(joined([left, right]), :utf8)

  @doc "As `concat/1`; raises `ArgumentError` if the atom does not exist."
  @spec safe_concat([binary | atom]) :: atom
  def safe_concat(list) when is_list(list), do: :erlang.binary_to_existing_atom(joined(list), :utf8)

  @doc "As `concat/2`; raises `ArgumentError` if the atom does not exist."
  @spec safe_concat(binary | atom, binary | atom) :: atom
  def safe_concat(left, right) when (is_binary(left) or is_atom(left)) and (is_binary(right) or is_atom(right)),
    do: :erlang.binary_to_existing_atom(joined([left, right]), :utf8)

  defp joined(parts), do: joined(parts, "Elixir")

  defp joined([nil | rest], acc), do: joined(rest, acc)
  defp joined([part | rest], acc), do: joined(rest, join_part(part, acc))
  defp joined([], acc), do: acc

  defp join_part(atom, acc) when is_atom(atom), do: join_part(:erlang.atom_to_binary(atom, :utf8), acc)
  defp join_part("Elixir", acc), do: acc
  defp join_part("Elixir." <> name, acc), do: acc <> "." <> name
  defp join_part(name, acc) when is_binary(name), do: acc <> "." <> name

  @doc "The parts of a module name.\n\n    iex> Module.split(Foo.Bar)\n    [\"Foo\", \"Bar\"]"
  @spec split(module | String.t()) :: [String.t(), ...]
  def split(module)
  def split(module) when is_atom(module), do: split(:erlang.atom_to_binary(module, :utf8), module)
  def split(module) when is_binary(module), do: split(module, module)

  defp split("Elixir." <> name, _original), do: :binary.split(name, ".", [:global])
  defp split(_, original), do: raise(ArgumentError, "expected an Elixir module, got: #{inspect(original)}")

  ## Creating

  @doc "Defines a module whose body is `quoted`; `{:module, name, binary, result}`."
  @spec create(module, Macro.t(), Macro.Env.t() | keyword) :: {:module, module, binary, term}
  def create(module, quoted, env_or_opts)
  def create(module, quoted, %{__struct__: Macro.Env} = env) when is_atom(module), do: create_in(module, quoted, env)

  def create(module, quoted, opts) when is_atom(module) and is_list(opts) do
    unless :lists.keymember(:file, 1, opts) do
      raise ArgumentError, "expected :file to be given as option"
    end

    create_in(module, quoted, Code.env_for_eval(opts))
  end

  defp create_in(module, quoted, env), do: :phial_compiler.create_module(module, quoted, env)

  @doc false
  def eval_quoted(module_or_env, quoted, binding \\ [], opts \\ [])

  def eval_quoted(%{__struct__: Macro.Env} = env, quoted, binding, opts) do
    assert_open!(env.module, :eval_quoted, 4)
    Code.eval_quoted(quoted, binding, :maps.merge(env, :maps.from_list(opts)))
  end

  def eval_quoted(module, quoted, binding, %{__struct__: Macro.Env} = env) when is_atom(module) do
    assert_open!(module, :eval_quoted, 4)
    Code.eval_quoted(quoted, binding, %{env | module: module})
  end

  def eval_quoted(module, quoted, binding, opts) when is_atom(module) do
    assert_open!(module, :eval_quoted, 4)
    Code.eval_quoted(quoted, binding, [{:module, module} | opts])
  end

  @doc "Is the module under compilation?\n\n    iex> Module.open?(Enum)\n    false"
  @spec open?(module) :: boolean
  def open?(module) when is_atom(module), do: :phial_module.open(module)

  defp assert_open!(module, function, arity, hint \\ "") do
    unless :phial_module.open(module) do
      raise ArgumentError,
            "could not call Module.#{function}/#{arity} because the module #{inspect(module)} is already compiled" <> hint
    end

    :ok
  end

  @info_hint ". Use the Module.__info__/1 callback or Code.fetch_docs/1 instead"
  @exported_hint ". Use Kernel.function_exported?/3 and Kernel.macro_exported?/3 to check for public functions and macros instead"
  @public_hint ". Use the Module.__info__/1 callback to get public functions and macros instead"

  ## Attributes

  @doc "The value of an attribute, or `default`; a list when it accumulates."
  @spec get_attribute(module, atom, term) :: term
  def get_attribute(module, key, default \\ nil) when is_atom(module) and is_atom(key) do
    assert_open!(module, :get_attribute, 2, @info_hint)
    if :phial_module.has_attribute(module, key), do: :phial_module.get_attribute(module, key), else: default
  end

  @doc "Is the attribute defined?"
  @spec has_attribute?(module, atom) :: boolean
  def has_attribute?(module, key) when is_atom(module) and is_atom(key) do
    assert_open!(module, :has_attribute?, 2)
    :phial_module.has_attribute(module, key)
  end

  @doc "Sets an attribute, or adds to one that accumulates."
  @spec put_attribute(module, atom, term) :: :ok
  def put_attribute(module, key, value) when is_atom(module) and is_atom(key) do
    assert_open!(module, :put_attribute, 3)
    :phial_module.put_attribute(module, key, value, nil)
    :ok
  end

  @doc "Deletes an attribute and returns its value."
  @spec delete_attribute(module, atom) :: term
  def delete_attribute(module, key) when is_atom(module) and is_atom(key) do
    assert_open!(module, :delete_attribute, 2)
    :phial_module.delete_attribute(module, key)
  end

  @doc "Makes an attribute `accumulate: true` or `persist: true`."
  @spec register_attribute(module, atom, accumulate: boolean, persist: boolean) :: :ok
  def register_attribute(module, key, options) when is_atom(module) and is_atom(key) and is_list(options) do
    assert_open!(module, :register_attribute, 3)
    :phial_module.register_attribute(module, key, options)
    :ok
  end

  @doc "The attributes set so far."
  @spec attributes_in(module) :: [atom]
  def attributes_in(module) when is_atom(module) do
    assert_open!(module, :attributes_in, 1)
    :phial_module.attributes_in(module)
  end

  # What `@name` and `@name value` mean when they go through functions.
  @doc false
  def __get_attribute__(module, key, _line, _trace?), do: get_attribute(module, key)

  @doc false
  def __put_attribute__(module, key, value, line, _traces) do
    assert_open!(module, :__put_attribute__, 2)
    :phial_module.put_attribute(module, key, value, line || 0)
    :ok
  end

  ## Definitions

  @doc "Does the module define the function or macro?"
  @spec defines?(module, definition) :: boolean
  def defines?(module, {name, arity} = tuple) when is_atom(module) and is_atom(name) and is_integer(arity) do
    assert_open!(module, :defines?, 2, @exported_hint)
    :phial_module.defines(module, tuple) != false
  end

  @doc "Does the module define it as that kind?"
  @spec defines?(module, definition, def_kind) :: boolean
  def defines?(module, {name, arity} = tuple, kind)
      when is_atom(module) and is_atom(name) and is_integer(arity) and kind in [:def, :defmacro, :defp, :defmacrop] do
    assert_open!(module, :defines?, 3, @exported_hint)
    :phial_module.defines(module, tuple) == kind
  end

  @doc "Does the module define the type?"
  @spec defines_type?(module, definition) :: boolean
  def defines_type?(module, {name, arity}) when is_atom(module) and is_atom(name) and is_integer(arity) do
    for(kind <- [:type, :typep, :opaque], type <- attribute_list(module, kind), type_of(type) == {name, arity}, do: type) != []
  end

  defp attribute_list(module, key) do
    case :phial_module.get_attribute(module, key) do
      list when is_list(list) -> list
      _ -> []
    end
  end

  defp type_of({:"::", _, [{name, _, args}, _]}) when is_list(args), do: {name, length(args)}
  defp type_of({:"::", _, [{name, _, context}, _]}) when is_atom(context), do: {name, 0}
  defp type_of({_kind, expr, _env}), do: type_of(expr)
  defp type_of(_), do: nil

  @doc "All functions and macros defined so far."
  @spec definitions_in(module) :: [definition]
  def definitions_in(module) when is_atom(module) do
    assert_open!(module, :definitions_in, 1, @public_hint)
    for {definition, _kind} <- :phial_module.definitions_in(module), do: definition
  end

  @doc "The definitions of one kind."
  @spec definitions_in(module, def_kind) :: [definition]
  def definitions_in(module, kind) when is_atom(module) and kind in [:def, :defmacro, :defp, :defmacrop] do
    assert_open!(module, :definitions_in, 2, @public_hint)
    for {definition, ^kind} <- :phial_module.definitions_in(module), do: definition
  end

  @doc "The definition as `{:v1, kind, meta, clauses}`, or nil."
  @spec get_definition(module, definition, keyword) :: {:v1, def_kind, keyword, list} | nil
  def get_definition(module, {name, arity} = definition, options \\ [])
      when is_atom(module) and is_atom(name) and is_integer(arity) and is_list(options) do
    assert_open!(module, :get_definition, 3)

    case {:phial_module.get_definition(module, definition), :lists.member({:skip_clauses, true}, options)} do
      {{:v1, kind, meta, _}, true} -> {:v1, kind, meta, []}
      {found, _} -> found
    end
  end

  @doc "Deletes a definition; false when there is none."
  @spec delete_definition(module, definition) :: boolean
  def delete_definition(module, {name, arity} = definition)
      when is_atom(module) and is_atom(name) and is_integer(arity) do
    assert_open!(module, :delete_definition, 2)
    defined? = :phial_module.defines(module, definition) != false
    if defined?, do: :phial_module.delete_definition(module, definition)
    defined?
  end

  @doc "Makes definitions, or those that implement a behaviour, overridable."
  @spec make_overridable(module, [definition] | module) :: :ok
  def make_overridable(module, tuples) when is_atom(module) and is_list(tuples) do
    assert_open!(module, :make_overridable, 2)

    for tuple <- tuples do
      case tuple do
        {name, arity} when is_atom(name) and is_integer(arity) and arity in 0..255 ->
          if :phial_module.defines(module, tuple) == false do
            raise ArgumentError, "cannot make function #{name}/#{arity} overridable because it was not defined"
          end

        other ->
          raise ArgumentError,
                "each element in tuple list has to be a {function_name :: atom, arity :: 0..255} tuple, got: #{inspect(other)}"
      end
    end

    :phial_module.make_overridable(module, tuples)
    :ok
  end

  def make_overridable(module, behaviour) when is_atom(module) and is_atom(behaviour) do
    case behaviour_problem(module, behaviour) do
      nil ->
        callbacks = for {name, arity} <- behaviour.behaviour_info(:callbacks), do: definition_of(name, arity)
        make_overridable(module, for(tuple <- callbacks, :phial_module.defines(module, tuple) != false, do: tuple))

      problem ->
        raise ArgumentError, "cannot pass module #{inspect(behaviour)} as argument to defoverridable/1 because #{problem}"
    end
  end

  defp definition_of(name, arity) do
    case :erlang.atom_to_binary(name, :utf8) do
      "MACRO-" <> macro -> {:erlang.binary_to_atom(macro, :utf8), arity - 1}
      _ -> {name, arity}
    end
  end

  defp behaviour_problem(module, behaviour) do
    cond do
      not match?({:module, _}, :code.ensure_loaded(behaviour)) -> "it was not defined"
      not function_exported?(behaviour, :behaviour_info, 1) -> "it does not define any callbacks"
      behaviour not in List.wrap(:phial_module.get_attribute(module, :behaviour)) ->
        "its corresponding behaviour is missing. Did you forget to add @behaviour #{inspect(behaviour)}?"
      true -> nil
    end
  end

  @doc "Is the definition overridable?"
  @spec overridable?(module, definition) :: boolean
  def overridable?(module, tuple) when is_atom(module), do: :phial_module.overridable(module, tuple)

  @doc "The overridable definitions."
  @spec overridables_in(module) :: [definition]
  def overridables_in(module) when is_atom(module) do
    assert_open!(module, :overridables_in, 1)
    :phial_module.overridables_in(module)
  end

  ## Docs and types

  @doc false
  @deprecated "Use @doc instead"
  def add_doc(module, line, kind, {_name, _arity}, _signature \\ [], doc) when kind in [:def, :defmacro, :type, :opaque] do
    assert_open!(module, :add_doc, 5)
    :phial_module.put_attribute(module, :doc, doc, line)
    :ok
  end

  @doc "Makes the spec of a definition a callback too; false when it has none."
  @spec spec_to_callback(module, definition) :: boolean
  def spec_to_callback(module, {name, arity}) when is_atom(module) do
    assert_open!(module, :spec_to_callback, 2)

    specs = for spec <- attribute_list(module, :spec), spec_name(spec) == {name, arity}, do: spec
    for {_, spec, _} <- :lists.reverse(specs), do: :phial_module.put_typespec(module, :callback, spec, nil)
    specs != []
  end

  defp spec_name({:when, _, [spec, _]}), do: spec_name(spec)
  defp spec_name({:"::", _, _} = spec), do: type_of(spec)
  defp spec_name({_kind, expr, _env}), do: spec_name(expr)
  defp spec_name(_), do: nil
end
