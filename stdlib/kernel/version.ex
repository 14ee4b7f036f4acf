# SPDX-License-Identifier: Apache-2.0
# Version: semantic versions and requirements on them. Invariant: a requirement is kept as its tokens, in which a
# version is {major, minor, patch, pre, build}; `and` binds tighter than `or`; builds never count in comparisons.
defmodule Version do
  @moduledoc "Semantic versions."

  @enforce_keys [:major, :minor, :patch]
  defstruct [:major, :minor, :patch, :build, pre: []]

  @type version :: String.t() | t
  @type requirement :: String.t() | Version.Requirement.t()
  @type major :: non_neg_integer
  @type minor :: non_neg_integer
  @type patch :: non_neg_integer
  @type pre :: [String.t() | non_neg_integer]
  @type build :: String.t() | nil
  @type t :: %__MODULE__{major: major, minor: minor, patch: patch, pre: pre, build: build}

  defmodule Requirement do
    @moduledoc "A parsed requirement."
    defstruct [:source, :lexed]
    @opaque t :: %__MODULE__{source: String.t(), lexed: list}
  end

  defmodule InvalidRequirementError do
    @moduledoc "Raised for what is no requirement."
    defexception [:requirement]

    @impl true
    def exception(requirement) when is_binary(requirement), do: %__MODULE__{requirement: requirement}
    def exception(fields) when is_list(fields), do: struct!(__MODULE__, fields)

    @impl true
    def message(%{requirement: requirement}), do: "invalid requirement: #{inspect(requirement)}"
  end

  defmodule InvalidVersionError do
    @moduledoc "Raised for what is no version."
    defexception [:version]

    @impl true
    def exception(version) when is_binary(version), do: %__MODULE__{version: version}
    def exception(fields) when is_list(fields), do: struct!(__MODULE__, fields)

    @impl true
    def message(%{version: version}), do: "invalid version: #{inspect(version)}"
  end

  @doc """
  Tells whether a version meets a requirement. With `allow_pre: false`, `>`, `>=` and `~>` take a
  pre-release only where the wanted version is one.

      iex> Version.match?("2.0.0", "> 1.0.0 and < 3.0.0")
      true
  """
  @spec match?(version, requirement, keyword) :: boolean
  def match?(version, requirement, opts \\ [])

  def match?(version, requirement, opts) when is_binary(requirement),
    do: Version.match?(version, parse_requirement!(requirement), opts)

  def match?(version, %Requirement{lexed: lexed}, opts) do
    allow_pre = Keyword.get(opts, :allow_pre, true)
    any_of?(lexed, to_tuple(version), allow_pre)
  end

  defp any_of?(tokens, version, allow_pre), do: alternatives(tokens, version, allow_pre, true)

  defp alternatives([op, wanted | rest], version, allow_pre, so_far) do
    so_far = so_far and meets?(op, version, wanted) and (allow_pre or op not in [:>, :>=, :~>] or pre_allowed?(version, wanted))

    case rest do
      [] -> so_far
      [:and | rest] -> alternatives(rest, version, allow_pre, so_far)
      [:or | rest] -> so_far or alternatives(rest, version, allow_pre, true)
    end
  end

  defp pre_allowed?({_, _, _, pre, _}, {_, _, _, wanted_pre, _}), do: pre == [] or wanted_pre != []

  defp meets?(:==, version, wanted), do: order(version, wanted) == :eq
  defp meets?(:!=, version, wanted), do: order(version, wanted) != :eq
  defp meets?(:>, version, wanted), do: order(version, wanted) == :gt
  defp meets?(:>=, version, wanted), do: order(version, wanted) != :lt
  defp meets?(:<, version, wanted), do: order(version, wanted) == :lt
  defp meets?(:<=, version, wanted), do: order(version, wanted) != :gt

  defp meets?(:~>, {major, _, _, _, _} = version, {wanted_major, minor, nil, pre, _}),
    do: major == wanted_major and order(version, {wanted_major, minor, 0, pre, []}) != :lt

  defp meets?(:~>, {major, minor, _, _, _} = version, {wanted_major, wanted_minor, _, _, _} = wanted),
    do: major == wanted_major and minor == wanted_minor and order(version, wanted) != :lt

  @doc """
  Compares two versions.

      iex> Version.compare("2.0.1-alpha1", "2.0.0")
      :gt
  """
  @spec compare(version, version) :: :gt | :eq | :lt
  def compare(version1, version2), do: order(to_tuple(version1), to_tuple(version2))

  defp order({major1, minor1, patch1, pre1, _}, {major2, minor2, patch2, pre2, _}) do
    core1 = {major1, minor1, patch1}
    core2 = {major2, minor2, patch2}

    cond do
      core1 > core2 -> :gt
      core1 < core2 -> :lt
      pre1 == pre2 -> :eq
      pre1 == [] -> :gt
      pre2 == [] -> :lt
      pre1 > pre2 -> :gt
      pre1 < pre2 -> :lt
      true -> :eq
    end
  end

  defp to_tuple(%Version{major: major, minor: minor, patch: patch, pre: pre, build: build}), do: {major, minor, patch, pre, build}

  defp to_tuple(string) when is_binary(string) do
    case parse_tuple(string, false) do
      {:ok, tuple} -> tuple
      :error -> raise InvalidVersionError, string
    end
  end

  @doc """
  Parses a version.

      iex> Version.parse("2.0-alpha1")
      :error
  """
  @spec parse(String.t()) :: {:ok, t} | :error
  def parse(string) when is_binary(string) do
    case parse_tuple(string, false) do
      {:ok, {major, minor, patch, pre, build}} ->
        {:ok, %Version{major: major, minor: minor, patch: patch, pre: pre, build: if(build == [], do: nil, else: build)}}

      :error ->
        :error
    end
  end

  @doc """
  Parses a version or raises `Version.InvalidVersionError`.

      iex> Version.parse!("2.0.1").patch
      1
  """
  @spec parse!(String.t()) :: t
  def parse!(string) when is_binary(string) do
    case parse(string) do
      {:ok, version} -> version
      :error -> raise InvalidVersionError, string
    end
  end

  @doc """
  Parses a requirement.

      iex> {:ok, requirement} = Version.parse_requirement("== 2.0.1")
      iex> requirement
      Version.parse_requirement!("== 2.0.1")
  """
  @spec parse_requirement(String.t()) :: {:ok, Requirement.t()} | :error
  def parse_requirement(string) when is_binary(string) do
    case tokens(string, []) do
      {:ok, lexed} -> {:ok, %Requirement{source: string, lexed: lexed}}
      :error -> :error
    end
  end

  @doc """
  Parses a requirement or raises `Version.InvalidRequirementError`.

      iex> Version.parse_requirement!("~> 1.2").source
      "~> 1.2"
  """
  @spec parse_requirement!(String.t()) :: Requirement.t()
  def parse_requirement!(string) when is_binary(string) do
    case parse_requirement(string) do
      {:ok, requirement} -> requirement
      :error -> raise InvalidRequirementError, string
    end
  end

  @doc "Returns the requirement, which needs no compilation any more."
  @spec compile_requirement(Requirement.t()) :: Requirement.t()
  def compile_requirement(%Requirement{} = requirement), do: requirement

  @doc """
  Converts to a string.

      iex> Version.to_string(Version.parse!("1.14.0-rc.0"))
      "1.14.0-rc.0"
  """
  @spec to_string(t) :: String.t()
  def to_string(%{major: major, minor: minor, patch: patch, pre: pre, build: build}) do
    core = "#{major}.#{minor}.#{patch}"
    pre = if pre == [], do: "", else: "-" <> Enum.map_join(pre, ".", &Kernel.to_string/1)
    build = if build, do: "+" <> build, else: ""
    core <> pre <> build
  end

  # Parsing versions

  # In a requirement with ~> the patch may be missing.
  defp parse_tuple(string, approximate?) do
    {core_and_pre, build} = cut(string, "+")
    {core, pre} = cut(core_and_pre, "-")

    with {:ok, {major, minor, patch}} <- parse_core(:binary.split(core, ".", [:global]), approximate?),
         {:ok, pre} <- parse_pre(pre),
         true <- valid_build?(build) do
      {:ok, {major, minor, patch, pre, build || []}}
    else
      _ -> :error
    end
  end

  defp cut(string, mark) do
    case :binary.split(string, mark) do
      [left, right] -> {left, right}
      [all] -> {all, nil}
    end
  end

  defp parse_core([major, minor, patch], _approximate?) do
    with {:ok, major} <- number(major), {:ok, minor} <- number(minor), {:ok, patch} <- number(patch), do: {:ok, {major, minor, patch}}
  end

  defp parse_core([major, minor], true) do
    with {:ok, major} <- number(major), {:ok, minor} <- number(minor), do: {:ok, {major, minor, nil}}
  end

  defp parse_core(_parts, _approximate?), do: :error

  defp number("0"), do: {:ok, 0}
  defp number("0" <> _), do: :error
  defp number(""), do: :error
  defp number(digits), do: if(digits?(digits), do: {:ok, String.to_integer(digits)}, else: :error)

  defp digits?(<<char, rest::binary>>) when char in ?0..?9, do: digits?(rest)
  defp digits?(rest), do: rest == ""

  defp parse_pre(nil), do: {:ok, []}

  defp parse_pre(pre) do
    parts = :binary.split(pre, ".", [:global])
    parsed = Enum.map(parts, &pre_part/1)
    if :error in parsed, do: :error, else: {:ok, parsed}
  end

  defp pre_part(part) do
    cond do
      not identifier?(part) -> :error
      not digits?(part) -> part
      true -> with {:ok, number} <- number(part), do: number
    end
  end

  defp identifier?(""), do: false
  defp identifier?(part), do: identifier_chars?(part)

  defp identifier_chars?(<<char, rest::binary>>) when char in ?0..?9 or char in ?a..?z or char in ?A..?Z or char == ?-,
    do: identifier_chars?(rest)

  defp identifier_chars?(rest), do: rest == ""

  defp valid_build?(nil), do: true
  defp valid_build?(build), do: Enum.all?(:binary.split(build, ".", [:global]), &identifier?/1)

  # Parsing requirements

  @operators [">=", "<=", "~>", "==", "!=", ">", "<", "!"]

  defp tokens(string, acc) do
    with {:ok, op, rest} <- operator(skip_spaces(string)),
         {word, rest} = word(skip_spaces(rest), ""),
         {:ok, version} <- parse_tuple(word, op == :~>) do
      connective(skip_spaces(rest), [version, op | acc])
    else
      _ -> :error
    end
  end

  defp connective("", acc), do: {:ok, :lists.reverse(acc)}
  defp connective("and " <> rest, acc), do: tokens(rest, [:and | acc])
  defp connective("or " <> rest, acc), do: tokens(rest, [:or | acc])
  defp connective(_rest, _acc), do: :error

  defp operator(string) do
    case Enum.find(@operators, &String.starts_with?(string, &1)) do
      nil -> {:ok, :==, string}
      op -> {:ok, operator_atom(op), :binary.part(string, byte_size(op), byte_size(string) - byte_size(op))}
    end
  end

  defp operator_atom("!"), do: operator_atom("!", :!=)
  defp operator_atom("!="), do: operator_atom("!=", :!=)
  defp operator_atom(">="), do: :>=
  defp operator_atom("<="), do: :<=
  defp operator_atom("~>"), do: :~>
  defp operator_atom("=="), do: :==
  defp operator_atom(">"), do: :>
  defp operator_atom("<"), do: :<

  defp operator_atom(text, op) do
    IO.warn("#{text} inside Version requirements is deprecated, use ~> or >= instead")
    op
  end

  defp skip_spaces(" " <> rest), do: skip_spaces(rest)
  defp skip_spaces(rest), do: rest

  defp word(<<char, rest::binary>>, word) when char not in [?\s, ?>, ?<, ?=, ?!, ?~], do: word(rest, <<word::binary, char>>)
  defp word(rest, word), do: {word, rest}
end

defimpl String.Chars, for: Version do
  defdelegate to_string(version), to: Version
end

defimpl String.Chars, for: Version.Requirement do
  def to_string(%{source: source}), do: source
end

defimpl Inspect, for: Version do
  import Inspect.Algebra

  def inspect(%{major: major, minor: minor, patch: patch, pre: pre, build: build}, opts) do
    fields = [major: major, minor: minor, patch: patch]
    fields = if pre == [], do: fields, else: fields ++ [pre: pre]
    fields = if build, do: fields ++ [build: build], else: fields
    open = color("%Version{", :map, opts)
    close = color("}", :map, opts)
    container_doc(open, fields, close, opts, &Inspect.List.keyword/2, separator: color(",", :map, opts), break: :strict)
  end
end

defimpl Inspect, for: Version.Requirement do
  import Inspect.Algebra

  def inspect(%{source: source}, opts), do: concat(["Version.parse_requirement!(", to_doc(source, opts), ")"])
end
