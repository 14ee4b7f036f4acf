# SPDX-License-Identifier: Apache-2.0
# Path: names of files as text. Invariant: apart from wildcard/2, expand/1 and what needs the working directory, nothing here
# looks at the file system. Names are Unix's.
defmodule Path do
  @moduledoc "Paths of files."

  @type t :: IO.chardata()

  # -- absolute and relative --------------------------------------------------------------

  @doc "The path as seen from the root; `.` and `..` stay."
  @spec absname(t) :: binary
  def absname(path), do: absname(path, File.cwd!())

  @doc """
  The path as seen from the root, if it is relative to `relative_to`.

      iex> Path.absname("foo", "bar")
      "bar/foo"
  """
  @spec absname(t, t) :: binary
  def absname(path, relative_to) do
    path = IO.chardata_to_string(path)

    case path do
      "/" <> _ -> normalized(path)
      "" -> normalized(IO.chardata_to_string(relative_to))
      _ -> joined(IO.chardata_to_string(relative_to), path)
    end
  end

  defp joined(left, path), do: normalized(left <> "/" <> path)

  # One slash where there are several, none at the end; a "." counts only as the first or last part.
  defp normalized(path) do
    case {path, names(path)} do
      {"/" <> _, names} -> "/" <> slashed(without_here(names))
      {_, [first | names]} -> slashed([first | without_here(names)])
      {_, []} -> ""
    end
  end

  defp without_here([".", name | rest]), do: without_here([name | rest])
  defp without_here([name | rest]), do: [name | without_here(rest)]
  defp without_here([]), do: []

  defp names(path), do: :binary.split(path, "/", [:global, :trim_all])
  defp slashed(names), do: :erlang.iolist_to_binary(Enum.intersperse(names, "/"))

  @doc "Whether a path is `:absolute` or `:relative`."
  @spec type(t) :: :absolute | :relative | :volumerelative
  def type(name) when is_list(name) or is_binary(name) do
    {type, _} = rooted(name)
    type
  end

  # Whether a path begins with the root, and what comes after it. In a list only a character or a list can be the root.
  defp rooted("/" <> rest), do: {:absolute, rest}
  defp rooted([?/ | rest]), do: {:absolute, rest}
  defp rooted([list | rest]) when is_list(list), do: rooted(list ++ rest)
  defp rooted(path), do: {:relative, path}

  @doc """
  Makes a path relative by taking off its root.

      iex> Path.relative("/usr/local/bin")
      "usr/local/bin"
  """
  @spec relative(t) :: binary
  def relative(name) do
    case rooted(name) do
      {:absolute, rest} when rest in ["", []] -> "."
      {_, rest} -> IO.chardata_to_string(rest)
    end
  end

  @doc """
  The path relative to a directory, if it lies in it.

      iex> Path.relative_to("/usr/local/foo", "/usr/local")
      "foo"
  """
  @spec relative_to(t, t) :: binary
  def relative_to(path, from) do
    path = IO.chardata_to_string(path)
    relative_to(split(path), split(from), path)
  end

  defp relative_to(path, path, _original), do: "."
  defp relative_to([name | path], [name | from], original), do: relative_to(path, from, original)
  defp relative_to([_ | _] = path, [], _original), do: join(path)
  defp relative_to(_, _, original), do: original

  @doc "The path relative to the working directory, if it lies in it."
  @spec relative_to_cwd(t) :: binary
  def relative_to_cwd(path) do
    case File.cwd() do
      {:ok, base} -> relative_to(path, IO.chardata_to_string(base))
      _ -> path
    end
  end

  @doc "The path without `.` and `..` if it stays below the working directory: `{:ok, path}` or `:error`."
  @spec safe_relative(t) :: {:ok, binary} | :error
  def safe_relative(path), do: safe(path)

  @doc "As `safe_relative/1`; the directory is not looked at."
  @spec safe_relative_to(t, t) :: {:ok, binary} | :error
  def safe_relative_to(path, relative_to) do
    _ = IO.chardata_to_string(relative_to)
    safe(path)
  end

  defp safe(path) do
    case IO.chardata_to_string(path) do
      "/" <> _ -> :error
      path -> with names when is_list(names) <- below(names(path), []), do: {:ok, slashed(names)}
    end
  end

  defp below([".." | _], []), do: :error
  defp below([".." | rest], [_ | above]), do: below(rest, above)
  defp below(["." | rest], above), do: below(rest, above)
  defp below([name | rest], above), do: below(rest, [name | above])
  defp below([], above), do: :lists.reverse(above)

  # -- expanding --------------------------------------------------------------------------

  @doc """
  The absolute path with `~`, `.` and `..` worked out.

      iex> Path.expand("/foo/bar/../bar")
      "/foo/bar"
  """
  @spec expand(t) :: binary
  def expand(path), do: path |> at_home() |> absname(File.cwd!()) |> without_dots()

  @doc "As `expand/1`, relative to a directory."
  @spec expand(t, t) :: binary
  def expand(path, relative_to) do
    path |> at_home() |> absname(at_home(relative_to)) |> absname(File.cwd!()) |> without_dots()
  end

  defp at_home(path) do
    case IO.chardata_to_string(path) do
      "~" -> System.user_home!()
      "~/" <> rest -> System.user_home!() <> "/" <> rest
      path -> path
    end
  end

  defp without_dots("/" <> _ = path), do: "/" <> slashed(climbed(names(path), []))
  defp without_dots(path), do: slashed(climbed(names(path), []))

  defp climbed([".." | rest], [_ | above]), do: climbed(rest, above)
  defp climbed([".." | rest], []), do: climbed(rest, [])
  defp climbed(["." | rest], above), do: climbed(rest, above)
  defp climbed([name | rest], above), do: climbed(rest, [name | above])
  defp climbed([], above), do: :lists.reverse(above)

  # -- parts ------------------------------------------------------------------------------

  @doc """
  The last part of a path.

      iex> Path.basename("foo/bar")
      "bar"
  """
  @spec basename(t) :: binary
  def basename(path) do
    case names(IO.chardata_to_string(path)) do
      [] -> ""
      names -> :lists.last(names)
    end
  end

  @doc """
  The last part of a path without an extension.

      iex> Path.basename("~/foo/bar.ex", ".ex")
      "bar"
  """
  @spec basename(t, t) :: binary
  def basename(path, extension) do
    path = IO.chardata_to_string(path)
    extension = IO.chardata_to_string(extension)
    if String.ends_with?(path, "/"), do: basename(path), else: without_suffix(basename(path), extension)
  end

  defp without_suffix(name, ""), do: name

  defp without_suffix(name, suffix) do
    if String.ends_with?(name, suffix),
      do: :binary.part(name, 0, byte_size(name) - byte_size(suffix)),
      else: name
  end

  @doc """
  All but the last part of a path.

      iex> Path.dirname("/foo/bar.ex")
      "/foo"
  """
  @spec dirname(t) :: binary
  def dirname(path) do
    path = IO.chardata_to_string(path)

    case :binary.matches(path, "/") do
      [] ->
        "."

      slashes ->
        {at, 1} = :lists.last(slashes)

        case normalized_front(:binary.part(path, 0, at)) do
          "" -> "/"
          front -> front
        end
    end
  end

  # The front part keeps its inner slashes; those at its end go.
  defp normalized_front(front) do
    if String.ends_with?(front, "/"),
      do: normalized_front(:binary.part(front, 0, byte_size(front) - 1)),
      else: front
  end

  @doc """
  The extension of the last part, with its dot; `""` if there is none.

      iex> Path.extname("foo.erl")
      ".erl"
  """
  @spec extname(t) :: binary
  def extname(path) do
    path = IO.chardata_to_string(path)
    root = root(path)
    :binary.part(path, byte_size(root), byte_size(path) - byte_size(root))
  end

  @doc """
  The path without its extension.

      iex> Path.rootname("/foo/bar.ex")
      "/foo/bar"
  """
  @spec rootname(t) :: binary
  def rootname(path) do
    path = IO.chardata_to_string(path)

    case root(path) do
      ^path when binary_part(path, 0, 1) == "." -> if String.contains?(path, "/"), do: path, else: ""
      root -> root
    end
  end

  defp root(path) do
    start =
      case :binary.matches(path, "/") do
        [] -> 0
        slashes -> elem(:lists.last(slashes), 0) + 1
      end

    case :binary.matches(path, ".", [{:scope, {start, byte_size(path) - start}}]) do
      [] -> path
      dots -> cut_at(path, elem(:lists.last(dots), 0), start)
    end
  end

  # A dot that begins the name begins no extension.
  defp cut_at(path, start, start), do: path
  defp cut_at(path, dot, _start), do: :binary.part(path, 0, dot)

  @doc """
  The path without the given extension.

      iex> Path.rootname("/foo/bar.erl", ".erl")
      "/foo/bar"
  """
  @spec rootname(t, t) :: binary
  def rootname(path, extension) do
    path = IO.chardata_to_string(path)
    root = without_suffix(path, IO.chardata_to_string(extension))
    if String.ends_with?(root, "/"), do: path, else: root
  end

  @doc """
  The parts of a path.

      iex> Path.split("/foo/bar")
      ["/", "foo", "bar"]
  """
  @spec split(t) :: [binary]
  def split(path) do
    case IO.chardata_to_string(path) do
      "/" <> _ = path -> ["/" | names(path)]
      path -> names(path)
    end
  end

  # -- joining ----------------------------------------------------------------------------

  @doc """
  Joins paths.

      iex> Path.join(["/", "foo", "bar"])
      "/foo/bar"
  """
  @spec join(nonempty_list(t)) :: binary
  def join([name1, name2 | rest]), do: join([join(name1, name2) | rest])
  def join([name]), do: IO.chardata_to_string(name)

  @doc """
  Joins two paths; slashes between and after them become one or none.

      iex> Path.join("foo", "bar/")
      "foo/bar"
  """
  @spec join(t, t) :: binary
  def join(left, right) do
    left = IO.chardata_to_string(left)
    {_, right} = rooted(right)
    right = IO.chardata_to_string(right)
    if left == "", do: without_last_slash(right), else: without_last_slash(without_last_slash(left, "") <> "/" <> right)
  end

  defp without_last_slash(path, root \\ "/")
  defp without_last_slash("/", root), do: root

  defp without_last_slash(path, _root) do
    size = byte_size(path) - 1
    if size >= 0 and :binary.at(path, size) == ?/, do: :binary.part(path, 0, size), else: path
  end

  # -- wildcards --------------------------------------------------------------------------

  @doc """
  The existing paths that match a pattern of `?`, `*`, `**`, `[chars]`, `{a,b}`, sorted. Names with a leading dot count with
  `match_dot: true`.
  """
  @spec wildcard(t, keyword) :: [binary]
  def wildcard(glob, opts \\ []) when is_list(opts) do
    glob = IO.chardata_to_string(glob)

    if String.contains?(glob, "\0"),
      do: raise(ArgumentError, "cannot execute Path.wildcard/2 for path with null byte, got: #{inspect(glob)}")

    Path.Wildcard.expand(glob, Keyword.get(opts, :match_dot, false))
  end
