# SPDX-License-Identifier: Apache-2.0
# :filelib, questions about files. Invariant: names found are charlists, in order.
defmodule :filelib do
  @moduledoc "Questions about files."

  defp info(name) do
    case :phial_file.info(name, true) do
      {:ok, info} -> info
      _ -> nil
    end
  end

  def is_dir(name), do: match?({_, :directory, _, _, _, _, _, _, _, _, _, _, _}, info(name))
  def is_dir(name, _module), do: is_dir(name)
  def is_regular(name), do: match?({_, :regular, _, _, _, _, _, _, _, _, _, _, _}, info(name))
  def is_regular(name, _module), do: is_regular(name)
  def is_file(name), do: is_dir(name) or is_regular(name)
  def is_file(name, _module), do: is_file(name)

  @doc "The size of a file; 0 if there is none."
  def file_size(name), do: if(info = info(name), do: elem(info, 0), else: 0)
  def file_size(name, _module), do: file_size(name)

  @doc "The local time of the last change; 0 if there is no file."
  def last_modified(name) do
    case :file.read_file_info(name) do
      {:ok, info} -> elem(info, 5)
      _ -> 0
    end
  end

  def last_modified(name, _module), do: last_modified(name)

  @doc "Makes the directories above a file's name."
  def ensure_dir(name), do: name |> :filename.dirname() |> made()
  def ensure_path(name), do: made(name)

  defp made(dir) do
    if is_dir(dir) do
      :ok
    else
      parent = :filename.dirname(dir)

      with :ok <- if(parent == dir, do: {:error, :einval}, else: made(parent)) do
        case :phial_file.make_dir(dir) do
          {:error, :eexist} -> if is_dir(dir), do: :ok, else: {:error, :eexist}
          other -> other
        end
      end
    end
  end

  @doc "Folds the files below a directory whose names match a regular expression."
  def fold_files(dir, pattern, recursive, fun, acc) do
    {:ok, compiled} = :re.compile(pattern, [:unicode])
    fold(IO.chardata_to_string(dir), compiled, recursive, fun, acc, is_binary(dir))
  end

  def fold_files(dir, pattern, recursive, fun, acc, _module), do: fold_files(dir, pattern, recursive, fun, acc)

  defp fold(dir, pattern, recursive, fun, acc, binary?) do
    case :phial_file.list_dir(dir) do
      {:ok, names} -> Enum.reduce(names, acc, &fold_one(dir, &1, pattern, recursive, fun, &2, binary?))
      _ -> acc
    end
  end

  defp fold_one(dir, name, pattern, recursive, fun, acc, binary?) do
    full = :filename.join(dir, name)

    cond do
      is_regular(full) and :re.run(name, pattern, [{:capture, :none}]) == :match ->
        fun.(if(binary?, do: full, else: String.to_charlist(full)), acc)

      recursive and is_dir(full) ->
        fold(full, pattern, recursive, fun, acc, binary?)

      true ->
        acc
    end
  end

  @doc "The names that match a pattern; those that begin with a dot count."
  def wildcard(pattern), do: pattern |> IO.chardata_to_string() |> found()
  def wildcard(pattern, cwd) when is_atom(cwd), do: wildcard(pattern)

  def wildcard(pattern, cwd) do
    cwd = IO.chardata_to_string(cwd)

    case IO.chardata_to_string(pattern) do
      "/" <> _ = pattern -> found(pattern)
      pattern -> Enum.map(found(:filename.join(cwd, pattern)), &Enum.drop(&1, String.length(cwd) + 1))
    end
  end

  def wildcard(pattern, cwd, _module), do: wildcard(pattern, cwd)

  defp found(pattern), do: pattern |> Path.Wildcard.expand(true) |> Enum.map(&String.to_charlist/1)

  @doc "A relative name without `.` and `..` if it stays in the directory, else `unsafe`."
  def safe_relative_path(name, _cwd) do
    case Path.safe_relative(name) do
      {:ok, path} -> if is_binary(name), do: path, else: String.to_charlist(path)
      :error -> :unsafe
    end
  end
end
