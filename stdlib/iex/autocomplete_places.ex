# SPDX-License-Identifier: Apache-2.0
# What may stand in places of their own: behind `::` in a bitstring, behind `~`, behind the bracket of a call, in the helpers b and t.
# Invariant: entries are those of IEx.Autocomplete, {name, shown, what is inserted after it}.
defmodule IEx.Autocomplete.Places do
  @moduledoc false

  @modifiers ~w(big binary bitstring float integer little native signed size unit unsigned utf16 utf32 utf8)
  @with_argument ~w(size unit)
  @openers ~w(" """ ' ''' \( / < [ { |)

  @doc "Types and modifiers of a segment, without those that it has."
  def modifiers(used, hint) do
    taken = String.split(used, ~r/\W+/)

    for name <- @modifiers, name not in taken, String.starts_with?(name, hint) do
      if name in @with_argument, do: {name, "#{name}/1", "("}, else: {name, name, ""}
    end
  end

  @doc "The letters of the sigils that are imported, or, behind one, how its text may begin."
  def sigils("", env) do
    names = for {_, pairs} <- env.functions ++ env.macros, {name, 2} <- pairs, "sigil_" <> letter <- [Atom.to_string(name)], do: letter
    for letter <- names |> Enum.uniq() |> Enum.sort(), do: {letter, "~" <> letter, ""}
  end

  def sigils(_letter, _env), do: for(opener <- @openers, do: {opener, opener, ""})

  @doc "Callbacks or types of a module."
  def described(helper, module, hint) do
    names =
      case helper do
        "b" -> with {:ok, all} <- Code.Typespec.fetch_callbacks(module), do: Enum.map(all, &callback(elem(&1, 0)))
        "t" -> with {:ok, all} <- Code.Typespec.fetch_types(module), do: for({kind, {name, _, args}} <- all, kind != :typep, do: {name, length(args)})
      end

    for {name, arity} <- Enum.sort(List.wrap(if(is_list(names), do: names))), text = Atom.to_string(name), String.starts_with?(text, hint) do
      {text, "#{text}/#{arity}", ""}
    end
  end

  defp callback({name, arity}) do
    case Atom.to_string(name) do
      "MACRO-" <> name -> {String.to_atom(name), arity - 1}
      _ -> {name, arity}
    end
  end

  @doc "How a function of one of the modules is called, with the first line of its text."
  def heads(modules, name) do
    for module <- modules, {:docs_v1, _, _, _, _, _, docs} <- [Code.fetch_docs(module)], {{kind, known, _}, _, [head | _], doc, _} <- docs,
        kind in [:function, :macro] and doc != :hidden and Atom.to_string(known) == name,
        do: {"", shown(head, doc), ""}
  end

  defp shown(head, %{"en" => text}), do: {head, text |> String.split("\n", parts: 2) |> hd()}
  defp shown(head, _doc), do: head
end
