# SPDX-License-Identifier: Apache-2.0
#
# :os, what of it needs no native of its own: finding and running programs. Invariant: a
# program is a regular file with an execute bit, looked for in the directories of PATH in order.

defmodule :os do
  @moduledoc "Operating system functions."

  @doc "The path of a program found in PATH, or false."
  def find_executable(name) do
    path = with false <- :os.getenv(~c"PATH"), do: ~c"/usr/local/bin:/usr/bin:/bin"
    find_executable(name, path)
  end

  @doc "The path of a program found in the directories of `path`, or false."
  def find_executable(name, path) do
    name = IO.chardata_to_string(name)

    if String.contains?(name, "/") do
      if program?(name), do: String.to_charlist(absolute(name)), else: false
    else
      path
      |> IO.chardata_to_string()
      |> String.split(":")
      |> Enum.map(&in_directory(&1, name))
      |> Enum.find(false, &program?/1)
      |> found()
    end
  end

  defp in_directory("", name), do: "./" <> name
  defp in_directory(dir, name), do: dir <> "/" <> name

  defp found(false), do: false
  defp found(path), do: String.to_charlist(path)

  defp absolute("/" <> _ = path), do: path

  defp absolute(path) do
    {:ok, cwd} = :phial_file.get_cwd()
    IO.chardata_to_string(cwd) <> "/" <> path
  end

  defp program?(path) do
    case :phial_file.info(path, true) do
      {:ok, info} -> elem(info, 1) == :regular and Bitwise.band(elem(info, 6), 0o111) != 0
      _ -> false
    end
  end

  @doc "Runs a command line with the shell and answers its output."
  def cmd(command), do: cmd(command, %{})

  @doc "As cmd/1; `max_size` cuts the output off."
  def cmd(command, options) do
    command = "(" <> IO.chardata_to_string(command) <> "\n) </dev/null"
    max = Map.get(options, :max_size, :infinity)
    {pid, ref} = :erlang.spawn_monitor(fn -> exit({:output, output(command, max)}) end)

    receive do
      {:DOWN, ^ref, _, ^pid, {:output, output}} -> cut(text(output), max)
      {:DOWN, ^ref, _, ^pid, reason} -> :erlang.error(reason)
    end
  end

  defp output(command, max) do
    options = [:binary, :exit_status, :stderr_to_stdout, :in, :hide, args: ["-c", command]]
    gathered(Port.open({:spawn_executable, "/bin/sh"}, options), [], 0, max)
  end

  defp gathered(_port, acc, size, max) when size > max, do: IO.iodata_to_binary(acc)

  defp gathered(port, acc, size, max) do
    receive do
      {^port, {:data, data}} -> gathered(port, [acc | data], size + byte_size(data), max)
      {^port, {:exit_status, _}} -> IO.iodata_to_binary(acc)
    end
  end

  # What is no UTF-8 is given as bytes.
  defp text(output) do
    case :unicode.characters_to_list(output) do
      chars when is_list(chars) -> chars
      _ -> :erlang.binary_to_list(output)
    end
  end

  defp cut(chars, :infinity), do: chars
  defp cut(chars, max), do: Enum.take(chars, max)

  def perf_counter(unit), do: :erlang.convert_time_unit(:os.perf_counter(), :perf_counter, unit)
end
