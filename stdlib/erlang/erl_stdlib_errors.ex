# SPDX-License-Identifier: Apache-2.0
#
# :erl_stdlib_errors, the words for errors of :io: which argument of the call is to blame for a failed request, and why.
# Invariant: the cause is what :io puts into the error_info of the first stack entry.
defmodule :erl_stdlib_errors do
  @moduledoc false

  def format_error(_reason, [{:io, _function, args, meta} | _]) do
    case :lists.keyfind(:error_info, 1, meta) do
      {:error_info, %{cause: {source, cause}}} -> text(source, cause, args)
      _ -> %{}
    end
  end

  def format_error(_reason, _stacktrace), do: %{}

  defp text(:io, :terminated, _), do: %{1 => "the device has terminated"}
  defp text(:io, :arguments, _), do: %{1 => "the device does not exist"}
  defp text(:io, :calling_self, _), do: %{1 => "the device is not allowed to be the current process"}
  defp text(:device, {:no_translation, from, to}, args), do: %{last(args) => "device failed to transcode string from #{from} to #{to}"}
  defp text(:device, :put_chars, args), do: %{last(args) => "not valid character data (an iodata term)"}

  defp text(:device, reason, _) when is_tuple(reason), do: %{}

  defp text(:device, reason, _) do
    case :file.format_error(reason) do
      'unknown POSIX error' -> %{}
      text -> %{1 => "#{text} (#{reason})"}
    end
  end

  defp last(args) when is_list(args), do: length(args)
  defp last(arity), do: arity
end
