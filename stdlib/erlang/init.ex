# SPDX-License-Identifier: Apache-2.0
#
# :init, what programs ask of it: its arguments and the end of the program.

defmodule :init do
  @moduledoc "The start and the end of the program."

  @doc "Ends the program soon, with status 0."
  def stop, do: System.stop(0)

  @doc "Ends the program soon, with a status."
  def stop(status), do: System.stop(if(is_list(status), do: List.to_string(status), else: status))

  @doc "Plain arguments of the command line, as charlists."
  def get_plain_arguments, do: Enum.map(System.argv(), &String.to_charlist/1)

  @doc "Flags of the Erlang emulator: none."
  def get_arguments, do: []

  @doc "The values of a flag of the Erlang emulator: none is set."
  def get_argument(flag) when is_atom(flag), do: :error

  @doc "Where the start is: the program runs."
  def get_status, do: {:started, :started}
end
