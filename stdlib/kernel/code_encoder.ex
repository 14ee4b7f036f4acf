# SPDX-License-Identifier: Apache-2.0
# Code.Encoder: the options :literal_encoder and :static_atoms_encoder of Code.string_to_quoted/2.
#
# The parser wraps each literal in a mark with its place; the encoders are called on what is marked, and on names.
# Invariant: what the parser itself adds (Access.get, Kernel.to_string, operators, the keys of do-blocks) bears no mark and is left as it is.
defmodule Code.Encoder do
  @moduledoc false

  @mark :"$literal"
  @block_keys [:do, :else, :rescue, :catch, :after]
  @words [:and, :or, :not, :in, :when, :fn, :__block__, :__aliases__]

  @doc false
  def parse(source, opts) do
    {literal, opts} = Keyword.pop(opts, :literal_encoder)
    {static, opts} = Keyword.pop(opts, :static_atoms_encoder)
    columns? = Keyword.get(opts, :columns, false)
    opts = [{:literal_wrapper, @mark}, {:columns, true} | opts]
    state = %{literal: literal, static: static, columns?: columns?, tokens?: Keyword.get(opts, :token_metadata, false), file: opts[:file]}

    with {:ok, quoted} <- :phial_compiler.string_to_quoted(source, opts), do: {:ok, walk(quoted, state)}
  catch
    :throw, {:encoder, meta, reason, token} -> {:error, {Keyword.take(meta, [:line, :column]), to_string(reason) <> ": ", token}}
  end

  # A literal, with the parentheses around it.
  defp walk({@mark, meta, [literal | parens]}, state), do: literal(inner(literal, meta, state), meta, parens, state)

  defp walk({:"::", meta, [{{:., _, [Kernel, :to_string]}, _, _} = call, {:binary, binary_meta, nil}]}, state),
    do: {:"::", own(meta, state), [walk(call, state), {:binary, own(binary_meta, state), nil}]}

  # What is called after a dot stands where the call does.
  defp walk({{:., meta, [left, right]}, call, args}, state) when is_list(call) and is_list(args) and is_atom(right) and not is_atom(left),
    do: {{:., own(meta, state), [walk(left, state), name(right, call, state)]}, own(call, state), walk(args, state)}

  defp walk({:., meta, [left, right]}, state) when is_atom(left), do: {:., own(meta, state), [left, right]}
  defp walk({:., meta, [left, right]}, state) when is_atom(right), do: {:., own(meta, state), [walk(left, state), name(right, meta, state)]}
  defp walk({:__aliases__, meta, parts}, state) do
    {parts, _} = Enum.map_reduce(parts, meta, fn part, place -> {alias_part(part, place, state), after_part(part, place)} end)
    {:__aliases__, own(meta, state), parts}
  end

  defp walk({form, meta, args}, state) when is_list(meta),
    do:
      {if(is_atom(form), do: name(form, meta, state), else: walk(form, state)), own(meta, state),
       if(is_atom(args), do: args, else: walk(args, state))}

  # The keys of a do-block.
  defp walk({{@mark, meta, [key]}, value}, state) when key in @block_keys do
    if meta[:format] == :keyword,
      do: {walk({@mark, meta, [key]}, state), walk(value, state)},
      else: {literal(key, meta, [], state), walk(value, state)}
  end

  defp walk({left, right}, state), do: {walk(left, state), walk(right, state)}
  defp walk([head | tail], state), do: [walk(head, state) | walk(tail, state)]
  defp walk(other, _state), do: other

  defp inner(atom, _meta, %{static: nil}) when is_atom(atom), do: atom

  defp inner(atom, meta, state) when is_atom(atom) do
    fixed? = meta[:format] != :keyword and (atom in [true, false, nil] or operator?(atom))
    if fixed?, do: atom, else: encode(atom, meta, state)
  end

  defp inner(literal, _meta, state), do: walk(literal, state)

  defp literal(value, _meta, _parens, %{literal: nil}), do: value

  defp literal(value, meta, parens, state) do
    case state.literal.(value, own(meta, state)) do
      {:ok, {:__block__, meta, args}} when is_list(meta) ->
        {:__block__, :lists.foldr(fn around, meta -> own(around, state) ++ meta end, meta, parens), args}

      {:ok, ast} ->
        ast

      {:error, reason} ->
        throw({:encoder, meta, reason, "literal"})
    end
  end

  defp alias_part(part, meta, state) when is_atom(part), do: encode(part, meta, state)
  defp alias_part(part, _meta, state), do: walk(part, state)

  # Where the next part of an alias stands.
  defp after_part(part, place) when is_atom(part), do: Keyword.update(place, :column, 1, &(&1 + String.length(Atom.to_string(part)) + 1))
  defp after_part(_part, place), do: place

  defp name(atom, _meta, %{static: nil}), do: atom

  defp name(atom, meta, state) do
    sigil? = Keyword.has_key?(meta, :delimiter) and match?("sigil_" <> _, Atom.to_string(atom))
    if atom in @words or sigil? or operator?(atom), do: atom, else: encode(atom, meta, state)
  end

  # Made of signs only.
  defp operator?(atom), do: not (Atom.to_string(atom) =~ ~r/[\w\s]|[^\x00-\x7f]/u) and atom != :""

  defp encode(atom, _meta, %{static: nil}), do: atom

  defp encode(atom, meta, state) do
    token = Atom.to_string(atom)
    file = if state.file, do: [file: state.file], else: []

    case state.static.(token, file ++ Keyword.take(meta, [:line, :column])) do
      {:ok, value} -> value
      {:error, reason} -> throw({:encoder, meta, reason, token})
    end
  end

  # The metadata that was asked for.
  defp own(meta, state) do
    for {key, value} <- meta, (state.columns? or key != :column) and (state.tokens? or key != :token) do
      if key in [:do, :end, :closing, :end_of_expression, :last] and is_list(value), do: {key, own(value, state)}, else: {key, value}
    end
  end
end
