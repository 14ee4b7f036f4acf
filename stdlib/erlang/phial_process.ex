# SPDX-License-Identifier: Apache-2.0
# What natives of :erlang go on with when they must wait: answers of other processes come as messages.
defmodule :phial_process do
  @moduledoc false

  @doc false
  def await(ref) do
    receive do
      {^ref, answer} -> answer
    end
  end

  # A receive that looks at nothing: the caller's own signals are handled, an exit to itself included.
  @doc false
  def handle_signals do
    receive do
    after
      0 -> true
    end
  end
end
