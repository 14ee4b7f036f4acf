# SPDX-License-Identifier: Apache-2.0
# :erl_erts_errors, the describer of errors that the VM itself raises: so far those of building a binary, and of linking.
defmodule :erl_erts_errors do
  @moduledoc false

  @doc false
  def format_error(:noproc, [{:erlang, :link, _, _} | _]), do: %{1 => "the pid does not refer to an existing process"}
  def format_error(_reason, _stacktrace), do: %{}

  @doc false
  def format_bs_fail(reason, [{_, _, _, meta} | _]) do
    case :lists.keyfind(:error_info, 1, meta) do
      {:error_info, %{cause: {segment, type, error, value}}} ->
        %{reason: "construction of binary failed", general: "segment #{segment} of type '#{type}': " <> why(reason, type, error, value)}

      _ ->
        %{}
    end
  end

  defp why(:system_limit, _type, :size, value), do: "the size #{inspect(value)} is too large"
  defp why(_, :binary, :type, value), do: "expected a binary but got: " <> inspect(value)
  defp why(_, :integer, :type, value), do: "expected an integer but got: " <> inspect(value)
  defp why(_, :float, :type, value), do: "expected a float or an integer but got: " <> inspect(value)

  defp why(_, type, :type, value),
    do: "expected a non-negative integer encodable as #{type} but got: " <> inspect(value)

  defp why(_, _, :size, value), do: "expected a non-negative integer as size but got: " <> inspect(value)
  defp why(_, _, :short, value), do: "the value #{inspect(value)} is shorter than the size of the segment"

  defp why(_, _, :unit, value),
    do: "the size of the value #{inspect(value)} is not a multiple of the unit for the segment"

  defp why(_, :float, :invalid, value),
    do: "expected one of the supported sizes 16, 32, or 64 but got: " <> inspect(value)

  defp why(_, _, _, value), do: "the value #{inspect(value)} is outside the range expressible as a float"
end
