# SPDX-License-Identifier: Apache-2.0
# Atom: atoms as text. Invariant: what is no atom is an ArgumentError.
defmodule Atom do
  @moduledoc "Functions for atoms."

  @doc """
  Returns the name as a string.

      iex> Atom.to_string(:foo)
      "foo"
  """
  @spec to_string(atom) :: String.t()
  def to_string(atom), do: :erlang.atom_to_binary(atom, :utf8)

  @doc """
  Returns the name as a charlist.

      iex> Atom.to_charlist(:foo)
      'foo'
  """
  @spec to_charlist(atom) :: charlist
  def to_charlist(atom), do: :erlang.atom_to_list(atom)

  @doc false
  @deprecated "Use Atom.to_charlist/1 instead"
  def to_char_list(atom), do: :erlang.atom_to_list(atom)
end
