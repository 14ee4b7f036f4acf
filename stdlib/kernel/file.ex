# SPDX-License-Identifier: Apache-2.0
# File: files and directories. Invariant: each function answers {:error, posix atom} on failure; its twin with `!` raises
# File.Error (or CopyError, LinkError, RenameError) with the same reason.
defmodule File do
  @moduledoc "Files and directories."

  @type mode :: atom | {atom, term}
  @type io_device :: :file.io_device()
  @type posix :: atom
  @type posix_time :: integer
  @type stat_options :: [time: :local | :universal | :posix]
  @type on_conflict_callback :: (Path.t(), Path.t() -> boolean)
  @type encoding_mode :: :utf8 | {:encoding, term}

  # -- asking -----------------------------------------------------------------------------

  @doc "Whether the path is a regular file; options: `:raw`."
  @spec regular?(Path.t(), [:raw]) :: boolean
  def regular?(path, _opts \\ []), do: type_of(path) == :regular

  @doc "Whether the path is a directory."
  @spec dir?(Path.t(), [:raw]) :: boolean
  def dir?(path, _opts \\ []), do: type_of(path) == :directory

  @doc "Whether the path exists."
  @spec exists?(Path.t(), [:raw]) :: boolean
  def exists?(path, _opts \\ []), do: type_of(path) != nil

  defp type_of(path) do
    case :phial_file.info(name(path), true) do
      {:ok, info} -> elem(info, 1)
      _ -> nil
    end
  end

  defp name(path), do: IO.chardata_to_string(path)

  @doc "`{:ok, %File.Stat{}}` of a file; `time:` is `:universal` (default), `:local` or `:posix`."
  @spec stat(Path.t(), stat_options) :: {:ok, File.Stat.t()} | {:error, posix}
  def stat(path, opts \\ []), do: path |> name() |> :file.read_file_info(time(opts)) |> stat_of()

  @doc "As `stat/2`; raises."
  @spec stat!(Path.t(), stat_options) :: File.Stat.t()
  def stat!(path, opts \\ []), do: path |> stat(opts) |> value!("read file stats", path)

  @doc "As `stat/2`, of a link itself."
  @spec lstat(Path.t(), stat_options) :: {:ok, File.Stat.t()} | {:error, posix}
  def lstat(path, opts \\ []), do: path |> name() |> :file.read_link_info(time(opts)) |> stat_of()

  @doc "As `lstat/2`; raises."
  @spec lstat!(Path.t(), stat_options) :: File.Stat.t()
  def lstat!(path, opts \\ []), do: path |> lstat(opts) |> value!("read file stats", path)

  defp time(opts), do: Keyword.put_new(opts, :time, :universal)
  defp stat_of({:ok, info}), do: {:ok, File.Stat.from_record(info)}
  defp stat_of(error), do: error

  defp value!({:ok, value}, _action, _path), do: value
  defp value!({:error, reason}, action, path), do: failed(reason, action, path)

  defp ok!(:ok, _action, _path), do: :ok
  defp ok!({:error, reason}, action, path), do: failed(reason, action, path)

  defp failed(reason, action, path), do: raise(File.Error, reason: reason, action: action, path: name(path))

  @doc "Sets what can be set of a file from a stat."
  @spec write_stat(Path.t(), File.Stat.t(), stat_options) :: :ok | {:error, posix}
  def write_stat(path, stat, opts \\ []), do: :file.write_file_info(name(path), File.Stat.to_record(stat), time(opts))

  @doc "As `write_stat/3`; raises."
  @spec write_stat!(Path.t(), File.Stat.t(), stat_options) :: :ok
  def write_stat!(path, stat, opts \\ []), do: path |> write_stat(stat, opts) |> ok!("write file stats", path)

  @doc "The target of a symbolic link."
  @spec read_link(Path.t()) :: {:ok, binary} | {:error, posix}
  def read_link(path), do: :phial_file.read_link(name(path))

  @doc "As `read_link/1`; raises."
  @spec read_link!(Path.t()) :: binary
  def read_link!(path), do: path |> read_link() |> value!("read link", path)

  # -- directories ------------------------------------------------------------------------

  @doc "Makes a directory."
  @spec mkdir(Path.t()) :: :ok | {:error, posix}
  def mkdir(path), do: :file.make_dir(name(path))

  @doc "As `mkdir/1`; raises."
  @spec mkdir!(Path.t()) :: :ok
  def mkdir!(path), do: path |> mkdir() |> ok!("make directory", path)

  @doc "Makes a directory and those above it that are missing."
  @spec mkdir_p(Path.t()) :: :ok | {:error, posix}
  def mkdir_p(path) do
    path = name(path)
    if dir?(path), do: :ok, else: make_above(path)
  end

  defp make_above(path) do
    parent = Path.dirname(path)

    with :ok <- if(parent == path, do: {:error, :einval}, else: mkdir_p(parent)) do
      case mkdir(path) do
        {:error, :eexist} = error -> if dir?(path), do: :ok, else: error
        other -> other
      end
    else
      {:error, :eexist} -> {:error, :enotdir}
      error -> error
    end
  end

  @doc "As `mkdir_p/1`; raises."
  @spec mkdir_p!(Path.t()) :: :ok
  def mkdir_p!(path), do: path |> mkdir_p() |> ok!("make directory (with -p)", path)

  @doc "The names in a directory."
  @spec ls(Path.t()) :: {:ok, [binary]} | {:error, posix}
  def ls(path \\ "."), do: :phial_file.list_dir(name(path))

  @doc "As `ls/1`; raises."
  @spec ls!(Path.t()) :: [binary]
  def ls!(path \\ "."), do: path |> ls() |> value!("list directory", path)

  @doc "Removes an empty directory."
  @spec rmdir(Path.t()) :: :ok | {:error, posix}
  def rmdir(path), do: :file.del_dir(name(path))

  @doc "As `rmdir/1`; raises."
  @spec rmdir!(Path.t()) :: :ok
  def rmdir!(path), do: path |> rmdir() |> ok!("remove directory", path)

  @doc "The working directory."
  @spec cwd() :: {:ok, binary} | {:error, posix}
  def cwd, do: :phial_file.get_cwd()

  @doc "As `cwd/0`; raises."
  @spec cwd!() :: binary
  def cwd! do
    case cwd() do
      {:ok, dir} -> dir
      {:error, reason} -> raise File.Error, reason: reason, action: "get current working directory"
    end
  end

  @doc "Changes the working directory."
  @spec cd(Path.t()) :: :ok | {:error, posix}
  def cd(path), do: :file.set_cwd(name(path))

  @doc "As `cd/1`; raises."
  @spec cd!(Path.t()) :: :ok
  def cd!(path), do: path |> cd() |> ok!("set current working directory to", path)

  @doc "Runs a function in another working directory."
  @spec cd!(Path.t(), (() -> result)) :: result when result: var
  def cd!(path, function) do
    old = cwd!()
    cd!(path)

    try do
      function.()
    after
      cd!(old)
    end
  end

  # -- removing ---------------------------------------------------------------------------

  @doc "Removes a file."
  @spec rm(Path.t()) :: :ok | {:error, posix}
  def rm(path), do: :file.delete(name(path))

  @doc "As `rm/1`; raises."
  @spec rm!(Path.t()) :: :ok
  def rm!(path), do: path |> rm() |> ok!("remove file", path)

  @doc "Removes a file, or a directory with all that is in it: `{:ok, removed}` or `{:error, reason, path}`."
  @spec rm_rf(Path.t()) :: {:ok, [binary]} | {:error, posix, binary}
  def rm_rf(path) do
    path = name(path)

    if String.contains?(path, "\0"),
      do: raise(ArgumentError, "cannot execute File.rm_rf/1 for path with null byte, got: #{inspect(path)}")

    remove(path, {:ok, []})
  end

  defp remove(path, {:ok, done}) do
    case :phial_file.info(path, false) do
      {:ok, info} when elem(info, 1) == :directory -> remove_all(path, done)
      {:ok, _} -> removed(rm(path), path, done)
      {:error, reason} when reason in [:enoent, :enotdir] -> {:ok, done}
      {:error, reason} -> {:error, reason, path}
    end
  end

  defp remove_all(path, done) do
    with {:ok, names} <- ls(path),
         {:ok, done} <- Enum.reduce_while(:lists.reverse(names), {:ok, done}, &remove_inside(path, &1, &2)) do
      removed(rmdir(path), path, done)
    else
      {:error, reason} when reason in [:enoent, :enotdir] -> {:ok, done}
      {:error, reason} -> {:error, reason, path}
      error -> error
    end
  end

  defp remove_inside(dir, name, acc) do
    case remove(Path.join(dir, name), acc) do
      {:ok, _} = ok -> {:cont, ok}
      error -> {:halt, error}
    end
  end

  defp removed(:ok, path, done), do: {:ok, [path | done]}
  defp removed({:error, :enoent}, _path, done), do: {:ok, done}
  defp removed({:error, reason}, path, _done), do: {:error, reason, path}

  @doc "As `rm_rf/1`; raises."
  @spec rm_rf!(Path.t()) :: [binary]
  def rm_rf!(path) do
    case rm_rf(path) do
      {:ok, files} ->
        files

      {:error, reason, _} ->
        raise File.Error, reason: reason, path: name(path), action: "remove files and directories recursively from"
    end
  end

  # -- links, owners, times ---------------------------------------------------------------

  @doc "Makes a hard link `new` to `existing`."
  @spec ln(Path.t(), Path.t()) :: :ok | {:error, posix}
  def ln(existing, new), do: :file.make_link(name(existing), name(new))

  @doc "As `ln/2`; raises."
  @spec ln!(Path.t(), Path.t()) :: :ok
  def ln!(existing, new), do: existing |> ln(new) |> linked!("create hard link", existing, new)

  @doc "Makes a symbolic link `new` to `existing`."
  @spec ln_s(Path.t(), Path.t()) :: :ok | {:error, posix}
  def ln_s(existing, new), do: :file.make_symlink(existing, name(new))

  @doc "As `ln_s/2`; raises."
  @spec ln_s!(Path.t(), Path.t()) :: :ok
  def ln_s!(existing, new), do: existing |> ln_s(new) |> linked!("create symlink", existing, new)

  defp linked!(:ok, _action, _existing, _new), do: :ok

  defp linked!({:error, reason}, action, existing, new),
    do: raise(File.LinkError, reason: reason, action: action, existing: name(existing), new: name(new))

  @doc "Renames a file or directory."
  @spec rename(Path.t(), Path.t()) :: :ok | {:error, posix}
  def rename(source, destination), do: :file.rename(source, destination)

  @doc "As `rename/2`; raises."
  @spec rename!(Path.t(), Path.t()) :: :ok
  def rename!(source, destination) do
    with {:error, reason} <- rename(source, destination),
         do: raise(File.RenameError, reason: reason, action: "rename", source: name(source), destination: name(destination))
  end

  @doc "Changes the permission bits."
  @spec chmod(Path.t(), non_neg_integer) :: :ok | {:error, posix}
  def chmod(path, mode), do: :file.change_mode(name(path), mode)

  @doc "As `chmod/2`; raises."
  @spec chmod!(Path.t(), non_neg_integer) :: :ok
  def chmod!(path, mode), do: path |> chmod(mode) |> ok!("change mode for", path)

  @doc "Changes the group."
  @spec chgrp(Path.t(), non_neg_integer) :: :ok | {:error, posix}
  def chgrp(path, gid), do: :file.change_group(name(path), gid)

  @doc "As `chgrp/2`; raises."
  @spec chgrp!(Path.t(), non_neg_integer) :: :ok
  def chgrp!(path, gid), do: path |> chgrp(gid) |> ok!("change group for", path)

  @doc "Changes the owner."
  @spec chown(Path.t(), non_neg_integer) :: :ok | {:error, posix}
  def chown(path, uid), do: :file.change_owner(name(path), uid)

  @doc "As `chown/2`; raises."
  @spec chown!(Path.t(), non_neg_integer) :: :ok
  def chown!(path, uid), do: path |> chown(uid) |> ok!("change owner for", path)

  @doc "Sets the times of a file, which is made if it is missing."
  @spec touch(Path.t(), :calendar.datetime() | posix_time) :: :ok | {:error, posix}
  def touch(path, time \\ System.os_time(:second))

  def touch(path, time) when is_tuple(time),
    do: touch(path, :calendar.datetime_to_gregorian_seconds(time) - 62_167_219_200)

  def touch(path, time) when is_integer(time) do
    path = name(path)

    now = System.os_time(:second)

    with {:error, :enoent} <- :phial_file.touch(path, now, time),
         :ok <- write(path, "", [:append]),
         do: :phial_file.touch(path, now, time)
  end

  @doc "As `touch/2`; raises."
  @spec touch!(Path.t(), :calendar.datetime() | posix_time) :: :ok
  def touch!(path, time \\ System.os_time(:second)), do: path |> touch(time) |> ok!("touch", path)

  # -- copying ----------------------------------------------------------------------------

  @doc "Copies up to a number of bytes: `{:ok, copied}`."
  @spec copy(Path.t() | io_device, Path.t() | io_device, pos_integer | :infinity) :: {:ok, non_neg_integer} | {:error, posix}
  def copy(source, destination, bytes_count \\ :infinity)

  def copy(source, destination, bytes_count),
    do: :file.copy(normalize_path_or_io_device(source), normalize_path_or_io_device(destination), bytes_count)

  defp normalize_path_or_io_device(path) when is_list(path) or is_binary(path), do: name(path)
  defp normalize_path_or_io_device(device) when is_pid(device), do: device
  defp normalize_path_or_io_device({:file_descriptor, _, _} = device), do: device

  @doc "As `copy/3`; raises, and answers the number alone."
  @spec copy!(Path.t() | io_device, Path.t() | io_device, pos_integer | :infinity) :: non_neg_integer
  def copy!(source, destination, bytes_count \\ :infinity) do
    case copy(source, destination, bytes_count) do
      {:ok, count} -> count
      {:error, reason} -> copy_failed(reason, "copy", source, destination, "")
    end
  end

  defp copy_failed(reason, action, source, destination, on) do
    raise File.CopyError,
      reason: reason,
      action: action,
      on: on,
      source: shown(source),
      destination: shown(destination)
  end

  defp shown(device) when is_pid(device) or is_tuple(device), do: device
  defp shown(path), do: name(path)

  @doc "Copies a file with its mode; the function under `:on_conflict` says whether one that exists is replaced."
  @spec cp(Path.t(), Path.t(), on_conflict: on_conflict_callback) :: :ok | {:error, posix}
  def cp(source_file, destination_file, options \\ [])

  # The function alone is how it was given before Elixir 1.14.
  def cp(source_file, destination_file, callback) when is_function(callback, 2),
    do: cp(source_file, destination_file, on_conflict: callback)

  def cp(source_file, destination_file, options) when is_list(options) do
    source = name(source_file)
    destination = name(destination_file)

    case copy_file(source, destination, on_conflict(options), []) do
      {:error, reason, _} -> {:error, reason}
      _ -> :ok
    end
  end

  defp copy_file(source, destination, callback, done) do
    case :phial_file.info(destination, true) do
      {:ok, info} when elem(info, 1) == :directory ->
        with {:ok, _} <- :phial_file.info(source, true) do
          {:error, :eisdir, source}
        else
          {:error, reason} -> {:error, reason, source}
        end

      {:ok, _} ->
        if not same?(source, destination) && callback.(source, destination),
          do: replace_file(source, destination, done),
          else: done

      _ ->
        replace_file(source, destination, done)
    end
  end

  defp same?(source, destination), do: Path.expand(source) == Path.expand(destination)

  defp replace_file(source, destination, done) do
    with {:ok, info} <- :phial_file.info(source, true),
         :ok <- if(elem(info, 1) == :directory, do: {:error, :eisdir}, else: :ok),
         {:ok, _} <- :file.copy(source, {destination, [:exclusive]}) |> retried(source, destination) do
      _ = :phial_file.chmod(destination, Bitwise.band(elem(info, 6), 0o7777))
      [destination | done]
    else
      {:error, reason} -> {:error, reason, source}
    end
  end

  # One that exists is written over.
  defp retried({:error, :eexist}, source, destination), do: :file.copy(source, destination)
  defp retried(result, _source, _destination), do: result

  @doc "As `cp/3`; raises."
  @spec cp!(Path.t(), Path.t(), on_conflict: on_conflict_callback) :: :ok
  def cp!(source_file, destination_file, options \\ []) do
    with {:error, reason} <- cp(source_file, destination_file, options),
         do: copy_failed(reason, "copy", source_file, destination_file, "")
  end

  @doc """
  Copies a file, or a directory with all that is in it: `{:ok, copied}` or `{:error, reason, path}`. With
  `dereference_symlinks: true` what a link points to is copied, not the link; `:on_conflict` is that of `cp/3`.
  """
  @spec cp_r(Path.t(), Path.t(), on_conflict: on_conflict_callback, dereference_symlinks: boolean) ::
          {:ok, [binary]} | {:error, posix, binary}
  def cp_r(source, destination, options \\ [])
  def cp_r(source, destination, callback) when is_function(callback, 2), do: cp_r(source, destination, on_conflict: callback)

  def cp_r(source, destination, options) when is_list(options) do
    source = name(source)
    destination = name(destination)

    for path <- [source, destination], String.contains?(path, "\0"),
      do: raise(ArgumentError, "cannot execute File.cp_r/3 for path with null byte, got: #{inspect(path)}")

    how = {on_conflict(options), Keyword.get(options, :dereference_symlinks, false)}

    case copy_tree(source, destination, how, []) do
      {:error, _, _} = error -> error
      copied -> {:ok, copied}
    end
  end

  defp on_conflict(options), do: Keyword.get(options, :on_conflict, fn _, _ -> true end)

  defp copy_tree(source, destination, {callback, through_links} = how, done) when is_list(done) do
    case :phial_file.info(source, false) do
      {:ok, info} when elem(info, 1) == :regular -> copy_file(source, destination, callback, done)
      {:ok, info} when elem(info, 1) == :symlink and through_links == true -> copy_target(source, destination, how, done)
      {:ok, info} when elem(info, 1) == :symlink -> copy_link(source, destination, callback, done)
      {:ok, info} when elem(info, 1) == :directory -> copy_directory(source, destination, how, done)
      {:ok, _} -> {:error, :eio, source}
      {:error, reason} -> {:error, reason, source}
    end
  end

  defp copy_target(source, destination, how, done) do
    with {:ok, target} <- read_link(source) do
      target |> Path.expand(Path.dirname(source)) |> copy_tree(destination, how, done)
    else
      {:error, reason} -> {:error, reason, source}
    end
  end

  defp copy_link(source, destination, callback, done) do
    with {:ok, target} <- read_link(source) do
      case :phial_file.info(destination, false) do
        {:ok, _} ->
          if callback.(source, destination), do: replace_link(target, destination, done), else: done

        _ ->
          link_made(ln_s(target, destination), destination, done)
      end
    else
      {:error, reason} -> {:error, reason, source}
    end
  end

  defp replace_link(target, destination, done) do
    _ = rm(destination)
    link_made(ln_s(target, destination), destination, done)
  end

  defp link_made(:ok, destination, done), do: [destination | done]
  defp link_made({:error, reason}, destination, _done), do: {:error, reason, destination}

  defp copy_directory(source, destination, how, done) do
    with {:ok, names} <- ls(source),
         :ok <- made(mkdir(destination), destination) do
      Enum.reduce_while(names, [destination | done], fn name, done ->
        case copy_tree(Path.join(source, name), Path.join(destination, name), how, done) do
          {:error, _, _} = error -> {:halt, error}
          done -> {:cont, done}
        end
      end)
    else
      {:error, reason} -> {:error, reason, source}
      {:error, reason, path} -> {:error, reason, path}
    end
  end

  defp made(:ok, _), do: :ok
  defp made({:error, :eexist}, _path), do: :ok
  defp made({:error, reason}, path), do: {:error, reason, path}

  @doc "As `cp_r/3`; raises."
  @spec cp_r!(Path.t(), Path.t(), on_conflict: on_conflict_callback, dereference_symlinks: boolean) :: [binary]
  def cp_r!(source, destination, options \\ []) do
    case cp_r(source, destination, options) do
      {:ok, files} -> files
      {:error, reason, path} -> copy_failed(reason, "copy recursively", source, destination, path)
    end
  end

  # -- contents ---------------------------------------------------------------------------

  @doc "The contents of a file."
  @spec read(Path.t()) :: {:ok, binary} | {:error, posix}
  def read(path), do: :file.read_file(name(path))

  @doc "As `read/1`; raises."
  @spec read!(Path.t()) :: binary
  def read!(path), do: path |> read() |> value!("read file", path)

  @doc "Writes the contents of a file; modes as those of `open/2`."
  @spec write(Path.t(), iodata, [mode]) :: :ok | {:error, posix}
  def write(path, content, modes \\ []), do: :file.write_file(name(path), content, modes(modes, false))

  @doc "As `write/3`; raises."
  @spec write!(Path.t(), iodata, [mode]) :: :ok
  def write!(path, content, modes \\ []) do
    with {:error, reason} <- write(path, content, modes) do
      action = if :append in modes, do: "append to file", else: "write to file"
      failed(reason, action, path)
    end
  end

  @doc "Opens a file, or calls a function with the open file: `{:ok, device or result}`."
  @spec open(Path.t(), [mode | :ram] | (io_device -> res)) :: {:ok, io_device | res} | {:error, posix} when res: var
  def open(path, modes_or_function \\ [])
  def open(path, modes) when is_list(modes), do: :file.open(name(path), modes(modes, true))
  def open(path, function) when is_function(function, 1), do: open(path, [], function)

  @doc "Opens a file, calls a function with it and closes it."
  @spec open(Path.t(), [mode | :ram], (io_device -> res)) :: {:ok, res} | {:error, posix} when res: var
  def open(path, modes, function) when is_list(modes) and is_function(function, 1) do
    with {:ok, device} <- open(path, modes) do
      try do
        {:ok, function.(device)}
      after
        :ok = close(device)
      end
    end
  end

  @doc "As `open/2`; raises."
  @spec open!(Path.t(), [mode | :ram] | (io_device -> res)) :: io_device | res when res: var
  def open!(path, modes_or_function \\ []), do: path |> open(modes_or_function) |> value!("open", path)

  @doc "As `open/3`; raises."
  @spec open!(Path.t(), [mode | :ram], (io_device -> res)) :: res when res: var
  def open!(path, modes, function), do: path |> open(modes, function) |> value!("open", path)

  @doc "Closes a file."
  @spec close(io_device) :: :ok | {:error, posix | :badarg | :terminated}
  def close(io_device), do: :file.close(io_device)

  @doc """
  The lines of a file, or chunks of a number of bytes, as a stream; also a place to collect into.
  """
  @spec stream!(Path.t(), [mode], :line | pos_integer) :: File.Stream.t()
  def stream!(path, modes \\ [], line_or_bytes \\ :line),
    do: File.Stream.__build__(name(path), modes(modes, true), line_or_bytes)

  # Elixir's names of the modes as Erlang's.
  defp modes(modes, binary?), do: normalize_modes(modes, binary?)

  defp normalize_modes([:utf8 | rest], binary?), do: [{:encoding, :utf8} | normalize_modes(rest, binary?)]
  defp normalize_modes([:read_ahead | rest], binary?), do: [{:read_ahead, 65536} | normalize_modes(rest, binary?)]

  defp normalize_modes([mode | rest], _binary?) when mode in [:charlist, :char_list], do: normalize_modes(rest, false)

  defp normalize_modes([mode | rest], binary?), do: [mode | normalize_modes(rest, binary?)]
  defp normalize_modes([], true), do: [:binary]
  defp normalize_modes([], false), do: []
end
