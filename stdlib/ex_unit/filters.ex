# SPDX-License-Identifier: Apache-2.0
# ExUnit.Filters: which tests run. A filter is a tag name or {tag, value}; what is included wins over what is excluded.
defmodule ExUnit.Filters do
  @moduledoc "Conveniences for parsing and evaluating filters."

  @type t :: list({atom, Regex.t() | String.Chars.t()} | atom)

  @doc """
  Splits a path with line numbers into the path and the options that they mean.

      iex> ExUnit.Filters.parse_path("test/a.exs:12")
      {"test/a.exs", [exclude: [:test], include: [line: "12"]]}
  """
  @spec parse_path(String.t()) :: {String.t(), keyword}
  def parse_path(file_path) do
    [path | parts] = String.split(file_path, ":")
    {numbers, rest} = parts |> Enum.reverse() |> Enum.split_while(&match?({_, ""}, Integer.parse(&1)))
    path = Enum.join([path | Enum.reverse(rest)], ":")

    case Enum.filter(numbers, &line_number?/1) do
      [] -> {path, []}
      lines -> {path, [exclude: [:test], include: for(line <- Enum.reverse(lines), do: {:line, line})]}
    end
  end

  defp line_number?(text) do
    valid? = String.to_integer(text) > 0
    unless valid?, do: IO.warn("invalid line number given as ExUnit filter: #{text}", [])
    valid?
  end

  @doc """
  Normalizes filters: no repetitions, and nothing excluded that is included as a whole.

      iex> ExUnit.Filters.normalize([:a, :a], [:a, :b])
      {[:a], [:b]}
  """
  @spec normalize(t | nil, t | nil) :: {t, t}
  def normalize(include, exclude) do
    include = include |> List.wrap() |> Enum.uniq()
    exclude = exclude |> List.wrap() |> Enum.uniq()
    {with_values, names} = Enum.split_with(exclude, &is_tuple/1)
    names = names -- Enum.filter(include, &is_atom/1)
    values = Map.new(with_values)
    taken = for filter <- include, tag = taken(filter, values), do: tag
    {include, names ++ Enum.reject(with_values, fn {tag, _} -> tag in taken end)}
  end

  # The tag that a filter takes back from what is left out.
  defp taken(tag, _values) when is_atom(tag), do: tag

  defp taken({tag, value}, values) do
    case values do
      %{^tag => ^value} -> tag
      %{^tag => other} when is_binary(value) and (is_atom(other) or is_number(other)) -> if to_string(other) == value, do: tag
      %{^tag => other} when is_binary(other) -> if text_fits?(value, other), do: tag
      _ -> nil
    end
  end

  defp text_fits?(%Regex{} = regex, text), do: text =~ regex
  defp text_fits?(value, text), do: to_string(value) == text

  @doc """
  Parses filters as the command line gives them.

      iex> ExUnit.Filters.parse(["foo:bar", "baz"])
      [{:foo, "bar"}, :baz]
  """
  @spec parse([String.t()]) :: t
  def parse(filters) do
    Enum.map(filters, fn filter ->
      case String.split(filter, ":", parts: 2) do
        [name, value] -> {String.to_atom(name), value}
        [name] -> String.to_atom(name)
      end
    end)
  end

  @doc "Reads the failures of earlier runs: `{files, {module, name} pairs}` as sets."
  @spec failure_info(Path.t()) :: {MapSet.t(), MapSet.t()}
  def failure_info(manifest_file) do
    case ExUnit.FailuresManifest.read(manifest_file) do
      manifest -> {manifest |> Map.values() |> MapSet.new(), manifest |> Map.keys() |> MapSet.new()}
    end
  end

  @doc "Says whether a test with these tags runs: `:ok`, `{:excluded, reason}` or `{:skipped, reason}`."
  @spec eval(t, t, map, [ExUnit.Test.t()]) :: :ok | {:excluded, String.t()} | {:skipped, String.t()}
  def eval(include, exclude, tags, collection) when is_map(tags) do
    excluded = Enum.find_value(exclude, fn filter -> if matches?(filter, tags, collection), do: name(filter) end)
    included? = Enum.any?(include, &matches?(&1, tags, collection))

    cond do
      excluded != nil and not included? -> {:excluded, "due to #{excluded} filter"}
      explicitly?(include, tags) -> :ok
      true -> skipped(tags)
    end
  end

  # Only an inclusion by `skip` itself runs what is to be skipped.
  defp explicitly?(include, tags), do: Enum.any?(include, fn filter -> name(filter) == :skip and matches?(filter, tags, []) end)

  defp skipped(%{skip: reason}) when is_binary(reason), do: {:skipped, reason}
  defp skipped(%{skip: true}), do: {:skipped, "due to skip tag"}
  defp skipped(_), do: :ok

  defp name({name, _}), do: name
  defp name(name), do: name

  defp matches?({:line, line}, tags, collection), do: line?(to_integer(line), tags, collection)

  defp matches?({key, %Regex{} = regex}, tags, _) do
    case tags do
      %{^key => value} -> to_string(value) =~ regex
      _ -> false
    end
  end

  defp matches?({key, wanted}, tags, _) do
    case tags do
      %{^key => value} -> value == wanted or same_text?(value, wanted)
      _ -> false
    end
  end

  defp matches?(key, tags, _), do: Map.get(tags, key) not in [nil, false] or (Map.has_key?(tags, key) and key not in [:skip])

  defp same_text?(value, wanted) when is_atom(value) and is_binary(wanted), do: Atom.to_string(value) in [wanted, "Elixir." <> wanted] or to_string(value) == wanted
  defp same_text?(value, wanted), do: to_string(value) == to_string(wanted)

  defp to_integer(line) when is_integer(line), do: line
  defp to_integer(line) when is_binary(line), do: String.to_integer(line)

  # The line of a describe block selects the block, another line the test that starts last before it.
  defp line?(line, tags, collection) do
    case Map.get(tags, :describe_line) do
      ^line -> true
      _ -> not describe_line?(line, collection) and tags.line <= line and closest?(line, tags, collection)
    end
  end

  defp describe_line?(line, collection), do: Enum.any?(collection, &(Map.get(&1.tags, :describe_line) == line))
  defp closest?(line, tags, collection), do: not Enum.any?(collection, &(&1.tags.line > tags.line and &1.tags.line <= line))
end

defmodule ExUnit.FailuresManifest do
  @moduledoc false
  # The tests that failed last, {module, name} => file, kept in a file between runs.

  @version 1

  def new(), do: %{}

  def put_test(manifest, %ExUnit.Test{state: {ignored, _}}) when ignored in [:skipped, :excluded], do: manifest
  def put_test(manifest, %ExUnit.Test{state: nil} = test), do: Map.delete(manifest, {test.module, test.name})
  def put_test(manifest, %ExUnit.Test{} = test), do: Map.put(manifest, {test.module, test.name}, test.tags.file)

  def read(path) do
    with {:ok, binary} <- File.read(path),
         {@version, manifest} when is_map(manifest) <- decode(binary) do
      manifest
    else
      _ -> new()
    end
  end

  defp decode(binary) do
    :erlang.binary_to_term(binary)
  rescue
    ArgumentError -> nil
  end

  def write!(manifest, path) do
    manifest = for {id, file} <- manifest, File.regular?(file), into: %{}, do: {id, file}
    File.mkdir_p!(Path.dirname(path))
    File.write!(path, :erlang.term_to_binary({@version, manifest}))
  end
end
