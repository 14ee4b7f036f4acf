# SPDX-License-Identifier: Apache-2.0
# :phial_error_info, the describer of errors that natives raise with a position and a text (raise_badarg). Exception.Args knows
# the arguments of the common natives by itself; this answers for the modules whose texts depend on more than the arguments.
defmodule :phial_error_info do
  @moduledoc false

  @modules [:re, :crypto, :ets, :atomics, :counters]

  def format_error(_reason, [{module, _function, _args, meta} | _]) when module in @modules do
    case :lists.keyfind(:error_info, 1, meta) do
      {:error_info, %{cause: {position, text}}} when is_integer(position) and is_binary(text) -> %{position => text}
      _ -> %{}
    end
  end

  def format_error(_reason, _stacktrace), do: %{}
end
