# SPDX-License-Identifier: Apache-2.0
# File.Stream: a file as a collection of lines or chunks. Invariant: the file is open only while it is being enumerated or
# written; a raw stream reads the descriptor itself, any other asks the file's process.
defmodule File.Stream do
  @moduledoc "A file as a stream: see `File.stream!/3`."

  defstruct path: nil, modes: [], line_or_bytes: :line, raw: true

  @type t :: %__MODULE__{}

  @chunk 65536

  @doc false
  def __build__(path, modes, line_or_bytes) do
    raw = :lists.keyfind(:encoding, 1, modes) == false

    modes =
      cond do
        not raw -> modes
        :lists.keyfind(:read_ahead, 1, modes) == {:read_ahead, false} -> [:raw | :lists.keydelete(:read_ahead, 1, modes)]
        :lists.keymember(:read_ahead, 1, modes) or :read_ahead in modes -> [:raw | modes]
        true -> [:raw, :read_ahead | modes]
      end

    %File.Stream{path: path, modes: modes, raw: raw, line_or_bytes: line_or_bytes}
  end

  @doc false
  def open(%{path: path, modes: modes, raw: raw}) do
    modes = for mode <- modes, mode not in [:write, :append, :trim_bom], do: mode

    case :file.open(path, if(raw, do: [:binary | modes], else: modes)) do
      {:ok, device} -> device
      {:error, reason} -> raise File.Error, reason: reason, action: "stream", path: path
    end
  end

  # -- raw reading: the state is {device, buffer}, or {device, :eof} ------------------------

  @doc false
  def next_line({device, :eof}), do: {:halt, {device, :eof}}

  def next_line({device, buffer}) do
    case :binary.split(buffer, "\n", [:global]) do
      [part] -> read_more(device, part)
      parts -> lines(parts, [], device)
    end
  end

  defp lines([rest], acc, device), do: {:lists.reverse(acc), {device, rest}}
  defp lines([line | rest], acc, device), do: lines(rest, [ended(line) | acc], device)

  defp ended(line) do
    size = byte_size(line) - 1
    if size >= 0 and :binary.at(line, size) == ?\r, do: :binary.part(line, 0, size) <> "\n", else: line <> "\n"
  end

  defp read_more(device, part) do
    case :file.read(device, @chunk) do
      {:ok, bytes} -> next_line({device, part <> bytes})
      :eof when part == "" -> {:halt, {device, :eof}}
      :eof -> {[part], {device, :eof}}
      {:error, reason} -> raise IO.StreamError, reason: reason
    end
  end

  @doc false
  def next_bytes({device, size}) do
    case :file.read(device, size) do
      {:ok, bytes} -> {[bytes], {device, size}}
      :eof -> {:halt, {device, size}}
      {:error, reason} -> raise IO.StreamError, reason: reason
    end
  end

  @doc false
  def trim_bom(device, %{modes: modes}) do
    if :trim_bom in modes do
      at = bom(:file.read(device, 4))
      {:ok, _} = :file.position(device, at)
    end

    device
  end

  defp bom({:ok, <<0xEF, 0xBB, 0xBF, _::binary>>}), do: 3
  defp bom({:ok, <<0, 0, 0xFE, 0xFF>>}), do: 4
  defp bom({:ok, <<0xFF, 0xFE, 0, 0>>}), do: 4
  defp bom({:ok, <<0xFE, 0xFF, _::binary>>}), do: 2
  defp bom({:ok, <<0xFF, 0xFE, _::binary>>}), do: 2
  defp bom(_), do: 0

  defimpl Collectable do
    def into(%{path: path, modes: modes, raw: raw} = stream) do
      modes = for mode <- modes, mode != :read, do: mode

      case :file.open(path, [:write | modes]) do
        {:ok, device} -> {:ok, collector(device, stream, raw)}
        {:error, reason} -> raise File.Error, reason: reason, action: "stream", path: path
      end
    end

    defp collector(device, stream, raw) do
      fn
        :ok, {:cont, x} ->
          if raw, do: write(device, x), else: IO.write(device, x)

        :ok, :done ->
          :ok = :file.close(device)
          stream

        :ok, :halt ->
          :ok = :file.close(device)
      end
    end

    defp write(device, x) do
      case :file.write(device, x) do
        :ok -> :ok
        {:error, reason} -> :erlang.error(reason)
      end
    end
  end

  defimpl Enumerable do
    def reduce(%{raw: true, line_or_bytes: :line} = stream, acc, fun) do
      start = fn -> {stream |> File.Stream.open() |> File.Stream.trim_bom(stream), ""} end
      Stream.resource(start, &File.Stream.next_line/1, &close/1).(acc, shaped(stream, fun))
    end

    def reduce(%{raw: true, line_or_bytes: size} = stream, acc, fun) do
      start = fn -> {stream |> File.Stream.open() |> File.Stream.trim_bom(stream), size} end
      Stream.resource(start, &File.Stream.next_bytes/1, &close/1).(acc, shaped(stream, fun))
    end

    def reduce(%{line_or_bytes: line_or_bytes} = stream, acc, fun) do
      start = fn -> {open_text(stream), nil} end
      Stream.resource(start, &next_text(&1, line_or_bytes), &close/1).(acc, fun)
    end

    # Raw files are read as binaries, and given as lists if that is wanted.
    defp shaped(%{modes: modes}, fun) do
      if :binary in modes, do: fun, else: fn bytes, acc -> fun.(:erlang.binary_to_list(bytes), acc) end
    end

    # A byte order mark of UTF-8 is one character.
    defp open_text(%{modes: modes} = stream) do
      device = File.Stream.open(stream)
      if :trim_bom in modes and IO.read(device, 1) != "\uFEFF", do: {:ok, _} = :file.position(device, 0)
      device
    end

    defp next_text({device, _} = state, line_or_bytes) do
      case IO.read(device, line_or_bytes) do
        :eof -> {:halt, state}
        {:error, reason} -> raise IO.StreamError, reason: reason
        data -> {[data], state}
      end
    end

    defp close({device, _}), do: :file.close(device)

    def count(%{raw: true, path: path, line_or_bytes: size, modes: modes} = stream) when is_integer(size) do
      case File.stat(path) do
        {:ok, %{size: 0}} -> {:error, __MODULE__}
        {:ok, %{size: bytes}} -> {:ok, div(bytes - bom_size(stream, modes) + size - 1, size)}
        {:error, reason} -> raise File.Error, reason: reason, action: "stream", path: path
      end
    end

    # Lines are counted by their newlines.
    def count(%{line_or_bytes: :line, path: path} = stream) do
      device = File.Stream.open(%{stream | raw: true, modes: [:raw, :binary], path: path})

      try do
        {:ok, newlines(device, 0)}
      after
        :file.close(device)
      end
    end

    def count(_stream), do: {:error, __MODULE__}

    defp newlines(device, n) do
      case :file.read(device, 65536) do
        {:ok, bytes} -> newlines(device, n + length(:binary.matches(bytes, "\n")))
        _ -> n
      end
    end

    defp bom_size(stream, modes) do
      if :trim_bom in modes do
        device = stream |> File.Stream.open() |> File.Stream.trim_bom(stream)
        {:ok, at} = :file.position(device, :cur)
        :file.close(device)
        at
      else
        0
      end
    end

    def member?(_stream, _term), do: {:error, __MODULE__}
    def slice(_stream), do: {:error, __MODULE__}
  end
end
