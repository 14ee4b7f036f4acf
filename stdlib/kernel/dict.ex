# SPDX-License-Identifier: Apache-2.0
# Dict and Set, the modules of old that worked with every kind of dictionary or set. Invariant: they only pass calls on to the module of their first
# argument: Map, Keyword or the module of the struct.
defmodule Dict do
  @moduledoc "Dictionaries of any kind: use Map or Keyword."

  functions = [
    delete: [:key], drop: [:keys], equal?: [:other], fetch: [:key], fetch!: [:key], get: [:key], get: [:key, :default], get_and_update: [:key, :fun],
    get_lazy: [:key, :fun], has_key?: [:key], keys: [], merge: [:other], merge: [:other, :fun], pop: [:key], pop: [:key, :default],
    pop_lazy: [:key, :fun], put: [:key, :value], put_new: [:key, :value], put_new_lazy: [:key, :fun], split: [:keys], take: [:keys], to_list: [],
    update: [:key, :initial, :fun], update!: [:key, :fun], values: []
  ]

  for {name, names} <- functions do
    args = for arg <- names, do: Macro.var(arg, __MODULE__)
    @deprecated "Use the Map module for working with maps or the Keyword module for working with keyword lists"
    def unquote(name)(dict, unquote_splicing(args)), do: target(dict).unquote(name)(dict, unquote_splicing(args))
  end

  @deprecated "Use the Map module for working with maps or the Keyword module for working with keyword lists"
  def size(dict) when is_list(dict), do: length(dict)
  def size(dict), do: if(target(dict) == Map, do: map_size(dict), else: target(dict).size(dict))

  @deprecated "Use the Map module for working with maps or the Keyword module for working with keyword lists"
  def empty(dict), do: if(is_list(dict), do: [], else: target(dict).new())

  defp target(%module{}), do: module
  defp target(%{}), do: Map
  defp target(list) when is_list(list), do: Keyword
  defp target(other), do: raise(ArgumentError, "unsupported dict: #{inspect(other)}")
end

defmodule Set do
  @moduledoc "Sets of any kind: use MapSet."

  functions = [
    delete: [:term], difference: [:other], disjoint?: [:other], equal?: [:other], intersection: [:other], member?: [:term], put: [:term], size: [],
    subset?: [:other], to_list: [], union: [:other]
  ]

  for {name, names} <- functions do
    args = for arg <- names, do: Macro.var(arg, __MODULE__)
    @deprecated "Use the MapSet module for working with sets"
    def unquote(name)(set, unquote_splicing(args)), do: target(set).unquote(name)(set, unquote_splicing(args))
  end

  @deprecated "Use the MapSet module for working with sets"
  def empty(set), do: target(set).new()

  defp target(%module{}), do: module
  defp target(other), do: raise(ArgumentError, "unsupported set: #{inspect(other)}")
end
