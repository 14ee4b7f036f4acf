# SPDX-License-Identifier: Apache-2.0
#
# Which clauses a call did not match, and which of their parts: what Exception.blame_mfa/3 answers. The heads come from beside the docs
# of a module that is kept in the library or in a file (compiler/heads.c).
#
# Invariant: a part that cannot be judged here (it names an attribute, or a macro of its module) counts as one that matches.
defmodule Exception.Blame do
  @moduledoc false

  def mfa(module, function, args) do
    with [_ | _] = heads <- :phial.heads(module),
         {_, kind, clauses} <- :lists.keyfind({function, length(args)}, 1, heads) do
      {:ok, kind, for({patterns, guard} <- clauses, do: clause(patterns, guard, args))}
    else
      _ -> :error
    end
  end

  defp clause(patterns, guard, args) do
    {nodes, binding} = :lists.mapfoldl(&argument/2, [], :lists.zip(patterns, args))
    {nodes, for(alternative <- alternatives(guard), do: guard(alternative, binding))}
  end

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

  defp guard({:in, _, [value, [first | rest]]}, binding) do
    equal = fn item -> {:===, [], [value, item]} end
    guard(:lists.foldl(fn item, code -> {:or, [], [code, equal.(item)]} end, equal.(first), rest), binding)
  end

  defp guard({:in, _, [value, {:.., _, [first, last]}]}, binding) when is_integer(first) and is_integer(last) do
    limits = {:and, [], [{:>=, [], [value, first]}, {:<=, [], [value, last]}]}
    guard({:and, [], [{:is_integer, [], [value]}, limits]}, binding)
  end

  defp guard(leaf, binding), do: %{match?: holds?(leaf, binding), node: leaf}

  defp true?(%{match?: match?}), do: match?
  defp true?({_, [value: value], _}), do: value

  defp holds?(leaf, binding) do
    elem(Code.eval_quoted(leaf, binding), 0) == true
  rescue
    error -> error.__struct__ in [CompileError, UndefinedFunctionError]
  end
end
