# SPDX-License-Identifier: Apache-2.0
# String.Chars: conversion to a string, behind `to_string/1` and interpolation.
defprotocol String.Chars do
  @moduledoc "Converts a structure to a string, only if applicable."

  @doc "The string of `term`.\n\n    iex> String.Chars.to_string(:a)\n    \"a\""
  @spec to_string(t) :: String.t()
  def to_string(term)
end

defimpl String.Chars, for: Atom do
  import Kernel, except: [to_string: 1]

  def to_string(nil), do: ""
  def to_string(atom), do: :erlang.atom_to_binary(atom, :utf8)
end

defimpl String.Chars, for: BitString do
  import Kernel, except: [to_string: 1]

  def to_string(term) when is_binary(term), do: term

  def to_string(term) do
    raise Protocol.UndefinedError,
      protocol: @protocol,
      value: term,
      description: "cannot convert a bitstring to a string"
  end
end

defimpl String.Chars, for: List do
  import Kernel, except: [to_string: 1]

  def to_string(charlist), do: List.to_string(charlist)
end

defimpl String.Chars, for: Integer do
  import Kernel, except: [to_string: 1]

  def to_string(term), do: :erlang.integer_to_binary(term)
end

defimpl String.Chars, for: Float do
  import Kernel, except: [to_string: 1]

  def to_string(term), do: :erlang.float_to_binary(term, [:short])
end
