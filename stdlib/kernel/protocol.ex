# SPDX-License-Identifier: Apache-2.0
# Protocol: what defprotocol, defimpl and @derive expand to, and the checks around them.
#
# A protocol finds its implementation for a value by the natives :phial_module.impl_target/2 and struct_impl/2, which cache; the
# dispatch functions generated here are the only callers. Invariant: outside of projects protocols are never consolidated, so
# an implementation that is loaded later is found.
defmodule Protocol do
  @moduledoc "Functions for protocols; see `defprotocol/2` and `defimpl/3` in `Kernel`."

  @built_in [
    is_tuple: Tuple,
    is_atom: Atom,
    is_list: List,
    is_map: Map,
    is_bitstring: BitString,
    is_integer: Integer,
    is_float: Float,
    is_function: Function,
    is_pid: PID,
    is_port: Port,
    is_reference: Reference
  ]

  @definers [def: 1, def: 2, defp: 1, defp: 2, defdelegate: 2, defguard: 1, defguardp: 1, defmacro: 1, defmacro: 2, defmacrop: 1, defmacrop: 2]

  @doc false
  defmacro def(signature)

  defmacro def({_, _, args}) when args == [] or is_atom(args) do
    raise ArgumentError, "protocol functions expect at least one argument"
  end

  defmacro def({name, _, args}) when is_atom(name) and is_list(args) do
    arity = length(args)
    [first | _] = vars = Macro.generate_arguments(arity, __MODULE__)
    types = [quote(do: t) | for(_ <- tl(args), do: quote(do: term))]

    quote generated: true do
      @__functions__ [{unquote(name), unquote(arity)} | @__functions__]
      Kernel.def(unquote(name)(unquote_splicing(args)))

      Kernel.def unquote(name)(unquote_splicing(vars)) do
        (:phial_module.impl_target(__MODULE__, unquote(first)) || impl_for!(unquote(first))).unquote(name)(unquote_splicing(vars))
      end

      Module.spec_to_callback(__MODULE__, {unquote(name), unquote(arity)}) ||
        @callback unquote(name)(unquote_splicing(types)) :: term

      {unquote(name), unquote(arity)}
    end
  end

  defmacro def(_) do
    raise ArgumentError, "invalid arguments for def inside defprotocol"
  end

  ## defprotocol

  @doc false
  def __protocol__(name, do: block) do
    quote do
      defmodule unquote(name) do
        import Kernel, except: unquote(@definers)
        import Protocol, only: [def: 1]

        @__functions__ []
        @fallback_to_any false
        _ = unquote(block)
        unquote(dispatch())
      end
    end
  end

  defp dispatch() do
    clauses =
      for {guard, name} <- @built_in do
        quote(do: Kernel.def(impl_for(data) when :erlang.unquote(guard)(data), do: target_for(unquote(name))))
      end

    quote do
      Module.delete_attribute(__MODULE__, :doc)

      if @fallback_to_any do
        Kernel.defp any_impl() do
          case Protocol.__impl_module__(__MODULE__, Any) do
            nil -> nil
            module -> module.__impl__(:target)
          end
        end
      else
        Kernel.defp(any_impl(), do: nil)
      end

      @doc false
      @spec impl_for(term) :: atom | nil
      Kernel.def(impl_for(%struct{}), do: target_for(struct))
      unquote_splicing(clauses)
      Kernel.def(impl_for(_), do: any_impl())

      @doc false
      @spec impl_for!(term) :: atom
      Kernel.def impl_for!(data) do
        case impl_for(data) do
          nil -> :erlang.error(Protocol.UndefinedError.exception(protocol: __MODULE__, value: data))
          module -> module
        end
      end

      Kernel.defp target_for(name) do
        case Protocol.__impl_module__(__MODULE__, name) do
          nil -> any_impl()
          module -> :phial_module.note_impl(__MODULE__, name, module, module.__impl__(:target))
        end
      end

      unless Module.defines_type?(__MODULE__, {:t, 0}) do
        @type t :: term
      end

      @__functions__ Protocol.__close__(__ENV__, @__functions__)
      Module.register_attribute(__MODULE__, :__protocol__, persist: true)
      @__protocol__ [fallback_to_any: @fallback_to_any == true]

      @doc false
      unquote(reflection_specs())
      Kernel.def(__protocol__(:module), do: __MODULE__)
      Kernel.def(__protocol__(:functions), do: @__functions__)
      Kernel.def(__protocol__(:consolidated?), do: Protocol.__consolidated__(__MODULE__))
      Kernel.def(__protocol__(:impls), do: Protocol.__impls__(__MODULE__))
    end
  end

  @doc false
  def __close__(env, functions) do
    if functions == [], do: IO.warn("protocols must define at least one function, but none was defined", Macro.Env.stacktrace(env))

    for {_, {:"::", _, [{name, _, args} | _]}, _} <- :phial_module.get_attribute(env.module, :callback),
        is_list(args) and not :lists.member({name, length(args)}, functions) do
      IO.warn(
        "cannot define @callback #{name}/#{length(args)} inside protocol, use def/1 to outline your protocol definition",
        Macro.Env.stacktrace(env)
      )
    end

    :lists.sort(functions)
  end

  defp reflection_specs() do
    quote unquote: false do
      @spec __protocol__(:module) :: __MODULE__
      @spec __protocol__(:functions) :: unquote(Protocol.__functions_type__(@__functions__))
      @spec __protocol__(:consolidated?) :: boolean
      @spec __protocol__(:impls) :: :not_consolidated | {:consolidated, [module]}
    end
  end

  # [{name, arity} | ..., ...]
  @doc false
  def __functions_type__([]), do: []
  def __functions_type__([last]), do: [last, {:..., [], nil}]

  def __functions_type__(functions) do
    [last | before] = :lists.reverse(functions)
    [:lists.foldl(fn function, type -> {:|, [], [function, type]} end, last, before), {:..., [], nil}]
  end

  ## defimpl

  @doc false
  def __impl__(protocol, opts, do_block, env) do
    opts = opts ++ do_block

    block =
      case :lists.keyfind(:do, 1, opts) do
        {:do, block} -> block
        false -> raise ArgumentError, "defimpl expects a do-end block"
      end

    protocol = Macro.expand(protocol, env)

    case :lists.filter(fn {key, _} -> key not in [:for, :do] end, opts) do
      [] -> :ok
      _ -> raise ArgumentError, "unknown options given to defimpl, got: #{Macro.to_string(:lists.keydelete(:for, 1, opts))}"
    end

    case :lists.keyfind(:for, 1, opts) do
      {:for, targets} when is_list(targets) -> for(target <- targets, do: implementation(protocol, target, block, env))
      {:for, target} -> implementation(protocol, target, block, env)
      false -> implementation(protocol, enclosing!(env), block, env)
    end
  end

  defp enclosing!(%{module: nil}),
    do: raise(ArgumentError, "defimpl/3 expects a :for option when declared outside a module")

  defp enclosing!(%{module: module}), do: module

  defp implementation(protocol, target, block, env) do
    target = Macro.expand(target, env)

    name =
      if is_atom(protocol) and is_atom(target),
        do: Module.concat(protocol, target),
        else: quote(do: Module.concat(unquote(protocol), unquote(target)))

    quote do
      Protocol.assert_protocol!(unquote(protocol))
      Protocol.__ensure_defimpl__(unquote(protocol), unquote(target), __ENV__)
      unquote(define(name, protocol, target, block))
    end
  end

  # With names known only at run time, they are evaluated once, outside the module.
  defp define(name, protocol, target, block) when is_atom(name) do
    quote do
      defmodule unquote(name) do
        unquote(body(protocol, target, block))
      end
    end
  end

  defp define(name, protocol, target, block) do
    quote do
      protocol = unquote(protocol)
      target = unquote(target)

      defmodule unquote(name) do
        unquote(body(quote(do: protocol), quote(do: target), block))
      end
    end
  end

  defp body(protocol, target, block) do
    quote do
      @behaviour unquote(protocol)
      @protocol unquote(protocol)
      @for unquote(target)

      res = unquote(block)
      Module.register_attribute(__MODULE__, :__impl__, persist: true)
      @__impl__ [protocol: @protocol, for: @for]

      @doc false
      def __impl__(:target), do: __MODULE__
      def __impl__(:for), do: @for
      def __impl__(:protocol), do: @protocol
      res
    end
  end

  @doc false
  def __ensure_defimpl__(protocol, for, env) do
    if __consolidated__(protocol) and not Code.get_compiler_option(:ignore_already_consolidated) do
      IO.warn(
        "the #{inspect(protocol)} protocol has already been consolidated, an implementation for #{inspect(for)} has no effect. " <>
          "If you want to implement protocols after compilation or during tests, check the \"Consolidation\" section in the Protocol module documentation",
        Macro.Env.stacktrace(env)
      )
    end

    :ok
  end

  ## Consolidation

  # From when a project is loaded: the protocols there are, the library's too, have the implementations there are; what is defined in memory does not count.
  @doc false
  def __consolidate__(), do: :persistent_term.put({Protocol, :consolidated}, true)

  @doc false
  def __consolidated__(protocol), do: :persistent_term.get({Protocol, :consolidated}, false) and :code.which(protocol) != []

  @doc false
  def __impl_module__(protocol, type) do
    module = :phial_module.struct_impl(protocol, type)
    if module != nil and __consolidated__(protocol) and :code.which(module) == [], do: nil, else: module
  end

  @doc false
  def __impls__(protocol) do
    if __consolidated__(protocol) do
      prefix = :erlang.atom_to_binary(protocol, :utf8) <> "."
      library = for name <- :phial.modules(), String.starts_with?(:erlang.atom_to_binary(name, :utf8), prefix), impl?(name), do: name.__impl__(:for)
      {:consolidated, :lists.usort(library ++ not_here(protocol) ++ extract_impls(protocol, :code.get_path()))}
    else
      :not_consolidated
    end
  end

  # Elixir's implementations of structs that are not part of this library: they stand in the messages that programs compare.
  defp not_here(Enumerable), do: [GenEvent.Stream]
  defp not_here(Collectable), do: [Mix.Shell]
  defp not_here(_), do: []

  defp impl?(name), do: Code.ensure_loaded?(name) and function_exported?(name, :__impl__, 1)

  ## Deriving

  @doc "Derives an implementation of `protocol` for the struct of `module`, defined elsewhere."
  defmacro derive(protocol, module, options \\ []) do
    quote do
      Protocol.__derive__([{unquote(protocol), unquote(options)}], unquote(module), __ENV__)
    end
  end

  @doc false
  def __derive__(derives, for, env) when is_atom(for) do
    struct = if Module.open?(for), do: :phial_module.get_attribute(for, :__struct__), else: for.__struct__()

    derive_each(List.wrap(derives), for, struct, env)
  end

  defp derive_each([{protocol, opts} | rest], for, struct, env) when is_atom(protocol) do
    derive(protocol, for, struct, opts, env)
    derive_each(rest, for, struct, env)
  end

  defp derive_each([protocol | rest], for, struct, env) when is_atom(protocol) do
    derive(protocol, for, struct, [], env)
    derive_each(rest, for, struct, env)
  end

  defp derive_each([], _for, _struct, _env), do: :ok

  defp derive(protocol, for, struct, opts, env) do
    extra = ", cannot derive #{inspect(protocol)} for #{inspect(for)}"
    assert_protocol!(protocol, extra)
    __ensure_defimpl__(protocol, for, env)
    assert_impl!(protocol, Any, extra)
    any = Module.concat(protocol, Any)
    env = %{env | versioned_vars: %{}}

    if macro_exported?(any, :__deriving__, 3) do
      call = {{:., [], [any, :__deriving__]}, [], [for, struct, opts]}
      Code.eval_quoted({:__block__, [], [{:require, [], [any]}, call]}, [], env)
    else
      quoted =
        quote do
          Module.register_attribute(__MODULE__, :__impl__, persist: true)
          @__impl__ [protocol: unquote(protocol), for: unquote(for)]

          @doc false
          def __impl__(:target), do: unquote(any)
          def __impl__(:for), do: unquote(for)
          def __impl__(:protocol), do: unquote(protocol)
        end

      Module.create(Module.concat(protocol, for), quoted, Macro.Env.location(env))
    end
  end

  ## Checks

  @doc "Raises `ArgumentError` unless the module is a protocol."
  @spec assert_protocol!(module) :: :ok
  def assert_protocol!(module), do: assert_protocol!(module, "")

  defp assert_protocol!(module, extra) do
    loaded!(module, extra)

    unless function_exported?(module, :__protocol__, 1) do
      raise ArgumentError, "#{inspect(module)} is not a protocol" <> extra
    end

    :ok
  end

  @doc "Raises `ArgumentError` unless `base` implements the protocol."
  @spec assert_impl!(module, base :: module) :: :ok
  def assert_impl!(protocol, base), do: assert_impl!(protocol, base, "")

  defp assert_impl!(protocol, base, extra) do
    impl = Module.concat(protocol, base)
    loaded!(impl, extra)

    unless function_exported?(impl, :__impl__, 1) do
      raise ArgumentError, "#{inspect(impl)} is not an implementation of a protocol" <> extra
    end

    case impl.__impl__(:protocol) do
      ^protocol ->
        :ok

      other ->
        raise ArgumentError,
              "expected #{inspect(impl)} to be an implementation of #{inspect(protocol)}, got: #{inspect(other)}" <> extra
    end
  end

  defp loaded!(module, extra) do
    case :code.ensure_loaded(module) do
      {:module, _} ->
        :ok

      {:error, reason} ->
        raise ArgumentError, "could not load module #{inspect(module)} due to reason #{inspect(reason)}" <> extra
    end
  end

  @doc "Was the protocol consolidated? Those of a project and of the library are, in a project.\n\n    iex> is_boolean(Protocol.consolidated?(Enumerable))\n    true"
  @spec consolidated?(module) :: boolean
  def consolidated?(protocol), do: protocol.__protocol__(:consolidated?)

  @doc "Modules are not kept as files that could be consolidated, so the answer is always an error."
  @spec consolidate(module, [module]) :: {:error, :not_a_protocol | :no_beam_info}
  def consolidate(protocol, types) when is_atom(protocol) and is_list(types) do
    protocol? = match?({:module, _}, Code.ensure_loaded(protocol)) and function_exported?(protocol, :__protocol__, 1)
    {:error, if(protocol?, do: :no_beam_info, else: :not_a_protocol)}
  end

  @doc "The protocols compiled to files under `paths`."
  @spec extract_protocols([charlist | String.t()]) :: [atom]
  def extract_protocols(paths), do: for(name <- beams(paths, "Elixir."), protocol?(name), do: name)

  @doc "The implementations of `protocol` compiled to files under `paths`."
  @spec extract_impls(module, [charlist | String.t()]) :: [atom]
  def extract_impls(protocol, paths) when is_atom(protocol) do
    prefix = :erlang.atom_to_binary(protocol, :utf8) <> "."
    for name <- beams(paths, prefix), impl?(name), do: name.__impl__(:for)
  end

  defp beams(paths, prefix) do
    for path <- paths,
        file <- Path.wildcard(Path.join(IO.chardata_to_string(path), prefix <> "*.beam")),
        name = :erlang.binary_to_atom(Path.basename(file, ".beam"), :utf8),
        Code.ensure_loaded?(name),
        do: name
  end

  defp protocol?(name), do: function_exported?(name, :__protocol__, 1)
end
