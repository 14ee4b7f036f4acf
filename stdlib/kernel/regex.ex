# SPDX-License-Identifier: Apache-2.0
# Regex: regular expressions, on :re. Invariant: `re_pattern` is what :re.compile/2 made of `source` under `opts`, which is
# either the text of the modifiers or a list of :re's own options.
defmodule Regex.CompileError do
  defexception message: "regex could not be compiled"
end

defmodule Regex do
  @moduledoc "Regular expressions in PCRE's dialect."

  defstruct re_pattern: nil, source: "", opts: "", re_version: ""

  @type t :: %__MODULE__{re_pattern: term, source: binary, opts: binary | [term]}
  @type capture :: :all | :first | :all_but_first | :none | :all_names | [binary | atom | integer]

  # -- making -----------------------------------------------------------------------------

  @doc """
  Compiles a regular expression: `{:ok, regex}` or `{:error, {reason, position}}`.

      iex> Regex.compile("*foo")
      {:error, {'nothing to repeat', 0}}
  """
  @spec compile(binary, binary | [term]) :: {:ok, t} | {:error, any}
  def compile(source, opts \\ "") when is_binary(source), do: compile(source, opts, version())

  defp compile(source, opts, version) when is_binary(opts) do
    case modifiers(opts, []) do
      {:error, rest} -> {:error, {:invalid_option, rest}}
      options -> compile(source, options, opts, version)
    end
  end

  defp compile(source, opts, version) when is_list(opts), do: compile(source, opts, opts, version)

  defp compile(source, options, opts, version) do
    case :re.compile(source, options) do
      {:ok, pattern} -> {:ok, %Regex{re_pattern: pattern, re_version: version, source: source, opts: opts}}
      error -> error
    end
  end

  @doc """
  Compiles a regular expression or raises `Regex.CompileError`.

      iex> Regex.compile!("fo+", "i")
      ~r/fo+/i
  """
  @spec compile!(binary, binary | [term]) :: t
  def compile!(source, opts \\ "") when is_binary(source) do
    case compile(source, opts) do
      {:ok, regex} -> regex
      {:error, {reason, at}} -> raise Regex.CompileError, "#{reason} at position #{at}"
    end
  end

  defp modifiers("", options), do: options
  defp modifiers("u" <> rest, options), do: modifiers(rest, [:unicode, :ucp | options])
  defp modifiers("i" <> rest, options), do: modifiers(rest, [:caseless | options])
  defp modifiers("x" <> rest, options), do: modifiers(rest, [:extended | options])
  defp modifiers("f" <> rest, options), do: modifiers(rest, [:firstline | options])
  defp modifiers("U" <> rest, options), do: modifiers(rest, [:ungreedy | options])
  defp modifiers("s" <> rest, options), do: modifiers(rest, [:dotall, {:newline, :anycrlf} | options])
  defp modifiers("m" <> rest, options), do: modifiers(rest, [:multiline | options])

  defp modifiers("r" <> rest, options) do
    IO.warn("the /r modifier in regular expressions is deprecated, please use /U instead")
    modifiers(rest, [:ungreedy | options])
  end

  defp modifiers(rest, _options), do: {:error, rest}

  @doc "Compiles a regular expression again if another version of the engine made it."
  @spec recompile(t) :: {:ok, t} | {:error, any}
  def recompile(%Regex{} = regex) do
    version = version()

    case regex do
      %{re_version: ^version} -> {:ok, regex}
      %{source: source, opts: opts} -> compile(source, opts, version)
    end
  end

  @doc "As `recompile/1`; raises `Regex.CompileError`."
  @spec recompile!(t) :: t
  def recompile!(regex) do
    case recompile(regex) do
      {:ok, regex} -> regex
      {:error, {reason, at}} -> raise Regex.CompileError, "#{reason} at position #{at}"
    end
  end

  @doc "The version of the engine and the byte order of the machine."
  @spec version() :: term
  def version, do: {:re.version(), :erlang.system_info(:endian)}

  # -- asking -----------------------------------------------------------------------------

  @doc """
  Whether a string matches.

      iex> Regex.match?(~r/foo/, "foo")
      true
  """
  @spec match?(t, String.t()) :: boolean
  def match?(%Regex{} = regex, string) when is_binary(string),
    do: :re.run(string, pattern(regex), [{:capture, :none}]) == :match

  @doc false
  def regex?(%Regex{}), do: true
  def regex?(_), do: false

  @doc """
  The source of a regular expression.

      iex> Regex.source(~r/foo/)
      "foo"
  """
  @spec source(t) :: String.t()
  def source(%Regex{source: source}), do: source

  @doc """
  The modifiers of a regular expression.

      iex> Regex.opts(~r/foo/m)
      "m"
  """
  @spec opts(t) :: String.t() | [term]
  def opts(%Regex{opts: opts}), do: opts

  @doc """
  The names of the groups, in order of the alphabet.

      iex> Regex.names(~r/(?<foo>bar)/)
      ["foo"]
  """
  @spec names(t) :: [String.t()]
  def names(%Regex{} = regex) do
    {:namelist, names} = :re.inspect(pattern(regex), :namelist)
    names
  end

  @doc false
  def re_pattern(%Regex{} = regex), do: pattern(regex)

  defp pattern(%Regex{re_version: version, re_pattern: pattern, source: source, opts: opts}) do
    case version() do
      ^version ->
        pattern

      version ->
        {:ok, %{re_pattern: pattern}} = compile(source, opts, version)
        pattern
    end
  end

  # -- running ----------------------------------------------------------------------------

  @doc """
  The captures of the first match, or `nil`. Options: `:return` (`:binary`, `:index`), `:capture`, `:offset`.

      iex> Regex.run(~r/c(d)/, "abcd")
      ["cd", "d"]
  """
  @spec run(t, binary, [term]) :: nil | [binary] | [{integer, integer}]
  def run(regex, string, options \\ [])

  def run(%Regex{} = regex, string, options) when is_binary(string) do
    case :re.run(string, pattern(regex), run_options(options)) do
      :nomatch -> nil
      :match -> []
      {:match, captures} -> captures
    end
  end

  defp run_options(options) do
    capture = Keyword.get(options, :capture, :all)
    [{:capture, capture, Keyword.get(options, :return, :binary)}, {:offset, Keyword.get(options, :offset, 0)}]
  end

  @doc """
  The named captures of the first match as a map, or `nil`.

      iex> Regex.named_captures(~r/a(?<foo>b)c(?<bar>d)/, "abcd")
      %{"bar" => "d", "foo" => "b"}
  """
  @spec named_captures(t, String.t(), [term]) :: map | nil
  def named_captures(regex, string, options \\ []) when is_binary(string) do
    names = names(regex)

    case run(regex, string, Keyword.put(options, :capture, names)) do
      nil -> nil
      captures -> Map.new(Enum.zip(names, captures))
    end
  end

  @doc """
  The captures of all matches. Options as those of `run/3`.

      iex> Regex.scan(~r/c(d|e)/, "abcd abce")
      [["cd", "d"], ["ce", "e"]]
  """
  @spec scan(t, String.t(), [term]) :: [[String.t()]] | [[{integer, integer}]]
  def scan(regex, string, options \\ [])

  def scan(%Regex{} = regex, string, options) when is_binary(string) do
    offset = Keyword.get(options, :offset, 0)

    case is_integer(offset) and offset > byte_size(string) and :past || :re.run(string, pattern(regex), [:global | run_options(options)]) do
      :past -> []
      :nomatch -> []
      :match -> []
      {:match, matches} -> matches
    end
  end

  # -- splitting --------------------------------------------------------------------------

  @special for char <- '.^$*+?()[{\\|#-]}\t\n\v\f\r\s', do: <<char>>

  @doc """
  Splits a string where the pattern matches. Options: `:parts`, `:trim`, `:on` (the captures to split at), `:include_captures`.

      iex> Regex.split(~r/-/, "a-b-c")
      ["a", "b", "c"]
  """
  @spec split(t, String.t(), [term]) :: [String.t()]
  def split(regex, string, options \\ [])

  def split(%Regex{}, "", opts), do: if(Keyword.get(opts, :trim, false), do: [], else: [""])

  def split(%Regex{} = regex, string, opts) when is_binary(string) and is_list(opts) do
    on = Keyword.get(opts, :on, :first)

    case :re.run(string, pattern(regex), [:global, {:capture, on}]) do
      {:match, matches} ->
        parts = parts_to_index(Keyword.get(opts, :parts, :infinity))
        trim? = if Keyword.get(opts, :trim, false), do: true, else: false
        keep? = if Keyword.get(opts, :include_captures, false), do: true, else: false
        split(matches, string, 0, parts, trim?, keep?)

      _ ->
        [string]
    end
  end

  defp parts_to_index(:infinity), do: 0
  defp parts_to_index(n) when is_integer(n) and n > 0, do: n

  # `parts` counts down to 1, where the rest is one part; from 0 it never gets there.
  defp split(_matches, string, at, _parts, true, _keep) when byte_size(string) <= at, do: []
  defp split(_matches, string, at, 1, _trim, _keep), do: [tail(string, at)]
  defp split([], string, at, _parts, _trim, _keep), do: [tail(string, at)]
  defp split([[] | matches], string, at, parts, trim, keep), do: split(matches, string, at, parts, trim, keep)

  defp split([[{from, _} | more] | matches], string, at, parts, trim, keep) when from < at,
    do: split([more | matches], string, at, parts, trim, keep)

  defp split([[{from, size} | more] | matches], string, at, parts, trim, keep) do
    rest = [more | matches]
    next = from + size
    empty = from == at

    cond do
      empty and trim and keep ->
        [:binary.part(string, from, size) | split(rest, string, next, parts - 1, trim, keep)]

      empty and trim ->
        split(rest, string, next, parts, trim, keep)

      keep ->
        part = :binary.part(string, at, from - at)
        [part, :binary.part(string, from, size) | split(rest, string, next, parts - 1, trim, keep)]

      true ->
        [:binary.part(string, at, from - at) | split(rest, string, next, parts - 1, trim, keep)]
    end
  end

  defp tail(string, at), do: :binary.part(string, at, byte_size(string) - at)

  # -- replacing --------------------------------------------------------------------------

  @doc ~S"""
  Replaces the matches by a string, in which `\\N` and `\\g{N}` stand for captures, or by what a function of the match and its
  captures returns. `global: false` replaces the first match alone.

      iex> Regex.replace(~r/(b)/, "abc", "[\\1]")
      "a[b]c"
      iex> Regex.replace(~r/b/, "abc", fn x -> x <> x end)
      "abbc"
  """
  @spec replace(t, String.t(), String.t() | (... -> String.t()), [term]) :: String.t()
  def replace(regex, string, replacement, options \\ [])

  def replace(%Regex{} = regex, string, replacement, options)
      when is_binary(string) and is_binary(replacement) and is_list(options),
      do: replace(regex, string, precompile_replacement(replacement), &from_template/3, options)

  def replace(%Regex{} = regex, string, replacement, options)
      when is_binary(string) and is_function(replacement) and is_list(options) do
    {:arity, arity} = :erlang.fun_info(replacement, :arity)
    replace(regex, string, {replacement, arity}, &from_function/3, options)
  end

  defp replace(regex, string, how, fun, options) do
    global = if Keyword.get(options, :global, true), do: [:global], else: []
    capture = if how_many(how) == 0, do: :first, else: :all

    case :re.run(string, pattern(regex), [{:capture, capture} | global]) do
      :nomatch -> string
      {:match, [captures | _] = all} when is_list(captures) -> join(all, string, 0, how, fun)
      {:match, captures} -> join([captures], string, 0, how, fun)
    end
    |> :erlang.iolist_to_binary()
  end

  # 0 if a replacement looks at no group beyond the whole match.
  defp how_many({_fun, arity}), do: if(arity > 1, do: arity, else: 0)
  defp how_many(template), do: if(Enum.any?(template, &(is_integer(&1) and &1 > 0)), do: 1, else: 0)

  defp join([[{from, size} | _] = captures | rest], string, at, how, fun) do
    skipped = :binary.part(string, at, from - at)
    [skipped, fun.(how, captures, string) | join(rest, string, from + size, how, fun)]
  end

  defp join([], string, at, _how, _fun), do: tail(string, at)

  defp from_template(template, captures, string) do
    values = :erlang.list_to_tuple(captures)

    for piece <- template do
      cond do
        is_binary(piece) -> piece
        is_tuple(piece) -> raise MatchError, term: piece
        piece < tuple_size(values) -> capture(elem(values, piece), string)
        true -> ""
      end
    end
  end

  defp from_function({fun, arity}, captures, string), do: apply(fun, arguments(captures, string, arity))

  defp arguments(_captures, _string, 0), do: []
  defp arguments([], string, n), do: ["" | arguments([], string, n - 1)]
  defp arguments([index | rest], string, n), do: [capture(index, string) | arguments(rest, string, n - 1)]

  defp capture({-1, _}, _string), do: ""
  defp capture({at, size}, string), do: :binary.part(string, at, size)

  # A replacement as a list of texts and group numbers; a pair stands where it goes wrong, which matters once something matches.
  defp precompile_replacement(""), do: []

  defp precompile_replacement("\\g{" <> rest) when byte_size(rest) > 0 do
    case digits(rest) do
      {digits, "}" <> rest} -> [:erlang.list_to_integer(digits) | precompile_replacement(rest)]
      malformed -> [malformed]
    end
  end

  defp precompile_replacement("\\\\" <> rest), do: literal("\\", precompile_replacement(rest))

  defp precompile_replacement(<<?\\, x, rest::binary>>) when x in ?0..?9 do
    {digits, rest} = digits(rest)
    [:erlang.list_to_integer([x | digits]) | precompile_replacement(rest)]
  end

  defp precompile_replacement(<<x, rest::binary>>), do: literal(<<x>>, precompile_replacement(rest))

  defp literal(text, [next | rest]) when is_binary(next), do: [text <> next | rest]
  defp literal(text, rest), do: [text | rest]

  defp digits(<<x, rest::binary>>) when x in ?0..?9 do
    {digits, rest} = digits(rest)
    {[x | digits], rest}
  end

  defp digits(rest), do: {[], rest}

  # -- escaping ---------------------------------------------------------------------------

  @doc ~S"""
  Escapes a string so that it matches literally.

      iex> Regex.escape(".")
      "\\."
  """
  @spec escape(String.t()) :: String.t()
  def escape(string) when is_binary(string) do
    :binary.replace(string, @special, "\\", [:global, insert_replaced: 1])
  end

  @doc false
  # Which escapes the ~r sigil turns into characters; the others are left to the engine.
  def unescape_map(:newline), do: true
  def unescape_map(?f), do: ?\f
  def unescape_map(?n), do: ?\n
  def unescape_map(?r), do: ?\r
  def unescape_map(?t), do: ?\t
  def unescape_map(?v), do: ?\v
  def unescape_map(?a), do: ?\a
  def unescape_map(_), do: false