end

defmodule Path.Wildcard do
  @moduledoc false
  # The search behind Path.wildcard/2 and :filelib.wildcard. A pattern is split at slashes; each part is a name to look up, `**`, or
  # a list of the items below that a name must match:
  #   {:char, c}, :any (?), :many (*), {:set, [first..last]}, {:either, [items]}.

  @doc false
  def expand(glob, dots?) do
    parts = glob |> :binary.split("/", [:global, :trim_all]) |> Enum.map(&compile/1)
    if glob == "", do: [_ | _] = parts

    case glob do
      "/" <> _ -> search(parts, "/", dots?)
      _ -> parts |> without_here() |> search("", dots?)
    end
    |> :lists.usort()
  end

  @doc false
  def match?(name, glob), do: glob |> compile() |> matches?(name)

  defp without_here([".", next | rest]), do: without_here([next | rest])
  defp without_here([_ | _] = parts), do: parts

  # -- searching

  defp search([], "", _dots?), do: []
  defp search([], dir, _dots?), do: [dir]

  defp search([name | rest], dir, dots?) when is_binary(name) do
    path = below(dir, name)
    if exists?(path), do: search(rest, path, dots?), else: []
  end

  defp search([:deep], dir, dots?), do: Enum.flat_map(list(dir, dots?), &deep(&1, dir, dots?))

  defp search([:deep | rest] = parts, dir, dots?) do
    inner =
      for name <- list(dir, dots?), path = below(dir, name), directory?(path), found <- search(parts, path, dots?), do: found

    search(rest, dir, dots?) ++ inner
  end

  defp search([items | rest], dir, dots?) do
    for name <- list(dir, dots?), matches?(items, name), found <- search(rest, below(dir, name), dots?), do: found
  end

  defp deep(name, dir, dots?) do
    path = below(dir, name)
    [path | if(directory?(path), do: search([:deep], path, dots?), else: [])]
  end

  defp below("", name), do: name
  defp below("/", name), do: "/" <> name
  defp below(dir, name), do: dir <> "/" <> name

  defp list(dir, dots?) do
    case :phial_file.list_dir(if(dir == "", do: ".", else: dir)) do
      {:ok, names} -> Enum.filter(names, &(dots? or not String.starts_with?(&1, ".")))
      _ -> []
    end
  end

  defp exists?(path), do: elem(:phial_file.info(path, false), 0) == :ok

  defp directory?(path) do
    case :phial_file.info(path, true) do
      {:ok, info} -> elem(info, 1) == :directory
      _ -> false
    end
  end

  # -- compiling

  defp compile("**"), do: :deep

  defp compile(part) do
    {items, ""} = items(part, [], false)

    if Enum.all?(items, &Kernel.match?({:char, _}, &1)),
      do: for({:char, c} <- items, into: "", do: <<c::utf8>>),
      else: items
  end

  # `inside?`: between braces, where a comma and a closing brace end the items.
  defp items("", _acc, true), do: :erlang.error({:badpattern, :missing_delimiter})
  defp items("", acc, false), do: {:lists.reverse(acc), ""}
  defp items(<<c, _::binary>> = rest, acc, true) when c in [?,, ?}], do: {:lists.reverse(acc), rest}
  defp items("?" <> rest, acc, inside?), do: items(rest, [:any | acc], inside?)
  defp items("*" <> rest, [:many | _] = acc, inside?), do: items(rest, acc, inside?)
  defp items("*" <> rest, acc, inside?), do: items(rest, [:many | acc], inside?)

  defp items("[" <> rest, acc, inside?) do
    case set(rest, []) do
      {ranges, rest} -> items(rest, [{:set, ranges} | acc], inside?)
      :error -> items(rest, [{:char, ?[} | acc], inside?)
    end
  end

  defp items("{" <> rest, acc, inside?) do
    {choices, rest} = choices(rest, [])
    items(rest, [{:either, choices} | acc], inside?)
  end

  defp items(<<?\\, c::utf8, rest::binary>>, acc, inside?), do: items(rest, [{:char, c} | acc], inside?)
  defp items(<<c::utf8, rest::binary>>, acc, inside?), do: items(rest, [{:char, c} | acc], inside?)
  defp items(<<c, rest::binary>>, acc, inside?), do: items(rest, [{:char, c} | acc], inside?)

  defp choices(text, acc) do
    case items(text, [], true) do
      {choice, "," <> rest} -> choices(rest, [choice | acc])
      {choice, "}" <> rest} -> {:lists.reverse([choice | acc]), rest}
    end
  end

  defp set("]" <> rest, [_ | _] = ranges), do: {ranges, rest}
  defp set(<<?\\, c::utf8, rest::binary>>, ranges), do: set(rest, [c..c | ranges])

  defp set(<<first::utf8, ?-, last::utf8, rest::binary>>, ranges) when last != ?],
    do: set(rest, [first..last//1 | ranges])

  defp set(<<c::utf8, rest::binary>>, ranges), do: set(rest, [c..c | ranges])
  defp set(_, _), do: :error

  # -- matching

  defp matches?(name, name) when is_binary(name), do: true
  defp matches?(items, name) when is_list(items), do: match_items(items, name)
  defp matches?(:deep, _name), do: true
  defp matches?(_, _), do: false

  defp match_items([], rest), do: rest == ""
  defp match_items([:many], _rest), do: true

  defp match_items([:many | items] = all, rest) do
    match_items(items, rest) or
      case rest do
        <<_::utf8, rest::binary>> -> match_items(all, rest)
        <<_, rest::binary>> -> match_items(all, rest)
        "" -> false
      end
  end

  defp match_items([{:either, choices} | items], rest), do: Enum.any?(choices, &match_items(&1 ++ items, rest))
  defp match_items([:any | items], <<_::utf8, rest::binary>>), do: match_items(items, rest)
  defp match_items([{:char, c} | items], <<c::utf8, rest::binary>>), do: match_items(items, rest)

  defp match_items([{:set, ranges} | items], <<c::utf8, rest::binary>>),
    do: Enum.any?(ranges, &(c in &1)) and match_items(items, rest)

  defp match_items(_, _), do: false
end
