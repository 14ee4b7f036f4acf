# SPDX-License-Identifier: Apache-2.0
# :net_kernel of a node that is alone: it can be asked to watch for others, of which none ever comes. Invariant: nothing starts distribution.
defmodule :net_kernel do
  @moduledoc false

  def monitor_nodes(flag), do: monitor_nodes(flag, [])
  def monitor_nodes(flag, options) when is_boolean(flag) and is_list(options), do: :ok
  def monitor_nodes(_flag, _options), do: :error

  def connect_node(node) when is_atom(node), do: Node.connect(node)
  def nodename, do: node()
  def stop, do: {:error, :not_found}
end