end

defimpl Inspect, for: Regex do
  def inspect(%{opts: [_ | _] = opts} = regex, inspect_opts) do
    Inspect.Algebra.concat([
      "Regex.compile!(",
      Inspect.BitString.inspect(regex.source, inspect_opts),
      ", ",
      Inspect.List.inspect(opts, inspect_opts),
      ")"
    ])
  end

  def inspect(%{source: source, opts: opts}, inspect_opts),
    do: Inspect.Algebra.color(:erlang.iolist_to_binary(["~r/", escape(source), "/", opts]), :regex, inspect_opts)

  defp escape(<<?\\, char, rest::binary>>) when char in [?\\, ?/], do: [?\\, char | escape(rest)]
  defp escape("/" <> rest), do: ["\\/" | escape(rest)]
  defp escape("\#{" <> rest), do: ["\\\#{" | escape(rest)]
  defp escape(<<char::utf8, rest::binary>>), do: [shown(char) | escape(rest)]
  defp escape(<<byte, rest::binary>>), do: [hex(byte) | escape(rest)]
  defp escape(""), do: []

  defp shown(?\a), do: "\\a"
  defp shown(?\f), do: "\\f"
  defp shown(?\n), do: "\\n"
  defp shown(?\r), do: "\\r"
  defp shown(?\t), do: "\\t"
  defp shown(?\v), do: "\\v"
  defp shown(0), do: "\\0"

  defp shown(char) do
    text = <<char::utf8>>

    cond do
      String.printable?(text) -> if char in [?\b, ?\d, ?\e], do: hex(char), else: text
      char < 256 -> hex(char)
      true -> ["\\x{", :erlang.integer_to_binary(char, 16), "}"]
    end
  end

  defp hex(byte) when byte < 16, do: ["\\x0", :erlang.integer_to_binary(byte, 16)]
  defp hex(byte), do: ["\\x", :erlang.integer_to_binary(byte, 16)]
end
