# SPDX-License-Identifier: Apache-2.0
# File.Stat: what is known of a file. Invariant: its fields are Erlang's file_info record in order.
defmodule File.Stat do
  @moduledoc "What `File.stat/2` tells of a file."

  @fields [:size, :type, :access, :atime, :mtime, :ctime, :mode, :links, :major_device, :minor_device, :inode, :uid, :gid]

  defstruct @fields

  @type t :: %__MODULE__{}

  @doc "The Erlang record of a stat."
  @spec to_record(t) :: tuple
  def to_record(%File.Stat{} = stat), do: :erlang.list_to_tuple([:file_info | Enum.map(@fields, &Map.fetch!(stat, &1))])

  @doc "The stat of an Erlang record."
  @spec from_record(tuple) :: t
  def from_record(file_info) when is_tuple(file_info) and elem(file_info, 0) == :file_info do
    [:file_info | values] = :erlang.tuple_to_list(file_info)
    struct!(File.Stat, Enum.zip(@fields, values))
  end
end
