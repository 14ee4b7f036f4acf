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
    options_given = %{arg0: "sh", cd: nil, env: [], stderr_to_stdout: true}
    command = "(" <> IO.chardata_to_string(command) <> "\n) </dev/null"

    case :phial_os.run("/bin/sh", ["-c", command], options_given) do
      {output, status} when is_integer(status) -> cut(text(output), Map.get(options, :max_size, :infinity))
      {:error, reason} -> :erlang.error(reason)
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
end
