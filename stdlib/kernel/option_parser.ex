# SPDX-License-Identifier: Apache-2.0
# OptionParser: command lines to keyword lists and back. Invariant: an option is never turned into a new atom
# unless :allow_nonexistent_atoms says so, and the order of options and arguments is kept.
defmodule OptionParser do
  @moduledoc "Parses the options of a command line."

  @type argv :: [String.t()]
  @type parsed :: keyword
  @type errors :: [{String.t(), String.t() | nil}]
  @type options :: keyword

  defmodule ParseError do
    @moduledoc "Raised by the functions that end with `!`."
    defexception [:message]
  end

  @doc """
  Parses `argv` into options, arguments and invalid options.

      iex> OptionParser.parse(["--debug", "x"], strict: [debug: :boolean])
      {[debug: true], ["x"], []}
  """
  @spec parse(argv, options) :: {parsed, argv, errors}
  def parse(argv, opts \\ []) when is_list(argv) and is_list(opts), do: collect(argv, build_config(opts), [], [], [], true)

  @doc """
  The same, but raises `OptionParser.ParseError` for invalid options.

      iex> OptionParser.parse!(["--limit", "3"], strict: [limit: :integer])
      {[limit: 3], []}
  """
  @spec parse!(argv, options) :: {parsed, argv}
  def parse!(argv, opts \\ []) when is_list(argv) and is_list(opts), do: argv |> parse(opts) |> or_raise(opts)

  @doc """
  Parses until the first argument.

      iex> OptionParser.parse_head(["--a", "x", "--b"], strict: [a: :boolean])
      {[a: true], ["x", "--b"], []}
  """
  @spec parse_head(argv, options) :: {parsed, argv, errors}
  def parse_head(argv, opts \\ []) when is_list(argv) and is_list(opts), do: collect(argv, build_config(opts), [], [], [], false)

  @doc """
  The same, but raises `OptionParser.ParseError` for invalid options.

      iex> OptionParser.parse_head!(["--a", "x"], strict: [a: :boolean])
      {[a: true], ["x"]}
  """
  @spec parse_head!(argv, options) :: {parsed, argv}
  def parse_head!(argv, opts \\ []) when is_list(argv) and is_list(opts), do: argv |> parse_head(opts) |> or_raise(opts)

  defp collect(argv, config, parsed, args, invalid, all?) do
    case next_with_config(argv, config) do
      {:ok, option, value, rest} ->
        collect(rest, config, store(parsed, option, value, config), args, invalid, all?)

      {:invalid, option, value, rest} ->
        collect(rest, config, parsed, args, [{option, value} | invalid], all?)

      {:undefined, option, _value, rest} ->
        invalid = if config.strict?, do: [{option, nil} | invalid], else: invalid
        collect(rest, config, parsed, args, invalid, all?)

      {:error, ["--" | rest]} ->
        finish(parsed, :lists.reverse(args, rest), invalid)

      {:error, []} ->
        finish(parsed, :lists.reverse(args), invalid)

      {:error, [arg | rest]} when all? ->
        collect(rest, config, parsed, [arg | args], invalid, all?)

      {:error, rest} ->
        finish(parsed, :lists.reverse(args, rest), invalid)
    end
  end

  defp finish(parsed, args, invalid), do: {:lists.reverse(parsed), args, :lists.reverse(invalid)}

  # Options without :keep replace what came before; :count counts, in a pair that precedes all others in the end.
  defp store(parsed, option, value, config) do
    types = List.wrap(Keyword.get(config.switches, option, []))

    cond do
      :count in types -> Keyword.update(parsed, option, value, &(&1 + value))
      :keep in types -> [{option, value} | parsed]
      true -> [{option, value} | Keyword.delete(parsed, option)]
    end
  end

  # One option at a time

  @doc """
  Takes the next option off `argv`.

      iex> OptionParser.next(["--a", "1"], strict: [a: :integer])
      {:ok, :a, 1, []}
  """
  @spec next(argv, options) ::
          {:ok, atom, term, argv} | {:invalid | :undefined, String.t(), String.t() | nil, argv} | {:error, argv}
  def next(argv, opts \\ []) when is_list(argv) and is_list(opts), do: next_with_config(argv, build_config(opts))

  defp next_with_config([], _config), do: {:error, []}
  defp next_with_config(["--" | _] = argv, _config), do: {:error, argv}
  defp next_with_config(["-" | _] = argv, _config), do: {:error, argv}
  defp next_with_config(["- " <> _ | _] = argv, _config), do: {:error, argv}

  defp next_with_config(["--" <> option | rest], config) do
    {option, value} = split_option(option)
    long_option(tag_option(option, config), "--" <> option, value, rest, config)
  end

  defp next_with_config(["-" <> option = arg | rest] = argv, config) do
    {name, value} = split_option(option)

    cond do
      number?(arg) -> {:error, argv}
      String.contains?(name, ["-", "_"]) -> {:undefined, "-" <> name, value, rest}
      String.length(name) <= 1 -> long_option(tag_alias(name, config), "-" <> name, value, rest, config)
      true -> multi_letter(tag_alias(name, config), name, value, rest, config)
    end
  end

  defp next_with_config(argv, _config), do: {:error, argv}

  defp split_option(option) do
    case :binary.split(option, "=") do
      [name] -> {name, nil}
      [name, value] -> {name, value}
    end
  end

  defp number?(arg), do: Float.parse(arg) != :error

  defp multi_letter({:default, option} = tagged, name, value, rest, config) do
    IO.warn("multi-letter aliases are deprecated, got: #{inspect(String.to_atom(name))}")
    _ = option
    long_option(tagged, "-" <> name, value, rest, config)
  end

  defp multi_letter(:unknown, name, value, rest, config), do: next_with_config(expand(name, value) ++ rest, config)

  # -ab34 is -a -b 34; a value given with = belongs to the last letter.
  defp expand(name, value) do
    case split_letters(name) do
      {letters, ""} when value == nil -> for(letter <- letters, do: "-" <> letter)
      {letters, ""} -> for(letter <- letters, do: "-" <> letter) |> List.update_at(-1, &(&1 <> "=" <> value))
      {letters, digits} -> for(letter <- letters, do: "-" <> letter) ++ [if(value, do: digits <> "=" <> value, else: digits)]
    end
  end

  defp split_letters(<<digit, _::binary>> = rest) when digit in ?0..?9, do: {[], rest}
  defp split_letters(""), do: {[], ""}

  defp split_letters(name) do
    {letter, rest} = String.next_grapheme(name)
    {letters, digits} = split_letters(rest)
    {[letter | letters], digits}
  end

  # {:default, atom}, {:negated, atom}, :malformed (never an option), or :unknown (no such atom or alias).
  defp tag_option("no-" <> negated = option, config) do
    case to_atom(negated, config) do
      {:ok, atom} ->
        if :boolean in List.wrap(Keyword.get(config.switches, atom)), do: {:negated, atom}, else: tag_plain(option, config)

      other when other == :unknown ->
        tag_plain(option, config)

      :malformed ->
        :malformed
    end
  end

  defp tag_option(option, config), do: tag_plain(option, config)

  defp tag_plain(option, config) do
    case to_atom(option, config) do
      {:ok, atom} -> {:default, atom}
      other -> other
    end
  end

  defp to_atom(option, config) do
    cond do
      String.contains?(option, "_") -> :malformed
      config.allow_nonexistent_atoms -> {:ok, option |> to_underscore() |> String.to_atom()}
      true -> option |> to_underscore() |> existing_atom()
    end
  end

  defp to_underscore(option), do: :binary.replace(option, "-", "_", [:global])

  defp existing_atom(name) do
    try do
      {:ok, :erlang.binary_to_existing_atom(name, :utf8)}
    rescue
      ArgumentError -> :unknown
    end
  end

  defp tag_alias(name, config) do
    with {:ok, atom} <- existing_atom(name), {:ok, option} <- Keyword.fetch(config.aliases, atom) do
      {:default, option}
    else
      _ -> :unknown
    end
  end

  defp long_option(:malformed, original, value, rest, _config), do: {:undefined, original, value || true, rest}

  defp long_option(:unknown, original, value, rest, _config) do
    {value, rest} = if value == nil, do: take_value(rest), else: {value, rest}
    {:undefined, original, value || true, rest}
  end

  defp long_option({:negated, option}, _original, nil, rest, _config), do: {:ok, option, false, rest}
  defp long_option({:negated, _option}, original, value, rest, _config), do: {:invalid, original, value, rest}

  defp long_option({:default, option}, original, value, rest, config) do
    case Keyword.fetch(config.switches, option) do
      {:ok, types} -> typed(List.wrap(types), option, original, value, rest)
      :error when config.strict? -> {:undefined, original, value, rest}
      :error -> untyped(option, value, rest)
    end
  end

  defp untyped(option, nil, rest) do
    case take_value(rest) do
      {nil, rest} -> {:ok, option, true, rest}
      {value, rest} -> {:ok, option, value, rest}
    end
  end

  defp untyped(option, value, rest), do: {:ok, option, value, rest}

  defp take_value(["-" | rest]), do: {"-", rest}
  defp take_value(["-" <> _ = arg | rest]), do: if(number?(arg), do: {arg, rest}, else: {nil, [arg | rest]})
  defp take_value([value | rest]), do: {value, rest}
  defp take_value([]), do: {nil, []}

  defp typed(types, option, original, value, rest) do
    {value, rest} = default_value(types, value, rest)

    case convert(type_of(types), value) do
      {:ok, value} -> {:ok, option, value, rest}
      :error -> {:invalid, original, value, rest}
    end
  end

  defp default_value(types, nil, rest) do
    cond do
      :boolean in types -> {true, rest}
      :count in types -> {1, rest}
      true -> take_value(rest)
    end
  end

  defp default_value(_types, value, rest), do: {value, rest}

  defp type_of(types), do: Enum.find(types, :string, &(&1 in [:boolean, :count, :integer, :float]))

  defp convert(_type, nil), do: :error
  defp convert(:boolean, value) when value in [true, "true"], do: {:ok, true}
  defp convert(:boolean, "false"), do: {:ok, false}
  defp convert(:count, 1), do: {:ok, 1}
  defp convert(:integer, value), do: whole(Integer.parse(value))
  defp convert(:float, value), do: whole(Float.parse(value))
  defp convert(:string, value), do: {:ok, value}
  defp convert(_type, _value), do: :error

  defp whole({value, ""}), do: {:ok, value}
  defp whole(_), do: :error

  # Options of the parser itself

  @types [:boolean, :count, :integer, :float, :string, :keep]

  defp build_config(opts) do
    {switches, strict?} = switches(opts)
    Enum.each(switches, &check_switch/1)

    %{
      switches: switches,
      strict?: strict?,
      aliases: Keyword.get(opts, :aliases, []),
      allow_nonexistent_atoms: Keyword.get(opts, :allow_nonexistent_atoms, false)
    }
  end

  defp switches(opts) do
    cond do
      opts[:switches] && opts[:strict] ->
        raise ArgumentError, ":switches and :strict cannot be given together"

      opts[:switches] ->
        {opts[:switches], false}

      opts[:strict] ->
        {opts[:strict], true}

      true ->
        IO.warn("not passing the :switches or :strict option to OptionParser is deprecated")
        {[], false}
    end
  end

  defp check_switch({_name, types}) do
    case Enum.reject(List.wrap(types), &(&1 in @types)) do
      [] -> :ok
      invalid -> raise ArgumentError, "invalid switch types/modifiers: " <> Enum.map_join(invalid, ", ", &inspect/1)
    end
  end

  # Errors

  defp or_raise({parsed, args, []}, _opts), do: {parsed, args}
  defp or_raise({_parsed, _args, errors}, opts), do: raise(ParseError, format_errors(errors, opts))

  defp format_errors(errors, opts) do
    types = opts[:switches] || opts[:strict] || []
    count = length(errors)
    noun = if count == 1, do: "error", else: "errors"
    Enum.join(["#{count} #{noun} found!" | Enum.map(errors, &format_error(&1, opts, types))], "\n")
  end

  defp format_error({option, nil}, opts, types) do
    case type_for(option, opts, types) do
      nil -> unknown_option(option, types)
      type -> "#{option} : Missing argument of type #{type}"
    end
  end

  defp format_error({option, value}, opts, types),
    do: "#{option} : Expected type #{type_for(option, opts, types)}, got #{inspect(value)}"

  defp type_for("--" <> option, _opts, types) do
    case existing_atom(to_underscore(option)) do
      {:ok, atom} -> types[atom]
      :unknown -> nil
    end
  end

  defp type_for("-" <> name, opts, types) do
    with {:ok, atom} <- existing_atom(name), option when option != nil <- opts[:aliases][atom] do
      types[option]
    else
      _ -> nil
    end
  end

  defp unknown_option(option, types) do
    case similar(option, types) do
      nil -> "#{option} : Unknown option"
      name -> "#{option} : Unknown option. Did you mean #{name}?"
    end
  end

  defp similar(option, types) do
    name = String.trim_leading(option, "-")

    types
    |> Enum.map(fn {known, _} -> {String.jaro_distance(dashed(known), name), "--" <> dashed(known)} end)
    |> Enum.filter(fn {score, _} -> score > 0.8 end)
    |> Enum.max(fn -> {0, nil} end)
    |> elem(1)
  end

  defp dashed(name), do: name |> Atom.to_string() |> String.replace("_", "-")

  # Back to text

  @doc """
  Converts options back to a command line.

      iex> OptionParser.to_argv(foo_bar: "x", baz: false)
      ["--foo-bar", "x", "--no-baz"]
  """
  @spec to_argv(Enumerable.t(), options) :: argv
  def to_argv(enum, options \\ []) do
    switches = Keyword.get(options, :switches, [])

    Enum.flat_map(enum, fn
      {_name, nil} -> []
      {name, true} -> ["--" <> dashed(name)]
      {name, false} -> ["--no-" <> dashed(name)]
      {name, value} -> to_args("--" <> dashed(name), value, List.wrap(switches[name]))
    end)
  end

  defp to_args(option, value, types), do: if(:count in types, do: List.duplicate(option, value), else: [option, to_string(value)])

  @doc ~S"""
  Splits a command line into words, minding quotes and backslashes.

      iex> OptionParser.split("foo 'bar baz'")
      ["foo", "bar baz"]
  """
  @spec split(String.t()) :: argv
  def split(string), do: split(string, nil, nil, [])

  # `word` is nil between words; `mark` is the quotation mark that is open, or nil.
  defp split("", word, nil, words) when word in [nil, ""], do: :lists.reverse(words)
  defp split("", word, nil, words), do: :lists.reverse([word | words])

  defp split("", _word, mark, _words) do
    raise "argv string did not terminate properly, a #{<<mark>>} was opened but never closed"
  end

  defp split(<<mark, rest::binary>>, word, nil, words) when mark in [?", ?'], do: split(rest, word || "", mark, words)
  defp split(<<mark, rest::binary>>, word, mark, words), do: split(rest, word, nil, words)
  defp split(<<?\\, mark, rest::binary>>, word, mark, words), do: split(rest, <<word::binary, mark>>, mark, words)
  defp split(<<?\\, char, rest::binary>>, word, nil, words) when char in [?\s, ?", ?'], do: split(rest, (word || "") <> <<char>>, nil, words)
  defp split(<<?\s, rest::binary>>, nil, nil, words), do: split(rest, nil, nil, words)
  defp split(<<?\s, rest::binary>>, word, nil, words), do: split(rest, nil, nil, [word | words])
  defp split(<<char, rest::binary>>, word, mark, words), do: split(rest, (word || "") <> <<char>>, mark, words)
end
