# SPDX-License-Identifier: Apache-2.0
# Code.Typespec: the types, specs and callbacks of compiled modules, and their quoted forms.
#
# The compiler keeps them with the docs of a module (compiler/typespec.c) as terms of Erlang's abstract format. Invariant: what a function
# here answers stands in the order that Elixir gives, functions by name and arity from the last to the first.
defmodule Code.Typespec do
  @moduledoc "The types and specs of compiled modules."

  @type abstract :: tuple

  @doc "The types of a module: `{:ok, [{kind, {name, type, vars}}]}`.\n\n    iex> Code.Typespec.fetch_types(NoSuchModule)\n    :error"
  @spec fetch_types(module | binary) :: {:ok, [{:type | :opaque | :typep, abstract}]} | :error
  def fetch_types(module), do: fetch(module, 0)

  @doc """
  The specs of a module: `{:ok, [{{name, arity}, [type]}]}`.

      iex> {:ok, specs} = Code.Typespec.fetch_specs(Atom)
      iex> is_list(specs)
      true
  """
  @spec fetch_specs(module | binary) :: {:ok, [{{atom, arity}, [abstract]}]} | :error
  def fetch_specs(module), do: by_function(fetch(module, 1))

  @doc "The callbacks of a behaviour, as `fetch_specs/1`."
  @spec fetch_callbacks(module | binary) :: {:ok, [{{atom, arity}, [abstract]}]} | :error
  def fetch_callbacks(module), do: by_function(fetch(module, 2))

  defp fetch(module, part) when is_atom(module) do
    case :code.ensure_loaded(module) do
      {:module, _} -> part(:phial.typespecs(module), part)
      _ -> :error
    end
  end

  defp fetch(binary, part) when is_binary(binary), do: part(:phial.typespecs_in(binary), part)

  defp part(false, _part), do: :error
  defp part(nil, _part), do: {:ok, []}
  defp part(kept, part), do: {:ok, elem(kept, part)}

  defp by_function(:error), do: :error

  defp by_function({:ok, specs}) do
    grouped = Enum.group_by(specs, &elem(&1, 0), &elem(&1, 1))
    {:ok, Enum.sort_by(grouped, fn {function, _} -> written(function) end, :desc)}
  end

  defp written({name, arity} = function) do
    case Atom.to_string(name) do
      "MACRO-" <> name -> {String.to_atom(name), arity - 1}
      _ -> function
    end
  end

  ## Quoted forms

  @doc "The spec of a function of that name as it would be written after `@spec`."
  @spec spec_to_quoted(atom, abstract) :: Macro.t()
  def spec_to_quoted(name, spec)

  def spec_to_quoted(name, {:type, anno, :fun, [{:type, _, :product, args}, result]}) when is_atom(name) do
    line = meta(anno)
    bounds = for var <- vars_of(args ++ [result]), do: {var, {:var, line, nil}}
    bounded({:"::", line, [{name, line, Enum.map(args, &quoted/1)}, quoted(result)]}, bounds, line)
  end

  def spec_to_quoted(name, {:type, anno, :fun, []}) when is_atom(name) do
    {:"::", meta(anno), [{name, meta(anno), []}, {:term, [], Code.Typespec}]}
  end

  def spec_to_quoted(name, {:type, anno, :bounded_fun, [{:type, _, :fun, [{:type, _, :product, args}, result]}, constraints]}) when is_atom(name) do
    line = meta(anno)
    given = for {:type, _, :constraint, [{:atom, _, :is_subtype}, [{:var, _, var}, type]]} <- constraints, do: {var, quoted(type)}
    types = for {:type, _, :constraint, [_, [_, type]]} <- constraints, do: type
    free = for var <- vars_of(args ++ [result | types]), not Keyword.has_key?(given, var), do: {var, {:var, line, nil}}
    bounded({:"::", line, [{name, line, Enum.map(args, &quoted/1)}, quoted(result)]}, given ++ free, line)
  end

  defp bounded(spec, [], _line), do: spec
  defp bounded(spec, bounds, line), do: {:when, line, [spec, bounds]}

  @doc "The type as it would be written after `@type`."
  @spec type_to_quoted(abstract) :: Macro.t()
  def type_to_quoted({name, type, vars}) when is_atom(name),
    do: {:"::", [], [{name, [], Enum.map(vars, &quoted/1)}, quoted(type)]}

  # Variables of terms of the abstract format, wherever they stand, in order of appearance.
  defp vars_of(types), do: for(var <- types |> vars([]) |> :lists.reverse() |> Enum.uniq(), var != :_, do: var)

  defp vars({:var, _, name}, acc) when is_atom(name), do: [name | acc]
  defp vars({:ann_type, _, [_, type]}, acc), do: vars(type, acc)
  defp vars([head | tail], acc), do: vars(tail, vars(head, acc))
  defp vars(tuple, acc) when is_tuple(tuple), do: vars(Tuple.to_list(tuple), acc)
  defp vars(_, acc), do: acc

  defp meta(anno) when is_integer(anno), do: [line: anno]
  defp meta({line, column}), do: [line: line, column: column]
  defp meta(anno) when is_list(anno), do: [line: :erl_anno.line(anno)]

  ## Types

  defp quoted({:ann_type, anno, [{:var, _, name}, type]}), do: {:"::", meta(anno), [{name, meta(anno), nil}, quoted(type)]}
  defp quoted({:ann_type, anno, [left, type]}), do: {:"::", meta(anno), [quoted(left), quoted(type)]}
  defp quoted({:var, anno, name}), do: {variable(name), meta(anno), nil}
  defp quoted({:op, anno, op, value}), do: {op, meta(anno), [quoted(value)]}
  defp quoted({:paren_type, _, [type]}), do: quoted(type)
  defp quoted({:user_type, anno, name, args}), do: {name, meta(anno), Enum.map(args, &quoted/1)}

  defp quoted({:remote_type, anno, [{:atom, _, :elixir}, {:atom, _, name}, args]}),
    do: {name, meta(anno), Enum.map(args, &quoted/1)}

  defp quoted({:remote_type, anno, [module, name, args]}),
    do: {{:., meta(anno), [quoted(module), quoted(name)]}, meta(anno), Enum.map(args, &quoted/1)}

  defp quoted({:type, anno, name, args}), do: built_in(name, meta(anno), args)
  defp quoted({:type, _, :any}), do: {:..., [], Code.Typespec}
  defp quoted({:char, _, value}), do: [value]
  defp quoted({kind, _, value}) when kind in [:atom, :integer, :float], do: value

  defp variable(name) do
    case Atom.to_string(name) do
      <<first, rest::binary>> when first in ?A..?Z -> String.to_atom(<<first + 32, rest::binary>>)
      _ -> name
    end
  end

  defp built_in(nil, _meta, []), do: []
  defp built_in(:list, _meta, [{:type, _, :union, types}] = args), do: keywords(types) || [quoted(hd(args))]
  defp built_in(:list, _meta, [type]), do: [quoted(type)]
  defp built_in(:nonempty_list, meta, []), do: [{:..., meta, nil}]
  defp built_in(:nonempty_list, meta, [type]), do: [quoted(type), {:..., meta, nil}]
  defp built_in(:tuple, meta, :any), do: {:tuple, meta, []}
  defp built_in(:tuple, meta, types), do: {:{}, meta, Enum.map(types, &quoted/1)}
  defp built_in(:map, meta, :any), do: {:map, meta, []}
  defp built_in(:map, meta, fields), do: map(fields, meta)
  defp built_in(:union, meta, types), do: union(Enum.map(types, &quoted/1), meta)
  defp built_in(:range, meta, [low, high]), do: {:.., meta, [quoted(low), quoted(high)]}
  defp built_in(:fun, meta, []), do: [{:->, meta, [[{:..., [], Code.Typespec}], {:any, meta, []}]}]
  defp built_in(:fun, meta, [{:type, _, :product, args}, result]), do: [{:->, meta, [Enum.map(args, &quoted/1), quoted(result)]}]
  defp built_in(:fun, meta, [{:type, _, :any}, result]), do: [{:->, meta, [[{:..., [], Code.Typespec}], quoted(result)]}]
  defp built_in(:binary, meta, [{:integer, _, size}, {:integer, _, unit}]), do: {:<<>>, meta, segments(size, unit, meta)}
  defp built_in(name, meta, args), do: {name, meta, Enum.map(args, &quoted/1)}

  defp union([last], _meta), do: last
  defp union([type | rest], meta), do: {:|, meta, [type, union(rest, meta)]}

  # A list of two pairs or more with names was written as a keyword list.
  defp keywords(types) do
    if Enum.all?(types, &match?({:type, _, :tuple, [{:atom, _, _}, _]}, &1)) do
      for {:type, _, :tuple, [{:atom, _, name}, type]} <- types, do: {name, quoted(type)}
    end
  end

  defp map([{:type, _, :map_field_exact, [{:atom, _, :__struct__}, {:atom, _, name}]} | fields], meta),
    do: {:%, meta, [name, {:%{}, meta, Enum.map(fields, &field/1)}]}

  defp map(fields, meta), do: {:%{}, meta, Enum.map(fields, &field/1)}

  defp field({:type, _, :map_field_exact, [{:atom, _, key}, value]}), do: {key, quoted(value)}
  defp field({:type, _, :map_field_exact, [key, value]}), do: {{:required, [], [quoted(key)]}, quoted(value)}
  defp field({:type, _, :map_field_assoc, [key, value]}), do: {{:optional, [], [quoted(key)]}, quoted(value)}

  defp segments(size, 0, meta), do: [{:"::", meta, [blank(meta), size]}]
  defp segments(0, unit, meta), do: [{:"::", meta, [blank(meta), times(unit, meta)]}]
  defp segments(size, unit, meta), do: segments(size, 0, meta) ++ segments(0, unit, meta)

  defp times(unit, meta), do: {:*, meta ++ [context: Code.Typespec, imports: [{2, Kernel}]], [blank(meta), unit]}
  defp blank(meta), do: {:_, meta, Code.Typespec}
end
