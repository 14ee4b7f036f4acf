# SPDX-License-Identifier: Apache-2.0
# :filename, names of files as Erlang has them. Invariant: a result is a charlist if all names given are lists or atoms, else a
# binary; nothing here looks at the file system but absname's working directory.
defmodule :filename do
  @moduledoc "Names of files."

  # Runs `fun` on the name as a binary and gives the result the name's type.
  defp on(name, fun) when is_binary(name), do: fun.(name)
  defp on(name, fun), do: name |> text() |> fun.() |> chars()

  defp on(one, two, fun) do
    result = fun.(text(one), text(two))
    if is_binary(one) or is_binary(two), do: result, else: chars(result)
  end

  defp text(name) when is_binary(name), do: name
  defp text(name) when is_atom(name), do: :erlang.atom_to_binary(name)
  defp text(name) when is_list(name), do: name |> flatten() |> IO.chardata_to_string()

  defp chars(binary) when is_binary(binary), do: String.to_charlist(binary)
  defp chars(names) when is_list(names), do: Enum.map(names, &String.to_charlist/1)

  defp names(name), do: :binary.split(name, "/", [:global, :trim_all])

  @doc "A deep list with atoms as a flat one."
  def flatten(name) when is_binary(name), do: name
  def flatten(name) when is_atom(name), do: :erlang.atom_to_list(name)
  def flatten(name) when is_list(name), do: flat(name)

  defp flat([head | rest]) when is_atom(head), do: :erlang.atom_to_list(head) ++ flat(rest)
  defp flat([head | rest]) when is_list(head), do: flat(head) ++ flat(rest)
  defp flat([head | rest]), do: [head | flat(rest)]
  defp flat([]), do: []

  def absname(name) do
    {:ok, dir} = if is_binary(name), do: :phial_file.get_cwd(), else: :file.get_cwd()
    absname(name, dir)
  end

  def absname(name, dir) do
    if pathtype(name) == :absolute, do: join([name]), else: absname_join(dir, name)
  end

  def absname_join(dir, name), do: join(dir, name)
  def append(dir, name), do: on(dir, name, fn dir, name -> dir <> "/" <> name end)

  def basename(name), do: on(name, &base/1)
  defp base(name), do: List.last(names(name), "")

  def basename(name, extension) do
    on(name, extension, fn name, extension ->
      base = base(name)

      if String.ends_with?(base, extension) and not String.ends_with?(name, "/"),
        do: :binary.part(base, 0, byte_size(base) - byte_size(extension)),
        else: base
    end)
  end

  def dirname(name), do: on(name, &Path.dirname/1)
  def extension(name), do: on(name, &Path.extname/1)
  def rootname(name), do: on(name, &Path.rootname/1)

  def rootname(name, extension) do
    on(name, extension, fn name, extension ->
      Path.rootname(name, extension)
    end)
  end

  @doc "Joins names; what comes before an absolute one is dropped."
  def join([name]), do: on(name, &normal/1)
  def join([one, two | rest]), do: join([join(one, two) | rest])

  def join(left, right), do: on(left, right, &joined/2)

  defp joined("", ""), do: ""
  defp joined(_left, "/" <> _ = right), do: normal(right)
  defp joined(left, right), do: normal(left <> "/" <> right)

  # Without the names `.` inside; one at the end stays, and one at the start of a relative name.
  defp normal("/" <> rest), do: "/" <> slashed(whole(names(rest)))
  defp normal("./" <> rest), do: slashed(["." | whole(names(rest))])
  defp normal(name), do: slashed(whole(names(name)))

  defp whole(["." | [_ | _] = names]), do: whole(names)
  defp whole([name | names]), do: [name | whole(names)]
  defp whole([]), do: []
  defp slashed(names), do: :erlang.iolist_to_binary(Enum.intersperse(names, "/"))

  def split(name), do: on(name, &Path.split/1)

  def pathtype(name) do
    case text(name) do
      "/" <> _ -> :absolute
      _ -> :relative
    end
  end

  def nativename(name), do: join([name])

  @doc "Whether a name can be one of a file."
  def validate(name) when is_binary(name), do: name != "" and not String.contains?(name, "\0")

  def validate(name) do
    validate(text(name))
  rescue
    _ -> false
  end

  def basedir(type, application), do: basedir(type, application, %{})

  @doc "The directory for an application's files of a kind, as the XDG convention has it."
  def basedir(type, application, options) do
    full = Enum.reduce([application | version(options)], base_of(type), &join(&2, &1))
    if type in [:user_log], do: join(full, ~c"log"), else: full
  end

  defp version(%{version: version}), do: [version]
  defp version(_), do: []

  defp base_of(:user_data), do: home(~c"XDG_DATA_HOME", ~c".local/share")
  defp base_of(:user_config), do: home(~c"XDG_CONFIG_HOME", ~c".config")
  defp base_of(type) when type in [:user_cache, :user_log], do: home(~c"XDG_CACHE_HOME", ~c".cache")

  defp home(variable, default) do
    case :os.getenv(variable) do
      false -> join(:os.getenv(~c"HOME", ~c"/"), default)
      dir -> dir
    end
  end
end
