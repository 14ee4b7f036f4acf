# SPDX-License-Identifier: Apache-2.0
# :file on the natives of :phial_file. An open file is a process (:file_io_server), or with the mode `raw` the tuple
# {:file_descriptor, :phial_file, %{handle: fd, binary: flag}}, which any process may use.
#
# Invariant: names are binaries, charlists or atoms; what is no name is {:error, :badarg}.
defmodule :file do
  @moduledoc "Files as Erlang has them."

  # -- whole files ------------------------------------------------------------------------

  def read_file(name), do: :phial_slow_file.read_file(name)
  def write_file(name, bytes), do: :phial_slow_file.write_file(name, bytes, [])
  def write_file(name, bytes, modes) when is_list(modes), do: with_encoding(name, bytes, modes)
  def write_file(_name, _bytes, _modes), do: {:error, :badarg}

  defp with_encoding(name, bytes, modes) do
    case encoding(modes) do
      :latin1 ->
        :phial_slow_file.write_file(name, bytes, modes)

      encoding ->
        case :unicode.characters_to_binary(bytes, :latin1, encoding) do
          encoded when is_binary(encoded) -> :phial_slow_file.write_file(name, encoded, modes)
          _ -> {:error, :badarg}
        end
    end
  end

  @doc false
  def encoding(modes) do
    Enum.find_value(modes, :latin1, fn
      {:encoding, :unicode} -> :utf8
      {:encoding, encoding} -> encoding
      _ -> nil
    end)
  end

  def copy(source, destination), do: copy(source, destination, :infinity)

  @doc "Copies up to a number of bytes; both are names, {name, modes} or open files."
  def copy(source, destination, count) do
    with {:ok, from, close_from} <- opened(source, [:read]) do
      result =
        with {:ok, to, close_to} <- opened(destination, [:write]) do
          result = copy_opened(from, to, count)
          if close_to, do: close(to)
          result
        end

      if close_from, do: close(from)
      result
    end
  end

  defp opened(device, _modes) when is_pid(device) or elem(device, 0) == :file_descriptor, do: {:ok, device, false}

  defp opened({name, more}, modes),
    do: with({:ok, device} <- open(name, [:raw, :binary | modes ++ more]), do: {:ok, device, true})

  defp opened(name, modes), do: opened({name, []}, modes)

  @doc false
  def copy_opened(from, to, count), do: copy_chunks(from, to, count, 0)

  defp copy_chunks(_from, _to, 0, copied), do: {:ok, copied}

  defp copy_chunks(from, to, count, copied) do
    case read(from, if(count == :infinity, do: 65536, else: min(count, 65536))) do
      {:ok, bytes} ->
        size = :erlang.iolist_size(bytes)
        left = if count == :infinity, do: count, else: count - size
        with :ok <- write(to, bytes), do: copy_chunks(from, to, left, copied + size)

      :eof ->
        {:ok, copied}

      error ->
        error
    end
  end

  # -- open files -------------------------------------------------------------------------

  @doc "Opens a file; modes as in Erlang, `ram` and `compressed` excepted."
  def open(name, mode) when is_atom(mode) and mode in [:read, :write, :append, :exclusive, :raw, :binary],
    do: open(name, [mode])

  def open(name, modes) when is_list(modes) do
    cond do
      :ram in modes or :compressed in modes -> {:error, :enotsup}
      :raw in modes -> with {:ok, fd} <- :phial_slow_file.open(name, modes), do: {:ok, raw(fd, modes)}
      true -> :file_io_server.start(self(), name, modes)
    end
  end

  def open(_name, _modes), do: {:error, :badarg}

  defp raw(fd, modes), do: {:file_descriptor, :phial_file, %{handle: fd, binary: :binary in modes}}

  defp shaped({:ok, bytes}, false), do: {:ok, :erlang.binary_to_list(bytes)}
  defp shaped(result, _), do: result

  def close({:file_descriptor, :phial_file, %{handle: fd}}), do: :phial_file.close(fd)

  def close(pid) when is_pid(pid) do
    case request(pid, :close) do
      {:error, :terminated} -> :ok
      other -> other
    end
  end

  def close(_), do: {:error, :badarg}

  def read({:file_descriptor, :phial_file, %{handle: fd, binary: binary}}, n), do: shaped(:phial_slow_file.read(fd, n), binary)
  def read(device, n) when is_integer(n) and n >= 0, do: found(:io.request(device, {:get_chars, :latin1, :"", n}))
  def read(_, _), do: {:error, :badarg}

  def read_line({:file_descriptor, :phial_file, %{handle: fd, binary: binary}}), do: shaped(raw_line(fd, []), binary)
  def read_line(device), do: found(:io.request(device, {:get_line, :latin1, :""}))

  defp found(data) when is_binary(data) or is_list(data), do: {:ok, data}
  defp found(other), do: other

  # What was read beyond the line is given back by moving the position.
  defp raw_line(fd, acc) do
    case :phial_slow_file.read(fd, 4096) do
      {:ok, bytes} ->
        case :binary.match(bytes, "\n") do
          {at, 1} ->
            with {:ok, _} <- :phial_file.position(fd, at + 1 - byte_size(bytes), :cur),
                 do: {:ok, line_of([acc | :binary.part(bytes, 0, at + 1)])}

          :nomatch ->
            raw_line(fd, [acc | bytes])
        end

      :eof when acc != [] ->
        {:ok, :erlang.iolist_to_binary(acc)}

      other ->
        other
    end
  end

  @doc false
  # A line ends in a newline alone.
  def line_of(line) do
    line = :erlang.iolist_to_binary(line)
    size = byte_size(line) - 2
    if size >= 0 and :binary.part(line, size, 2) == "\r\n", do: :binary.part(line, 0, size) <> "\n", else: line
  end

  def write({:file_descriptor, :phial_file, %{handle: fd}}, bytes), do: :phial_slow_file.write(fd, bytes)

  def write(device, bytes) do
    :io.request(device, {:put_chars, :latin1, :erlang.iolist_to_binary(bytes)})
  rescue
    _ -> {:error, :badarg}
  end

  def position({:file_descriptor, :phial_file, %{handle: fd}}, at), do: move(fd, at)
  def position(pid, at) when is_pid(pid), do: request(pid, {:position, at})
  def position(_, _), do: {:error, :badarg}

  @doc false
  def move(fd, at) when is_integer(at), do: :phial_file.position(fd, at, :bof)
  def move(fd, at) when at in [:bof, :cur, :eof], do: :phial_file.position(fd, 0, at)
  def move(fd, {from, offset}) when from in [:bof, :cur, :eof] and is_integer(offset), do: :phial_file.position(fd, offset, from)
  def move(_fd, _at), do: {:error, :badarg}

  def pread(device, places) when is_list(places), do: pread_all(device, places, [])
  def pread(_, _), do: {:error, :badarg}

  defp pread_all(_device, [], acc), do: {:ok, :lists.reverse(acc)}

  defp pread_all(device, [{at, n} | rest], acc) do
    case pread(device, at, n) do
      {:ok, bytes} -> pread_all(device, rest, [bytes | acc])
      :eof -> pread_all(device, rest, [:eof | acc])
      error -> error
    end
  end

  def pread({:file_descriptor, :phial_file, %{handle: fd, binary: binary}}, at, n), do: shaped(:phial_file.pread(fd, at, n), binary)
  def pread(pid, at, n) when is_pid(pid), do: request(pid, {:pread, at, n})
  def pread(_, _, _), do: {:error, :badarg}

  def pwrite(device, places) when is_list(places), do: pwrite_all(device, places, 0)
  def pwrite(_, _), do: {:error, :badarg}

  defp pwrite_all(_device, [], _n), do: :ok

  defp pwrite_all(device, [{at, bytes} | rest], n) do
    case pwrite(device, at, bytes) do
      :ok -> pwrite_all(device, rest, n + 1)
      {:error, reason} -> {:error, {n, reason}}
    end
  end

  def pwrite({:file_descriptor, :phial_file, %{handle: fd}}, at, bytes), do: :phial_file.pwrite(fd, at, bytes)
  def pwrite(pid, at, bytes) when is_pid(pid), do: request(pid, {:pwrite, at, bytes})
  def pwrite(_, _, _), do: {:error, :badarg}

  def truncate({:file_descriptor, :phial_file, %{handle: fd}}), do: :phial_file.truncate(fd)
  def truncate(pid) when is_pid(pid), do: request(pid, :truncate)
  def truncate(_), do: {:error, :badarg}

  def sync({:file_descriptor, :phial_file, %{handle: fd}}), do: :phial_file.sync(fd)
  def sync(pid) when is_pid(pid), do: request(pid, :sync)
  def sync(_), do: {:error, :badarg}
  def datasync(device), do: sync(device)

  def advise(_device, _offset, _length, _advice), do: :ok
  def allocate(_device, _offset, _length), do: {:error, :enotsup}

  def pid2name(pid) when is_pid(pid) do
    with {:dictionary, dictionary} <- :erlang.process_info(pid, :dictionary),
         {_, name} <- :lists.keyfind(:phial_file_name, 1, dictionary) do
      {:ok, name}
    else
      _ -> :undefined
    end
  end

  defp request(pid, request) do
    ref = :erlang.monitor(:process, pid)
    send(pid, {:file_request, self(), ref, request})

    receive do
      {:file_reply, ^ref, reply} ->
        :erlang.demonitor(ref, [:flush])
        reply

      {:DOWN, ^ref, _, _, _} ->
        {:error, :terminated}
    end
  end

  # -- names and directories --------------------------------------------------------------

  def list_dir(name),
    do: with({:ok, names} <- :phial_file.list_dir(name), do: {:ok, Enum.map(names, &chars/1)})

  def list_dir_all(name), do: list_dir(name)

  # A name that is no UTF-8 stays a binary.
  defp chars(name) do
    case :unicode.characters_to_list(name) do
      chars when is_list(chars) -> chars
      _ -> name
    end
  end

  def make_dir(name), do: :phial_file.make_dir(name)
  def del_dir(name), do: :phial_file.del_dir(name)

  @doc "Removes a file or a directory with all that is in it."
  def del_dir_r(name) do
    case :phial_file.info(name, false) do
      {:ok, info} when elem(info, 1) == :directory ->
        with {:ok, names} <- :phial_file.list_dir(name) do
          Enum.each(names, &del_dir_r(:filename.join(name, &1)))
          :phial_file.del_dir(name)
        end

      {:ok, _} ->
        :phial_file.delete(name)

      error ->
        error
    end
  end

  def delete(name), do: :phial_file.delete(name)
  def delete(name, _options), do: :phial_file.delete(name)

  def rename(from, to) do
    # Onto a directory only a directory may go.
    case {:phial_file.info(from, false), :phial_file.info(to, true)} do
      {{:ok, from_info}, {:ok, to_info}} when elem(from_info, 1) != :directory and elem(to_info, 1) == :directory ->
        {:error, :eisdir}

      _ ->
        :phial_file.rename(from, to)
    end
  end

  def make_link(existing, new), do: :phial_file.make_link(existing, new)
  def make_symlink(existing, new), do: :phial_file.make_symlink(existing, new)
  def read_link(name), do: with({:ok, target} <- :phial_file.read_link(name), do: {:ok, chars(target)})
  def read_link_all(name), do: read_link(name)
  def get_cwd, do: with({:ok, dir} <- :phial_file.get_cwd(), do: {:ok, chars(dir)})
  def get_cwd(_drive), do: {:error, :enotsup}
  def set_cwd(name), do: :phial_file.set_cwd(name)
  def altname(_name), do: {:error, :enotsup}
  def native_name_encoding, do: :utf8

  # -- what is known of a file ------------------------------------------------------------

  def read_file_info(name), do: file_info(name, true, [])
  def read_file_info(name, options), do: file_info(name, true, options)
  def read_link_info(name), do: file_info(name, false, [])
  def read_link_info(name, options), do: file_info(name, false, options)
  def raw_read_file_info(name), do: file_info(name, true, [])

  defp file_info(name, follow, options) do
    with time when time in [:local, :universal, :posix] <- time_option(options),
         {:ok, info} <- :phial_file.info(name, follow) do
      {size, type, access, atime, mtime, ctime, mode, links, major, minor, inode, uid, gid} = info

      {:ok,
       {:file_info, size, type, access, time(atime, time), time(mtime, time), time(ctime, time), mode, links, major, minor,
        inode, uid, gid}}
    else
      {:error, _} = error -> error
      _ -> {:error, :badarg}
    end
  end

  defp time_option(options) when is_list(options) do
    case :lists.keyfind(:time, 1, options) do
      {:time, time} -> time
      false -> :local
    end
  end

  defp time_option(_), do: :badarg

  defp time(seconds, :posix), do: seconds
  defp time(seconds, :universal), do: :calendar.system_time_to_universal_time(seconds, :second)
  defp time(seconds, :local), do: :erlang.universaltime_to_localtime(time(seconds, :universal))

  defp seconds(:undefined, _), do: :undefined
  defp seconds(seconds, _) when is_integer(seconds), do: seconds
  defp seconds(datetime, :local), do: seconds(:erlang.localtime_to_universaltime(datetime), :universal)
  defp seconds(datetime, _), do: :calendar.datetime_to_gregorian_seconds(datetime) - 62_167_219_200

  def write_file_info(name, info), do: write_file_info(name, info, [])
  def raw_write_file_info(name, info), do: write_file_info(name, info, [])

  @doc "Sets the mode, owner, group and times of a file to those of a file_info tuple; `undefined` ones stay."
  def write_file_info(name, {:file_info, _, _, _, atime, mtime, _ctime, mode, _, _, _, _, uid, gid}, options) do
    time = time_option(options)

    with :ok <- if(is_integer(mode), do: :phial_file.chmod(name, mode), else: :ok),
         :ok <- owned(name, id(uid), id(gid)),
         do: timed(name, seconds(atime, time), seconds(mtime, time))
  end

  def write_file_info(_, _, _), do: {:error, :badarg}

  defp id(n) when is_integer(n), do: n
  defp id(_), do: -1

  defp owned(_name, -1, -1), do: :ok
  defp owned(name, uid, gid), do: :phial_file.chown(name, uid, gid)

  defp timed(_name, :undefined, :undefined), do: :ok
  defp timed(name, :undefined, mtime), do: timed(name, mtime, mtime)
  defp timed(name, atime, :undefined), do: timed(name, atime, atime)
  defp timed(name, atime, mtime), do: :phial_file.touch(name, atime, mtime)

  def change_mode(name, mode), do: :phial_file.chmod(name, mode)
  def change_owner(name, uid), do: :phial_file.chown(name, uid, -1)
  def change_owner(name, uid, gid), do: :phial_file.chown(name, uid, gid)
  def change_group(name, gid), do: :phial_file.chown(name, -1, gid)
  def change_time(name, time), do: change_time(name, :erlang.localtime(), time)
  def change_time(name, atime, mtime), do: timed(name, seconds(atime, :local), seconds(mtime, :local))

  # The Erlang terms of a file, each ended by a dot.

  def consult(name) do
    with {:ok, bytes} <- read_file(name) do
      text = with(text when is_list(text) <- :unicode.characters_to_list(bytes), do: text, else: (_ -> :erlang.binary_to_list(bytes)))

      case :erl_scan.string(text) do
        {:ok, tokens, _line} -> terms(tokens, [])
        {:error, error, _line} -> {:error, error}
      end
    end
  end

  defp terms([], done), do: {:ok, :lists.reverse(done)}

  defp terms(tokens, done) do
    {form, rest} = :lists.splitwith(&(:erlang.element(1, &1) != :dot), tokens)

    case :erl_parse.parse_term(form ++ :lists.sublist(rest, 1)) do
      {:ok, term} -> terms(:lists.nthtail(:erlang.min(1, length(rest)), rest), [term | done])
      error -> error
    end
  end

  def path_consult(path, name) do
    case path_open(path, name, [:read]) do
      {:ok, device, full} ->
        close(device)
        with {:ok, terms} <- consult(full), do: {:ok, terms, full}

      error ->
        error
    end
  end

  def path_open(path, name, modes) do
    if :filename.pathtype(name) == :absolute,
      do: first_open([~c""], name, modes),
      else: first_open(path, name, modes)
  end

  defp first_open([], _name, _modes), do: {:error, :enoent}

  defp first_open([dir | rest], name, modes) do
    full = :filename.join(dir, name)

    case open(full, modes) do
      {:ok, device} -> {:ok, device, full}
      {:error, :enoent} -> first_open(rest, name, modes)
      error -> error
    end
  end

  # -- errors -----------------------------------------------------------------------------

  @texts %{
    eacces: "permission denied",
    eagain: "resource temporarily unavailable",
    ebadf: "bad file number",
    ebusy: "file busy",
    echild: "no children",
    edeadlk: "resource deadlock avoided",
    edquot: "disk quota exceeded",
    eexist: "file already exists",
    efault: "bad address in system call argument",
    efbig: "file too large",
    eintr: "interrupted system call",
    einval: "invalid argument",
    eio: "I/O error",
    eisdir: "illegal operation on a directory",
    eloop: "too many levels of symbolic links",
    emfile: "too many open files",
    emlink: "too many links",
    enametoolong: "file name too long",
    enfile: "file table overflow",
    enodev: "no such device",
    enoent: "no such file or directory",
    enoexec: "exec format error",
    enolck: "no locks available",
    enomem: "not enough memory",
    enospc: "no space left on device",
    enosys: "function not implemented",
    enotblk: "block device required",
    enotdir: "not a directory",
    enotempty: "directory not empty",
    enotsup: "operation not supported",
    enotty: "inappropriate device for ioctl",
    enxio: "no such device or address",
    eopnotsupp: "operation not supported on socket",
    eoverflow: "offset too large for file system",
    eperm: "not owner",
    epipe: "broken pipe",
    erange: "math result unrepresentable",
    erofs: "read-only file system",
    espipe: "invalid seek",
    esrch: "no such process",
    estale: "stale remote file handle",
    etxtbsy: "text file or pseudo-device busy",
    exdev: "cross-domain link",
    e2big: "argument list too long",
    badarg: "bad argument",
    terminated: "the file server process is terminated",
    system_limit: "a system limit was hit, probably not enough ports"
  }

  @doc "The text of an error reason, as a charlist."
  def format_error({_line, :file, reason}), do: format_error(reason)

  def format_error({line, module, reason}) when is_integer(line) and is_atom(module),
    do: [:erlang.integer_to_list(line), ": ", module.format_error(reason)]

  def format_error(reason), do: to_charlist(Map.get(@texts, reason, "unknown POSIX error"))
end
