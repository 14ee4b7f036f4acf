# SPDX-License-Identifier: Apache-2.0
# List.Chars: conversion to a charlist, behind `to_charlist/1`.
defprotocol List.Chars do
  @moduledoc "Converts a structure to a charlist, only if applicable."

  @doc "The charlist of `term`.\n\n    iex> List.Chars.to_charlist(:a)\n    'a'"
  @spec to_charlist(t) :: charlist
  def to_charlist(term)
end

defimpl List.Chars, for: Atom do
  import Kernel, except: [to_charlist: 1]

  def to_charlist(nil), do: ''
  def to_charlist(atom), do: :erlang.atom_to_list(atom)
end

defimpl List.Chars, for: BitString do
  import Kernel, except: [to_charlist: 1]

  def to_charlist(term) when is_binary(term), do: String.to_charlist(term)

  def to_charlist(term) do
    raise Protocol.UndefinedError,
      protocol: @protocol,
      value: term,
      description: "cannot convert a bitstring to a charlist"
  end
end

defimpl List.Chars, for: List do
  import Kernel, except: [to_charlist: 1]

  def to_charlist(list), do: list
end

defimpl List.Chars, for: Integer do
  import Kernel, except: [to_charlist: 1]

  def to_charlist(term), do: :erlang.integer_to_list(term)
end

defimpl List.Chars, for: Float do
  import Kernel, except: [to_charlist: 1]

  def to_charlist(term), do: :erlang.float_to_list(term, [:short])
end
