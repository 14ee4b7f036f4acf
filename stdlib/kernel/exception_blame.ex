# SPDX-License-Identifier: Apache-2.0
#
# Which clauses a call did not match, and which of their parts: what Exception.blame_mfa/3 answers. The heads come from beside the docs
# of a module that is kept in the library or in a file (compiler/heads.c).
#
# Invariant: a part that cannot be judged here (it names an attribute, or a macro of its module) counts as one that matches.
defmodule Exception.Blame do
  @moduledoc false

  @operators [andalso: :and, orelse: :or, "=:=": :===, "=/=": :!==, "/=": :!=, "=<": :<=, ==: :==, <: :<, >: :>, >=: :>=, +: :+, -: :-, *: :*, /: :/]

  def mfa(module, function, args) do
    with [_ | _] = heads <- :phial.heads(module),
         {_, kind, clauses} <- :lists.keyfind({function, length(args)}, 1, heads) do
      {:ok, kind, for({patterns, guard} <- clauses, do: clause(patterns, guard, args))}
    else
      _ -> :error
    end
  end

  defp clause(patterns, guard, args) do
    patterns = Macro.prewalk(patterns, &expanded/1)
    guard = Macro.prewalk(guard, &expanded/1)
    {nodes, binding} = :lists.mapfoldl(&argument/2, [], :lists.zip(patterns, args))
    {nodes, for(alternative <- alternatives(guard), do: guard(alternative, binding))}
  end

  # What a compiler makes of some forms: Elixir shows heads as they are compiled.

  defp expanded({:<>, _, [left, right]}), do: {:<<>>, [], joined(left, right)}
  defp expanded({:<<>>, meta, segments}), do: {:<<>>, meta, :lists.map(&segment/1, segments)}
  defp expanded({:is_nil, _, [value]}), do: {:==, [], [value, nil]}
  defp expanded({:sigil_w, _, [{:<<>>, _, [text]}, []]}) when is_binary(text), do: String.split(text)
  defp expanded({{:., _, [:erlang, name]} = dot, meta, [left, right] = args}) do
    case :lists.keyfind(name, 1, @operators) do
      {_, operator} -> {operator, meta, [left, right]}
      false -> {dot, meta, args}
    end
  end

  defp expanded({{:., _, [_, name]} = dot, _, []}) when is_atom(name), do: {dot, [no_parens: true], []}
  defp expanded({:not, meta, [{:in, _, [value, [_ | _] = items]}]}), do: {:not, meta, [one_of(value, items)]}
  defp expanded({:not, meta, [{:not, _, [{:in, _, [_, [_ | _]]}]} = inner]}), do: {:not, meta, [inner]}
  defp expanded(form), do: form

  defp one_of(value, [first | rest]) do
    equal = fn item -> {:===, [], [value, item]} end
    :lists.foldl(fn item, code -> {:or, [], [code, equal.(item)]} end, equal.(first), rest)
  end

  defp joined(left, {:<>, _, [middle, right]}), do: [left | joined(middle, right)]
  defp joined(left, {:<<>>, _, segments}), do: [left | segments]
  defp joined(left, right) when is_binary(right), do: [left, right]
  defp joined(left, right), do: [left, {:"::", [], [right, {:binary, [], nil}]}]

  defp segment({:"::", meta, [value, spec]}) do
    parts = parts(spec)
    pick = fn names, default -> :lists.append(for(name <- names, {^name, _, _} = part <- parts, do: [named(part)])) |> default_to(default) end
    types = [:integer, :float, :binary, :bytes, :bitstring, :bits, :utf8, :utf16, :utf32]
    chosen = pick.(types, [{:integer, [], nil}]) ++ pick.([:big, :little, :native], []) ++ pick.([:signed, :unsigned], []) ++ pick.([:unit], []) ++ pick.([:size], [])
    {:"::", meta, [value, :lists.foldl(fn part, all -> {:-, [], [all, part]} end, hd(chosen), tl(chosen))]}
  end

  defp segment(other), do: other

  defp default_to([], default), do: default
  defp default_to(found, _default), do: found

  defp named({:bytes, meta, context}), do: {:binary, meta, context}
  defp named({:bits, meta, context}), do: {:bitstring, meta, context}
  defp named(part), do: part

  defp parts({:-, _, [left, right]}), do: parts(left) ++ parts(right)
  defp parts({:*, _, [size, unit]}), do: [{:unit, [], [unit]}, {:size, [], [size]}]
  defp parts({name, _, context} = type) when is_atom(name) and (is_atom(context) or context == []), do: if(bindable?(name), do: [{:size, [], [type]}], else: [type])
  defp parts({name, _, [_]} = part) when name in [:size, :unit], do: [part]
  defp parts(size), do: [{:size, [], [size]}]

  defp alternatives(nil), do: []
  defp alternatives({:when, _, [left, right]}), do: [left | alternatives(right)]
  defp alternatives(guard), do: [guard]

  defp argument({pattern, value}, binding) do
    case match(pattern, value, binding) do
      {:ok, binding} -> {%{match?: true, node: pattern}, binding}
      :no -> {%{match?: false, node: pattern}, binding}
    end
  end

  defp match({:_, _, context}, _value, binding) when is_atom(context), do: {:ok, binding}

  defp match({name, _, context}, value, binding) when is_atom(name) and is_atom(context) do
    case :lists.keyfind(name, 1, binding) do
      false -> {:ok, [{name, value} | binding]}
      {_, ^value} -> {:ok, binding}
      _ -> :no
    end
  end

  defp match(pattern, value, binding) do
    names = names(pattern, binding)
    variables = for name <- names, do: {name, [generated: true], nil}
    clauses = [{:->, [generated: true], [[pinned(pattern, binding)], variables]}, {:->, [generated: true], [[{:_, [], nil}], :no]}]
    code = {:case, [generated: true], [{:phial_value, [generated: true], nil}, [do: clauses]]}

    case Code.eval_quoted(code, [{:phial_value, value} | binding]) do
      {:no, _} -> :no
      {values, _} -> {:ok, :lists.zip(names, values) ++ binding}
    end
  rescue
    _ -> {:ok, binding}
  end

  defp names(pattern, binding) do
    {_, names} =
      Macro.prewalk(pattern, [], fn
        {name, _, context} = variable, names when is_atom(name) and is_atom(context) ->
          if bindable?(name) and not :lists.keymember(name, 1, binding), do: {variable, [name | names]}, else: {variable, names}

        other, names ->
          {other, names}
      end)

    :lists.usort(names)
  end

  # Types of bitstrings look like variables; they are not bound by the pattern.
  defp bindable?(name),
    do: name not in [:binary, :bytes, :bits, :bitstring, :integer, :float, :utf8, :utf16, :utf32, :little, :big, :native, :signed, :unsigned] and
      :erlang.hd(:erlang.atom_to_list(name)) != ?_

  defp pinned(pattern, binding) do
    Macro.postwalk(pattern, fn
      {name, _, context} = variable when is_atom(name) and is_atom(context) ->
        if :lists.keymember(name, 1, binding), do: {:^, [], [variable]}, else: variable

      other ->
        other
    end)
  end

  # Guards

  defp guard({operator, _, [left, right]}, binding) when operator in [:and, :or] do
    left = guard(left, binding)
    right = guard(right, binding)
    value = if operator == :and, do: true?(left) and true?(right), else: true?(left) or true?(right)
    {operator, [value: value], [left, right]}
  end

  defp guard({:in, _, [value, [_ | _] = items]}, binding), do: guard(one_of(value, items), binding)

  defp guard({:in, _, [value, {:.., _, [first, last]}]}, binding) when is_integer(first) and is_integer(last) do
    integer = {:and, [], [{:is_integer, [], [value]}, {:>=, [], [value, first]}]}
    guard({:and, [], [integer, {:<=, [], [value, last]}]}, binding)
  end

  defp guard(leaf, binding), do: %{match?: holds?(leaf, binding), node: leaf}

  defp true?(%{match?: match?}), do: match?
  defp true?({_, [value: value], _}), do: value

  # What names a variable of a pattern that did not match does not hold.
  defp holds?(leaf, binding), do: names(leaf, binding) == [] and evaluated(leaf, binding)

  defp evaluated(leaf, binding) do
    elem(Code.eval_quoted(leaf, binding), 0) == true
  rescue
    error -> error.__struct__ in [CompileError, UndefinedFunctionError]
  end
end
