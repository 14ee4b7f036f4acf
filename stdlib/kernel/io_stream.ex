# SPDX-License-Identifier: Apache-2.0
#
# IO.Stream: a device as a collection. Invariant: reading has the side effects of reading, so a
# stream cannot be counted or searched without consuming the device.

defmodule IO.Stream do
  @moduledoc "A device as a stream: see IO.stream/2 and IO.binstream/2."

  defstruct device: nil, raw: true, line_or_bytes: :line

  @type t :: %__MODULE__{}

  @doc false
  def __build__(device, raw, line_or_bytes),
    do: %IO.Stream{device: device, raw: raw, line_or_bytes: line_or_bytes}

  defimpl Collectable do
    def into(%{device: device, raw: raw} = stream), do: {:ok, collector(stream, device, raw)}

    defp collector(stream, device, raw) do
      fn
        :ok, {:cont, x} -> if raw, do: IO.binwrite(device, x), else: IO.write(device, x)
        :ok, _ -> stream
      end
    end
  end

  defimpl Enumerable do
    def reduce(%{device: device, raw: raw, line_or_bytes: line_or_bytes}, acc, fun) do
      next =
        if raw,
          do: &IO.each_binstream(&1, line_or_bytes),
          else: &IO.each_stream(&1, line_or_bytes)

      Stream.resource(fn -> device end, next, & &1).(acc, fun)
    end

    def count(_stream), do: {:error, __MODULE__}
    def member?(_stream, _term), do: {:error, __MODULE__}
    def slice(_stream), do: {:error, __MODULE__}
  end
end
