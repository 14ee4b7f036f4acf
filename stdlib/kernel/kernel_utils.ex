# SPDX-License-Identifier: Apache-2.0
# Kernel.Utils: what the expansions of Kernel's macros call, at compile time or when they run.
#
# Invariant (bootstrap): compiled right after Kernel; uses only Kernel macros that call no other module.
defmodule Kernel.Utils do
  @moduledoc false

  @doc false
  def wrap(nil), do: []
  def wrap(list) when is_list(list), do: list
  def wrap(term), do: [term]

  @doc false
  def destructure(list, count) when is_list(list), do: take_or_nil(list, count)
  def destructure(nil, count), do: take_or_nil([], count)

  defp take_or_nil(_, 0), do: []
  defp take_or_nil([], count), do: [nil | take_or_nil([], count - 1)]
  defp take_or_nil([head | tail], count), do: [head | take_or_nil(tail, count - 1)]

  @doc false
  def raise_splice(term) do
    :erlang.error(ArgumentError.exception("expected a list with quoted expressions in unquote_splicing/1, got: " <> inspect(term)))
  end

  @doc false
  def raise_dot(term) do
    :erlang.error(ArgumentError.exception("expected unquote after dot to return an atom, an alias or a quoted call, got: " <> Macro.to_string(term)))
  end

  # What `raise/1` does with a value known only at run time.
  @doc false
  def raise(message) when is_binary(message), do: RuntimeError.exception(message)
  def raise(module) when is_atom(module), do: module.exception([])
  def raise(%_{__exception__: true} = exception), do: exception

  def raise(other) do
    ArgumentError.exception(
      "raise/1 and reraise/2 expect a module name, string or exception as the first argument, got: " <>
        inspect(other)
    )
  end

  # The default `exception/1`: unknown fields are dropped with a warning.
  @doc false
  def exception(struct, fields) do
    {known, unknown} = split_known(fields, struct, [], [])

    case unknown do
      [] ->
        :ok

      _ ->
        name = inspect(struct.__struct__)

        IO.warn(
          "the following fields are unknown when raising #{name}: #{inspect(unknown)}. " <>
            "Please make sure to only give known fields when raising or redefine " <>
            "#{name}.exception/1 to discard unknown fields. Future Elixir versions will raise on " <>
            "unknown fields given to raise/2"
        )
    end

    put_fields(known, struct)
  end

  defp split_known([{key, _} = field | rest], struct, known, unknown) do
    case struct do
      %{^key => _} -> split_known(rest, struct, [field | known], unknown)
      _ -> split_known(rest, struct, known, [field | unknown])
    end
  end

  defp split_known([], _, known, unknown), do: {:lists.reverse(known), :lists.reverse(unknown)}

  defp put_fields([{key, value} | rest], struct), do: put_fields(rest, %{struct | key => value})
  defp put_fields([], struct), do: struct

  ## defstruct

  # {the struct, what to derive, argument and body of __struct__/1}; also leaves the ordered fields for
  # `__info__(:struct)` in the attribute `:__struct_info__`.
  @doc false
  def defstruct(module, fields, env) do
    case :phial_module.has_attribute(module, :__struct__) do
      true ->
        argument_error(
          "defstruct has already been called for #{inspect(module)}, defstruct can only be called once per module"
        )

      false ->
        :ok
    end

    case is_list(fields) do
      true -> :ok
      false -> argument_error("struct fields definition must be list, got: #{inspect(fields)}")
    end

    fields = for(field <- fields, do: struct_field(field))
    warn_duplicates(fields, [], env)
    struct = :maps.put(:__struct__, module, :maps.from_list(fields))
    enforced = enforced_keys(module)
    check_enforced!(enforced, fields)

    info = for {key, _} <- fields, key != :__exception__, do: %{field: key, required: :lists.member(key, enforced)}
    :phial_module.put_attribute(module, :__struct__, struct, 0)
    :phial_module.put_attribute(module, :__struct_info__, info, 0)
    if :erlang.get(:phial_builder) != :undefined, do: :phial_builder.struct_defined(module)
    {kv, body} = struct_constructor(module, enforced, struct)
    {struct, derives(module), kv, body}
  end

  defp struct_field({key, value}) when is_atom(key) do
    try do
      Macro.escape(value)
    rescue
      e in ArgumentError ->
        argument_error("invalid value for struct field #{key}, " <> Exception.message(e))
    end

    {key, value}
  end

  defp struct_field(key) when is_atom(key), do: {key, nil}

  defp struct_field({key, _}), do: bad_field(key)
  defp struct_field(key), do: bad_field(key)

  defp bad_field(key), do: argument_error("struct field names must be atoms, got: #{inspect(key)}")

  defp warn_duplicates([{key, _} | rest], seen, env) do
    case :lists.member(key, seen) do
      true ->
        :phial_compiler.warn("duplicate key #{inspect(key)} found in struct", env.file, env.line)
        warn_duplicates(rest, seen, env)

      false ->
        warn_duplicates(rest, [key | seen], env)
    end
  end

  defp warn_duplicates([], _, _), do: :ok

  defp enforced_keys(module) do
    keys = wrap(:phial_module.get_attribute(module, :enforce_keys))

    for key <- keys, not is_atom(key) do
      argument_error("keys given to @enforce_keys must be atoms, got: #{inspect(key)}")
    end

    keys
  end

  defp check_enforced!(enforced, fields) do
    case for(key <- enforced, not :lists.keymember(key, 1, fields), do: key) do
      [] ->
        :ok

      missing ->
        argument_error(
          "@enforce_keys required keys (#{inspect(missing)}) that are not defined in defstruct: " <>
            inspect(for({key, _} = field <- fields, key != :__exception__, do: field))
        )
    end
  end

  defp struct_constructor(module, enforced, struct) do
    escaped = Macro.escape(struct)
    kv = quote(do: kv)

    {kv, constructor_body(module, kv, enforced, quote(do: Kernel.Utils.build_struct(unquote(kv), unquote(escaped))))}
  end

  defp constructor_body(_module, _kv, [], build), do: build

  # __struct__/1 itself raises for keys that are missing: its frame is where the trace begins.
  defp constructor_body(module, kv, enforced, build) do
    quote do
      struct = unquote(build)

      case Kernel.Utils.missing_keys(unquote(kv), unquote(enforced)) do
        [] -> struct
        missing -> :erlang.error(Kernel.Utils.missing_error(unquote(module), missing))
      end
    end
  end

  @doc false
  def build_struct(fields, struct) when is_list(fields), do: put_fields(fields, struct)
  def build_struct(fields, struct), do: put_fields(Enum.to_list(fields), struct)

  @doc false
  def missing_keys(fields, enforced) do
    fields = Enum.to_list(fields)
    for(key <- enforced, not :lists.keymember(key, 1, fields), do: key)
  end

  @doc false
  def missing_error(module, missing) do
    ArgumentError.exception("the following keys must also be given when building struct #{inspect(module)}: #{inspect(missing)}")
  end

  # Derives run in the order of the attributes: @derive accumulates, the last first.
  defp derives(module) do
    case :phial_module.get_attribute(module, :derive) do
      list when is_list(list) ->
        :phial_module.delete_attribute(module, :derive)
        flatten(:lists.reverse(list))

      nil ->
        []
    end
  end

  defp flatten([list | rest]) when is_list(list), do: list ++ flatten(rest)
  defp flatten([item | rest]), do: [item | flatten(rest)]
  defp flatten([]), do: []

  @doc false
  def announce_struct(_module), do: :ok

  ## defdelegate

  @doc false
  def defdelegate_all(funs, opts, env) do
    to =
      case :lists.keyfind(:to, 1, wrap(opts)) do
        {:to, to} -> to
        false -> argument_error("expected to: to be given as argument")
      end

    case {to == env.module, :lists.keymember(:as, 1, opts)} do
      {true, false} ->
        argument_error(
          "defdelegate function is calling itself, which will lead to an infinite loop. " <>
            "You should either change the value of the :to option or specify the :as option"
        )

      _ ->
        :ok
    end

    case is_list(funs) do
      true ->
        :phial_compiler.warn(
          "passing a list to Kernel.defdelegate/2 is deprecated, please define each delegate separately",
          env.file,
          env.line
        )

      false ->
        :ok
    end

    to
  end

  @doc false
  def defdelegate_each({:when, _, [_left, guards]}, _opts),
    do: argument_error("guards are not allowed in defdelegate/2, got: when #{Macro.to_string(guards)}")

  def defdelegate_each(fun, opts) do
    {name, args} =
      case Macro.decompose_call(fun) do
        {_, _} = pair -> pair
        _ -> argument_error("invalid syntax in defdelegate #{Macro.to_string(fun)}")
      end

    for arg <- args, do: delegate_arg!(arg)

    as =
      case :lists.keyfind(:as, 1, opts) do
        {:as, as} -> as
        false -> name
      end

    as_args = for arg <- args, do: case(arg, do: ({:\\, _, [arg, _]} -> arg; arg -> arg))
    {name, args, as, as_args}
  end

  defp delegate_arg!({:\\, _, [arg, _default]}), do: delegate_arg!(arg)
  defp delegate_arg!({name, _, context}) when is_atom(name) and is_atom(context), do: :ok

  defp delegate_arg!(other),
    do: argument_error("defdelegate/2 only accepts function parameters, got: #{Macro.to_string(other)}")

  ## defguard

  # The expression is expanded where the macro's body is: the module's attributes are set by then.
  @doc false
  def defguard(_kind, {:when, _, [call, {:when, _, [_, _]}]}, _env),
    do: argument_error("invalid syntax in defguard #{Macro.to_string(call)}, only a single when clause is allowed")

  def defguard(kind, {:when, _, [call, expression]}, _env) do
    {_name, args} = guard_head!(call, call)
    args = for arg <- args, do: if(match?({:\\, _, [_, _]}, arg), do: hd(elem(arg, 2)), else: arg)

    quote do
      @doc guard: true
      unquote(kind)(unquote(call)) do
        require Kernel.Utils
        Kernel.Utils.guard_body(unquote(args), unquote(expression))
      end
    end
  end

  def defguard(kind, call, _env) do
    guard_head!(call, call)

    quote do
      @doc guard: true
      unquote(kind)(unquote(call))
    end
  end

  # In guards the arguments are put into the expression; elsewhere they are evaluated once before it.
  @doc false
  defmacro guard_body(args, expression) do
    vars = for {var, _, context} <- args, do: {var, context}
    {expression, used} = expand_guard(expression, vars, %{__CALLER__ | context: :guard})
    guard_body_of(expression, used)
  end

  defp guard_head!(call, whole) do
    case Macro.decompose_call(call) do
      {name, args} ->
        for arg <- args, do: guard_arg!(arg, whole)
        {name, args}

      _ ->
        argument_error("invalid syntax in defguard #{Macro.to_string(whole)}")
    end
  end

  defp guard_arg!({name, _, context}, _) when is_atom(name) and is_atom(context), do: :ok
  defp guard_arg!({:\\, _, [arg, _]}, whole), do: guard_arg!(arg, whole)
  defp guard_arg!(_, whole), do: argument_error("invalid syntax in defguard #{Macro.to_string(whole)}")

  defp expand_guard(expression, vars, env) do
    expanded = Macro.prewalk(expression, fn node -> Macro.expand(node, env) end)
    {expanded, used_vars(expanded, vars)}
  end

  defp used_vars(expression, vars) do
    {_, used} =
      Macro.prewalk(expression, [], fn
        {name, _, context} = node, acc when is_atom(name) and is_atom(context) ->
          case :lists.member({name, context}, vars) and not :lists.member({name, context}, acc) do
            true -> {node, [{name, context} | acc]}
            false -> {node, acc}
          end

        node, acc ->
          {node, acc}
      end)

    used
  end

  defp guard_body_of(expression, used) do
    in_guard = unquote_args(expression, used)

    in_body =
      case used do
        [] ->
          in_guard

        _ ->
          binds =
            for {name, context} <- used do
              var = {name, [], context}
              {:=, [], [var, {:unquote, [], [var]}]}
            end

          {:__block__, [], binds ++ [expression]}
      end

    params = for {name, context} <- used, do: {name, [generated: true], context}
    clause = {:->, [generated: true], [[{:when, [], params ++ [expression]}], :ok]}

    # The fun is there to be compiled: what no guard can hold is found here, not where the guard is used.
    quote do
      _ = unquote({:fn, [generated: true], [clause]})

      case Macro.Env.in_guard?(__CALLER__) do
        true -> unquote({:quote, [], [[do: in_guard]]})
        false -> unquote({:quote, [], [[do: in_body]]})
      end
    end
  end

  # Puts `unquote(arg)` where an argument is named.
  defp unquote_args({name, _, context} = var, used) when is_atom(name) and is_atom(context) do
    case :lists.member({name, context}, used) do
      true -> {:unquote, [], [var]}
      false -> var
    end
  end

  defp unquote_args({form, meta, args}, used) when is_list(meta),
    do: {unquote_args(form, used), meta, unquote_args(args, used)}

  defp unquote_args({left, right}, used), do: {unquote_args(left, used), unquote_args(right, used)}
  defp unquote_args([head | tail], used), do: [unquote_args(head, used) | unquote_args(tail, used)]
  defp unquote_args(other, _used), do: other

  defp argument_error(message), do: :erlang.error(ArgumentError.exception(message))
end
