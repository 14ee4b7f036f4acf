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

  # Where a process is, as text: the innermost call first.
  @doc false
  def backtrace(pid) do
    with {:current_stacktrace, entries} <- :erlang.process_info(pid, :current_stacktrace) do
      lines = for {module, function, arity, place} <- entries, do: :io_lib.format(~c"Return addr (~tw:~tw/~w~ts)~n", [module, function, arity, line(place)])
      {:backtrace, :unicode.characters_to_binary(:io_lib.format(~c"Program counter: ~ts", [lines]))}
    end
  end

  defp line(place) do
    case :lists.keyfind(:line, 1, place) do
      {:line, line} -> :io_lib.format(~c", line ~w", [line])
      false -> []
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
