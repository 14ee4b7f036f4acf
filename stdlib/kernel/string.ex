# SPDX-License-Identifier: Apache-2.0
# String: UTF-8 binaries, seen as graphemes. Invariant: positions and lengths count graphemes; what is not valid
# UTF-8 counts one grapheme a byte and is never changed. Unicode's tables are behind the natives of
# `:phial_unicode`; plain ASCII is walked here without asking them.
defmodule String do
  @moduledoc "Functions for strings."

  import Kernel, except: [length: 1, match?: 2]

  @type t :: binary
  @type codepoint :: t
  @type grapheme :: t
  @type pattern :: t | [nonempty_binary] | (compiled_search_pattern :: :binary.cp())

  # Splitting

  @doc """
  Splits at Unicode whitespace, ignoring it at both ends.

      iex> String.split(" foo   bar ")
      ["foo", "bar"]
  """
  @spec split(t) :: [t]
  def split(binary), do: :phial_unicode.split(binary)

  @doc """
  Splits at a pattern: a string, a list of them or a regular expression. Options: `:parts`, `:trim`.

      iex> String.split("a,b,c", ",", parts: 2)
      ["a", "b,c"]
  """
  @spec split(t, pattern | Regex.t(), keyword) :: [t]
  def split(string, pattern, options \\ [])

  def split(string, %{__struct__: Regex} = pattern, options) when is_binary(string) and is_list(options),
    do: Regex.split(pattern, string, options)

  def split(string, pattern, []) when is_binary(string) and is_binary(pattern) and pattern != "",
    do: :binary.split(string, pattern, [:global])

  def split(string, "", options) when is_binary(string) and is_list(options) do
    count = parts_to_index(Keyword.get(options, :parts, :infinity))
    split_empty(string, Keyword.get(options, :trim, false), count)
  end

  def split(string, [], options) when is_binary(string) and is_list(options) do
    if string == "" and Keyword.get(options, :trim, false), do: [], else: [string]
  end

  def split(string, pattern, options) when is_binary(string) and is_list(options) do
    trim = Keyword.get(options, :trim, false)

    case parts_to_index(Keyword.get(options, :parts, :infinity)) do
      0 when trim -> :binary.split(string, pattern, [:global, :trim_all])
      0 -> :binary.split(string, pattern, [:global])
      count -> split_parts(string, pattern, trim, count)
    end
  end

  defp parts_to_index(:infinity), do: 0
  defp parts_to_index(n) when is_integer(n) and n > 0, do: n

  defp split_empty(string, true, 1), do: if(string == "", do: [], else: [string])
  defp split_empty(string, _trim, 1), do: [string]
  defp split_empty(string, true, count), do: split_graphemes(string, true, count)
  defp split_empty(string, false, count), do: ["" | split_graphemes(string, false, count - 1)]

  defp split_graphemes("", trim, _count), do: if(trim, do: [], else: [""])
  defp split_graphemes(string, _trim, 1), do: [string]

  defp split_graphemes(string, trim, count) do
    {grapheme, rest} = next_grapheme(string)
    [grapheme | split_graphemes(rest, trim, count - 1)]
  end

  defp split_parts("", _pattern, true, 1), do: []
  defp split_parts(string, _pattern, _trim, 1), do: [string]

  defp split_parts(string, pattern, trim, count) do
    case :binary.split(string, pattern) do
      ["", rest] when trim -> split_parts(rest, pattern, trim, count)
      [part, rest] -> [part | split_parts(rest, pattern, trim, count - 1)]
      [""] when trim -> []
      [part] -> [part]
    end
  end

  @doc """
  Splits lazily; otherwise like `split/3`.

      iex> String.splitter("a,b,c", ",") |> Enum.take(2)
      ["a", "b"]
  """
  @spec splitter(t, pattern, keyword) :: Enumerable.t()
  def splitter(string, pattern, options \\ [])

  def splitter(string, "", options) when is_binary(string) do
    if Keyword.get(options, :trim, false),
      do: Stream.unfold(string, &next_grapheme/1),
      else: Stream.unfold({:start, string}, &next_empty_split/1)
  end

  def splitter(string, pattern, options) when is_binary(string) do
    trim = Keyword.get(options, :trim, false)
    Stream.unfold(string, &next_split(&1, pattern, trim))
  end

  defp next_empty_split({:start, string}), do: {"", {:rest, string}}
  defp next_empty_split({:rest, ""}), do: {"", :done}
  defp next_empty_split(:done), do: nil

  defp next_empty_split({:rest, string}) do
    {grapheme, rest} = next_grapheme(string)
    {grapheme, {:rest, rest}}
  end

  defp next_split(nil, _pattern, _trim), do: nil
  defp next_split("", [], true), do: nil
  defp next_split(string, [], _trim), do: {string, nil}

  defp next_split(string, pattern, trim) do
    case :binary.split(string, pattern) do
      ["", rest] when trim -> next_split(rest, pattern, trim)
      [""] when trim -> nil
      [part, rest] -> {part, rest}
      [part] -> {part, nil}
    end
  end

  @doc """
  Splits at a position, counted from the end if negative.

      iex> String.split_at("sweetelixir", 5)
      {"sweet", "elixir"}
  """
  @spec split_at(t, integer) :: {t, t}
  def split_at(string, position)

  def split_at(string, position) when is_binary(string) and is_integer(position) and position >= 0,
    do: split_before(string, drop(string, position))

  def split_at(string, position) when is_binary(string) and is_integer(position) do
    case length(string) + position do
      start when start >= 0 -> split_before(string, drop(string, start))
      _ -> {"", string}
    end
  end

  defp split_before(string, rest), do: {:binary.part(string, 0, byte_size(string) - byte_size(rest)), rest}

  # The string without its first n graphemes. An ASCII character that another one follows is a grapheme.
  defp drop(string, 0), do: string

  defp drop(<<a, b, _::binary>> = string, n) when a < 128 and b < 128 and a != ?\r do
    <<_, rest::binary>> = string
    drop(rest, n - 1)
  end

  defp drop(string, n) do
    case :phial_unicode.next_grapheme(string) do
      nil -> ""
      {_grapheme, rest} -> drop(rest, n - 1)
    end
  end

  defp take(string, n), do: elem(split_before(string, drop(string, n)), 0)

  # Comparing and checking

  @doc """
  Tells whether two strings are canonically equivalent.

      iex> String.equivalent?("man\\u0303ana", "mañana")
      true
  """
  @spec equivalent?(t, t) :: boolean
  def equivalent?(string1, string2) when is_binary(string1) and is_binary(string2),
    do: normalize(string1, :nfd) == normalize(string2, :nfd)

  @doc """
  Converts to a Unicode normal form: `:nfd`, `:nfc`, `:nfkd` or `:nfkc`.

      iex> String.normalize("ﬀ", :nfkc)
      "ff"
  """
  @spec normalize(t, :nfd | :nfc | :nfkd | :nfkc) :: t
  def normalize(string, form) when form in [:nfc, :nfd, :nfkc, :nfkd], do: :phial_unicode.normalize(string, form)

  @doc """
  Tells whether the first `limit` characters are printable.

      iex> String.printable?("abc\\0")
      false
  """
  @spec printable?(t, 0) :: true
  @spec printable?(t, pos_integer | :infinity) :: boolean
  def printable?(string, character_limit \\ :infinity)
  def printable?(string, :infinity) when is_binary(string), do: :phial_unicode.printable?(string)

  def printable?(string, limit) when is_binary(string) and is_integer(limit) and limit >= 0 do
    case skip_codepoints(string, limit) do
      :invalid -> false
      rest -> :phial_unicode.printable?(:binary.part(string, 0, byte_size(string) - byte_size(rest)))
    end
  end

  defp skip_codepoints(rest, 0), do: rest
  defp skip_codepoints("", _n), do: ""
  defp skip_codepoints(<<_::utf8, rest::binary>>, n), do: skip_codepoints(rest, n - 1)
  defp skip_codepoints(_invalid, _n), do: :invalid

  @doc """
  Tells whether the string is valid UTF-8.

      iex> String.valid?(<<0xFFFF::16>>)
      false
  """
  @spec valid?(t) :: boolean
  def valid?(string)
  def valid?(string) when is_binary(string), do: :phial_unicode.valid?(string)
  def valid?(_other), do: false

  @doc false
  @deprecated "Use String.valid?/1 instead"
  def valid_character?(string) do
    case string do
      <<_::utf8>> -> valid?(string)
      _ -> false
    end
  end

  @doc """
  Splits into runs of characters that have a trait (`:valid` or `:printable`) and runs that have not.

      iex> String.chunk(<<?a, ?b, ?c, 0>>, :printable)
      ["abc", <<0>>]
  """
  @spec chunk(t, :valid | :printable) :: [t]
  def chunk(string, trait) when is_binary(string) and trait in [:valid, :printable], do: chunks(string, trait, nil, "")

  defp chunks("", _trait, nil, _run), do: []
  defp chunks("", _trait, _flag, run), do: [run]

  defp chunks(string, trait, flag, run) do
    {codepoint, rest} = next_codepoint(string)

    case has_trait?(codepoint, trait) do
      ^flag -> chunks(rest, trait, flag, run <> codepoint)
      other when flag == nil -> chunks(rest, trait, other, codepoint)
      other -> [run | chunks(rest, trait, other, codepoint)]
    end
  end

  defp has_trait?(codepoint, :valid), do: :phial_unicode.valid?(codepoint)
  defp has_trait?(codepoint, :printable), do: :phial_unicode.printable?(codepoint)

  @doc """
  Tells whether the string starts with the prefix, or with one of a list.

      iex> String.starts_with?("elixir", ["erlang", "el"])
      true
  """
  @spec starts_with?(t, t | [t]) :: boolean
  def starts_with?(string, prefix) when is_binary(string) and is_binary(prefix), do: :phial_binary.starts(string, prefix)

  def starts_with?(string, prefixes) when is_binary(string) and is_list(prefixes),
    do: starts_with_any?(string, prefixes)

  def starts_with?(string, pattern) when is_binary(string), do: Kernel.match?({0, _}, :binary.match(string, pattern))

  defp starts_with_any?(string, [h | t]), do: :phial_binary.starts(string, h) or starts_with_any?(string, t)
  defp starts_with_any?(_string, []), do: false

  @doc """
  Tells whether the string ends with the suffix, or with one of a list.

      iex> String.ends_with?("language", "age")
      true
  """
  @spec ends_with?(t, t | [t]) :: boolean
  def ends_with?(string, suffix) when is_binary(string) and is_binary(suffix), do: :phial_binary.ends(string, suffix)

  def ends_with?(string, suffixes) when is_binary(string) and is_list(suffixes),
    do: ends_with_any?(string, suffixes)

  defp ends_with_any?(string, [h | t]), do: :phial_binary.ends(string, h) or ends_with_any?(string, t)
  defp ends_with_any?(_string, []), do: false

  @doc """
  Tells whether a regular expression matches.

      iex> String.match?("foo", ~r/o+/)
      true
  """
  @spec match?(t, Regex.t()) :: boolean
  def match?(string, regex) when is_binary(string), do: Regex.match?(regex, string)

  @doc """
  Tells whether the string contains the pattern, or one of a list.

      iex> String.contains?("elixir of life", ["life", "death"])
      true
  """
  @spec contains?(t, [t] | pattern) :: boolean
  def contains?(string, contents) when is_binary(string) and is_list(contents) do
    cond do
      contents == [] -> false
      :lists.member("", contents) -> true
      true -> :binary.match(string, contents) != :nomatch
    end
  end

  def contains?(string, ""), do: is_binary(string)
  def contains?(string, contents) when is_binary(string), do: :binary.match(string, contents) != :nomatch

  # Case

  @modes [:default, :ascii, :greek, :turkic]

  @doc """
  Converts to upper case.

      iex> String.upcase("olá")
      "OLÁ"
  """
  @spec upcase(t, :default | :ascii | :greek | :turkic) :: t
  def upcase(string, mode \\ :default)
  def upcase(string, mode) when is_binary(string) and mode in @modes, do: :phial_unicode.upcase(string, mode)

  @doc """
  Converts to lower case.

      iex> String.downcase("OLÁ")
      "olá"
  """
  @spec downcase(t, :default | :ascii | :greek | :turkic) :: t
  def downcase(string, mode \\ :default)
  def downcase(string, mode) when is_binary(string) and mode in @modes, do: :phial_unicode.downcase(string, mode)

  @doc """
  Converts the first character to title case and the others to lower case.

      iex> String.capitalize("fiFI")
      "Fifi"
  """
  @spec capitalize(t, :default | :ascii | :greek | :turkic) :: t
  def capitalize(string, mode \\ :default)
  def capitalize("", mode) when mode in @modes, do: ""

  def capitalize(string, mode) when is_binary(string) and mode in [:default, :greek] do
    {first, rest} = :phial_unicode.titlecase_first(string)
    first <> downcase(rest, mode)
  end

  def capitalize(string, mode) when is_binary(string) and mode in [:ascii, :turkic] do
    {first, rest} = next_grapheme(string)
    upcase(first, mode) <> downcase(rest, mode)
  end

  # Trimming and padding

  @doc """
  Removes Unicode whitespace from both ends.

      iex> String.trim("\\n  abc\\n ")
      "abc"
  """
  @spec trim(t) :: t
  def trim(string) when is_binary(string), do: string |> :phial_unicode.trim_leading() |> :phial_unicode.trim_trailing()

  @doc """
  Removes all occurrences of `to_trim` from both ends.

      iex> String.trim("a  abc  a", "a")
      "  abc  "
  """
  @spec trim(t, t) :: t
  def trim(string, to_trim) when is_binary(string) and is_binary(to_trim),
    do: string |> trim_leading(to_trim) |> trim_trailing(to_trim)

  @doc """
  Removes Unicode whitespace from the start.

      iex> String.trim_leading("  abc ")
      "abc "
  """
  @spec trim_leading(t) :: t
  def trim_leading(string) when is_binary(string), do: :phial_unicode.trim_leading(string)

  @doc """
  Removes all occurrences of `to_trim` from the start.

      iex> String.trim_leading("__ abc _", "_")
      " abc _"
  """
  @spec trim_leading(t, t) :: t
  def trim_leading(string, to_trim) when is_binary(string) and is_binary(to_trim), do: replace_leading(string, to_trim, "")

  @doc """
  Removes Unicode whitespace from the end.

      iex> String.trim_trailing(" abc  ")
      " abc"
  """
  @spec trim_trailing(t) :: t
  def trim_trailing(string) when is_binary(string), do: :phial_unicode.trim_trailing(string)

  @doc """
  Removes all occurrences of `to_trim` from the end.

      iex> String.trim_trailing("_ abc __", "_")
      "_ abc "
  """
  @spec trim_trailing(t, t) :: t
  def trim_trailing(string, to_trim) when is_binary(string) and is_binary(to_trim), do: replace_trailing(string, to_trim, "")

  @doc """
  Pads at the start until the string has `count` graphemes.

      iex> String.pad_leading("abc", 6, "12")
      "121abc"
  """
  @spec pad_leading(t, non_neg_integer, t | [t]) :: t
  def pad_leading(string, count, padding \\ [" "])
  def pad_leading(string, count, padding) when is_binary(padding) and padding != "", do: pad_leading(string, count, graphemes(padding))

  def pad_leading(string, count, [_ | _] = padding) when is_binary(string) and is_integer(count) and count >= 0,
    do: pad(padding, count - length(string)) <> string

  @doc """
  Pads at the end until the string has `count` graphemes.

      iex> String.pad_trailing("abc", 6, "12")
      "abc121"
  """
  @spec pad_trailing(t, non_neg_integer, t | [t]) :: t
  def pad_trailing(string, count, padding \\ [" "])
  def pad_trailing(string, count, padding) when is_binary(padding) and padding != "", do: pad_trailing(string, count, graphemes(padding))

  def pad_trailing(string, count, [_ | _] = padding) when is_binary(string) and is_integer(count) and count >= 0,
    do: string <> pad(padding, count - length(string))

  defp pad(_padding, missing) when missing <= 0, do: ""
  defp pad([element], missing) when is_binary(element), do: :binary.copy(element, missing)

  defp pad(padding, missing) do
    size = Kernel.length(padding)
    times = div(missing, size)
    whole = if times > 0, do: :binary.copy(joined(padding), times), else: ""
    whole <> joined(:lists.sublist(padding, rem(missing, size)))
  end

  defp joined(elements) do
    Enum.each(elements, &(is_binary(&1) || raise(ArgumentError, "expected a string padding element, got: #{inspect(&1)}")))
    :erlang.iolist_to_binary(elements)
  end

  # Replacing

  @doc """
  Replaces matches of a pattern; with `global: false` only the first. The replacement may be a function.

      iex> String.replace("a,b,c", ",", "-")
      "a-b-c"
  """
  @spec replace(t, pattern | Regex.t(), t | (t -> t | iodata), keyword) :: t
  def replace(subject, pattern, replacement, options \\ [])
      when is_binary(subject) and (is_binary(replacement) or is_function(replacement, 1)) and is_list(options) do
    replace_guarded(subject, pattern, replacement, options)
  end

  defp replace_guarded(subject, %{__struct__: Regex} = regex, replacement, options),
    do: Regex.replace(regex, subject, replacement, options)

  defp replace_guarded(subject, "", replacement, options) do
    insert = replacer(replacement, options)
    if Keyword.get(options, :global, true), do: between_graphemes(subject, insert), else: IO.iodata_to_binary([insert.(""), subject])
  end

  defp replace_guarded(subject, [], _replacement, _options), do: subject

  defp replace_guarded(subject, pattern, replacement, []) when is_binary(replacement),
    do: :binary.replace(subject, pattern, replacement, [:global])

  defp replace_guarded(subject, pattern, replacement, options) do
    matches =
      case Keyword.get(options, :global, true) do
        true -> :binary.matches(subject, pattern)
        _ -> subject |> :binary.match(pattern) |> List.wrap() |> List.delete(:nomatch)
      end

    IO.iodata_to_binary(replace_matches(matches, subject, 0, replacer(replacement, options)))
  end

  defp replace_matches([{start, size} | matches], subject, position, replacer) do
    before = :binary.part(subject, position, start - position)
    matched = :binary.part(subject, start, size)
    [before, replacer.(matched) | replace_matches(matches, subject, start + size, replacer)]
  end

  defp replace_matches([], subject, position, _replacer), do: [:binary.part(subject, position, byte_size(subject) - position)]

  defp between_graphemes(subject, insert) do
    parts = for grapheme <- graphemes(subject), do: [insert.(""), grapheme]
    IO.iodata_to_binary([parts, insert.("")])
  end

  defp replacer(replacement, _options) when is_function(replacement), do: replacement

  defp replacer(replacement, options) do
    case Keyword.get(options, :insert_replaced, []) do
      [] -> fn _matched -> replacement end
      positions -> &insert_at_all(replacement, positions |> List.wrap() |> Enum.sort(), &1, 0)
    end
  end

  # The replacement with the matched text at these byte positions.
  defp insert_at_all(replacement, [position | positions], matched, from) do
    [:binary.part(replacement, from, position - from), matched | insert_at_all(replacement, positions, matched, position)]
  end

  defp insert_at_all(replacement, [], _matched, from), do: [:binary.part(replacement, from, byte_size(replacement) - from)]

  @doc """
  Replaces every occurrence of `match` at the start.

      iex> String.replace_leading("hello hello world", "hello ", "bye ")
      "bye bye world"
  """
  @spec replace_leading(t, t, t) :: t
  def replace_leading(string, match, replacement) when is_binary(string) and is_binary(match) and is_binary(replacement) do
    if match == "", do: empty_match()
    count = leading_count(string, match, byte_size(match), 0)
    from = count * byte_size(match)
    :binary.copy(replacement, count) <> :binary.part(string, from, byte_size(string) - from)
  end

  defp leading_count(string, match, size, count) do
    case string do
      <<start::binary-size(size), rest::binary>> when start == match -> leading_count(rest, match, size, count + 1)
      _ -> count
    end
  end

  defp empty_match, do: raise(ArgumentError, "cannot use an empty string as the match to replace")

  @doc """
  Replaces every occurrence of `match` at the end.

      iex> String.replace_trailing("hello world world", " world", " mom")
      "hello mom mom"
  """
  @spec replace_trailing(t, t, t) :: t
  def replace_trailing(string, match, replacement) when is_binary(string) and is_binary(match) and is_binary(replacement) do
    if match == "", do: empty_match()
    count = trailing_count(string, match, byte_size(match), byte_size(string), 0)
    kept = byte_size(string) - count * byte_size(match)
    :binary.part(string, 0, kept) <> :binary.copy(replacement, count)
  end

  defp trailing_count(string, match, size, stop, count) when stop >= size do
    if :binary.part(string, stop - size, size) == match,
      do: trailing_count(string, match, size, stop - size, count + 1),
      else: count
  end

  defp trailing_count(_string, _match, _size, _stop, count), do: count

  @doc """
  Replaces the prefix, if it is there.

      iex> String.replace_prefix("world", "wo", "e")
      "erld"
  """
  @spec replace_prefix(t, t, t) :: t
  def replace_prefix(string, match, replacement) when is_binary(string) and is_binary(match) and is_binary(replacement) do
    case :phial_binary.starts(string, match) do
      true -> replacement <> :binary.part(string, byte_size(match), byte_size(string) - byte_size(match))
      false -> string
    end
  end

  @doc """
  Replaces the suffix, if it is there.

      iex> String.replace_suffix("world", "ld", "m")
      "worm"
  """
  @spec replace_suffix(t, t, t) :: t
  def replace_suffix(string, match, replacement) when is_binary(string) and is_binary(match) and is_binary(replacement) do
    case :phial_binary.ends(string, match) do
      true -> :binary.part(string, 0, byte_size(string) - byte_size(match)) <> replacement
      false -> string
    end
  end

  @doc """
  Returns the string `n` times.

      iex> String.duplicate("abc", 2)
      "abcabc"
  """
  @spec duplicate(t, non_neg_integer) :: t
  def duplicate(subject, n) when is_binary(subject) and is_integer(n) and n >= 0, do: :binary.copy(subject, n)

  @doc """
  Reverses the graphemes.

      iex> String.reverse("hello")
      "olleh"
  """
  @spec reverse(t) :: t
  def reverse(string) when is_binary(string) do
    case :unicode.characters_to_binary(string) do
      {_, good, <<byte, rest::binary>>} -> :erlang.iolist_to_binary([:lists.reverse(graphemes(good)), byte, reverse(rest)])
      _ -> string |> graphemes() |> :lists.reverse() |> :erlang.iolist_to_binary()
    end
  end

  # Graphemes and code points

  @doc """
  Returns the code points.

      iex> String.codepoints("olá")
      ["o", "l", "á"]
  """
  @spec codepoints(t) :: [codepoint]
  def codepoints(string) when is_binary(string), do: :phial_unicode.codepoints(string)

  @doc """
  Returns the first code point and the rest, or `nil`.

      iex> String.next_codepoint("olá")
      {"o", "lá"}
  """
  @spec next_codepoint(t) :: {codepoint, t} | nil
  def next_codepoint(string)
  def next_codepoint(<<char::utf8, rest::binary>>), do: {<<char::utf8>>, rest}
  def next_codepoint(<<byte, rest::binary>>), do: {<<byte>>, rest}
  def next_codepoint(""), do: nil

  @doc """
  Returns the graphemes.

      iex> String.graphemes("Ńaïve")
      ["Ń", "a", "ï", "v", "e"]
  """
  @spec graphemes(t) :: [grapheme]
  def graphemes(string) when is_binary(string), do: :phial_unicode.graphemes(string)

  @doc """
  Returns the first grapheme and the rest, or `nil`.

      iex> String.next_grapheme("olá")
      {"o", "lá"}
  """
  @spec next_grapheme(t) :: {grapheme, t} | nil
  def next_grapheme(string) when is_binary(string), do: :phial_unicode.next_grapheme(string)

  @doc false
  @deprecated "Use String.next_grapheme/1 instead"
  def next_grapheme_size(string) when is_binary(string) do
    case next_grapheme(string) do
      {grapheme, rest} -> {byte_size(grapheme), rest}
      nil -> nil
    end
  end

  @doc """
  Returns the number of graphemes.

      iex> String.length("elixir")
      6
  """
  @spec length(t) :: non_neg_integer
  def length(string) when is_binary(string), do: :phial_unicode.length(string)

  @doc """
  Returns the first grapheme, or `nil`.

      iex> String.first("elixir")
      "e"
  """
  @spec first(t) :: grapheme | nil
  def first(string) when is_binary(string) do
    case next_grapheme(string) do
      {grapheme, _rest} -> grapheme
      nil -> nil
    end
  end

  @doc """
  Returns the last grapheme, or `nil`.

      iex> String.last("elixir")
      "r"
  """
  @spec last(t) :: grapheme | nil
  def last(""), do: nil
  def last(string) when is_binary(string), do: drop(string, length(string) - 1)

  @doc """
  Returns the grapheme at a position, or `nil`; negative positions count from the end.

      iex> String.at("elixir", -1)
      "r"
  """
  @spec at(t, integer) :: grapheme | nil
  def at(string, position) when is_binary(string) and is_integer(position) and position >= 0,
    do: string |> drop(position) |> first()

  def at(string, position) when is_binary(string) and is_integer(position) do
    case length(string) + position do
      start when start >= 0 -> at(string, start)
      _ -> nil
    end
  end

  @doc """
  Returns `len` graphemes from `start` on.

      iex> String.slice("elixir", 1, 3)
      "lix"
  """
  @spec slice(t, integer, non_neg_integer) :: t
  def slice(string, start, len)
  def slice(string, start, 0) when is_binary(string) and is_integer(start), do: ""

  def slice(string, start, len) when is_binary(string) and is_integer(start) and is_integer(len) and start >= 0 and len >= 0,
    do: string |> drop(start) |> take(len)

  def slice(string, start, len) when is_binary(string) and is_integer(start) and is_integer(len) and start < 0 and len >= 0,
    do: string |> drop(max(length(string) + start, 0)) |> take(len)

  @doc """
  Returns the graphemes at the positions in a range.

      iex> String.slice("elixir", 1..-2)
      "lixi"
  """
  @spec slice(t, Range.t()) :: t
  def slice(string, %{__struct__: Range, first: first, last: last, step: step} = range) when is_binary(string) do
    cond do
      step > 0 -> slice_range(string, first, last, step)
      step == -1 and first > last -> slice_range(string, first, last, 1)
      true -> raise ArgumentError, "String.slice/2 does not accept ranges with negative steps, got: #{inspect(range)}"
    end
  end

  defp slice_range(string, first, -1, 1) when first >= 0, do: drop(string, first)

  defp slice_range(string, first, last, step) when first >= 0 and last >= 0 do
    if last >= first, do: string |> drop(first) |> take(last - first + 1) |> every(step), else: ""
  end

  defp slice_range(string, first, last, step) do
    size = length(string)
    first = if first < 0, do: max(first + size, 0), else: first
    last = if last < 0, do: last + size, else: last
    if last < 0 or first > size, do: "", else: slice_range(string, first, last, step)
  end

  defp every(string, 1), do: string
  defp every(string, step), do: string |> graphemes() |> Enum.take_every(step) |> :erlang.iolist_to_binary()

  # Conversions

  @doc """
  Converts to a charlist.

      iex> String.to_charlist("hi")
      'hi'
  """
  @spec to_charlist(t) :: charlist
  def to_charlist(string) when is_binary(string) do
    case :unicode.characters_to_list(string) do
      result when is_list(result) -> result
      {:error, encoded, rest} -> raise UnicodeConversionError, encoded: encoded, rest: rest, kind: :invalid
      {:incomplete, encoded, rest} -> raise UnicodeConversionError, encoded: encoded, rest: rest, kind: :incomplete
    end
  end

  @doc """
  Converts to an atom.

      iex> String.to_atom("my_atom")
      :my_atom
  """
  @spec to_atom(t) :: atom
  def to_atom(string) when is_binary(string), do: :erlang.binary_to_atom(string, :utf8)

  @doc """
  Converts to an atom that exists already.

      iex> String.to_existing_atom("ok")
      :ok
  """
  @spec to_existing_atom(t) :: atom
  def to_existing_atom(string) when is_binary(string), do: :erlang.binary_to_existing_atom(string, :utf8)

  @doc """
  Converts the text of an integer.

      iex> String.to_integer("123")
      123
  """
  @spec to_integer(t) :: integer
  def to_integer(string) when is_binary(string), do: :erlang.binary_to_integer(string)

  @doc """
  Converts the text of an integer in `base`.

      iex> String.to_integer("3FF", 16)
      1023
  """
  @spec to_integer(t, 2..36) :: integer
  def to_integer(string, base) when is_binary(string) and is_integer(base), do: :erlang.binary_to_integer(string, base)

  @doc """
  Converts the text of a float.

      iex> String.to_float("3.0")
      3.0
  """
  @spec to_float(t) :: float
  def to_float(string) when is_binary(string), do: :erlang.binary_to_float(string)

  # Distances

  @doc """
  Returns the share of graphemes that two strings have in common, in any order.

      iex> String.bag_distance("abcd", "abc")
      0.75
  """
  @spec bag_distance(t, t) :: float
  def bag_distance(string1, string2) when is_binary(string1) and is_binary(string2) do
    list1 = graphemes(string1)
    list2 = graphemes(string2)

    case max(:erlang.length(list1), :erlang.length(list2)) do
      0 -> 0.0
      size -> 1 - (size - common_count(list1, Enum.frequencies(list2), 0)) / size
    end
  end

  defp common_count([grapheme | rest], bag, count) do
    case bag do
      %{^grapheme => n} when n > 0 -> common_count(rest, %{bag | grapheme => n - 1}, count + 1)
      %{} -> common_count(rest, bag, count)
    end
  end

  defp common_count([], _bag, count), do: count

  @doc """
  Returns the Jaro similarity, between 0.0 and 1.0.

      iex> String.jaro_distance("Dwayne", "Duane")
      0.8222222222222223
  """
  @spec jaro_distance(t, t) :: float
  def jaro_distance(string1, string2)
  def jaro_distance(string, string), do: 1.0
  def jaro_distance(_string, ""), do: 0.0
  def jaro_distance("", _string), do: 0.0

  def jaro_distance(string1, string2) when is_binary(string1) and is_binary(string2) do
    list1 = graphemes(string1)
    list2 = graphemes(string2)
    size1 = :erlang.length(list1)
    size2 = :erlang.length(list2)

    case jaro_matches(list1, size1, list2, size2) do
      {0, _transposed} -> 0.0
      {common, transposed} -> (common / size1 + common / size2 + (common - transposed) / common) / 3
    end
  end

  # The longer string is indexed; each grapheme of the shorter one takes its first free equal within reach.
  defp jaro_matches(list1, size1, list2, size2) when size1 < size2,
    do: jaro(list1, 0, div(size2, 2) - 1, :lists.enumerate(0, list2), {0, 0, -1})

  defp jaro_matches(list1, size1, list2, _size2), do: jaro(list2, 0, div(size1, 2) - 1, :lists.enumerate(0, list1), {0, 0, -1})

  defp jaro([grapheme | rest], index, reach, free, {common, transposed, former} = state) do
    case Enum.find(free, fn {i, other} -> i >= index - reach and i <= index + reach and other == grapheme end) do
      nil -> jaro(rest, index + 1, reach, free, state)
      {i, _} = found when i < former -> jaro(rest, index + 1, reach, List.delete(free, found), {common + 1, transposed + 1, i})
      {i, _} = found -> jaro(rest, index + 1, reach, List.delete(free, found), {common + 1, transposed, i})
    end
  end

  defp jaro([], _index, _reach, _free, {common, transposed, _former}), do: {common, transposed}

  @doc """
  Returns the shortest edit script from one string to the other.

      iex> String.myers_difference("fox", "fix")
      [eq: "f", del: "o", ins: "i", eq: "x"]
  """
  @spec myers_difference(t, t) :: [{:eq | :ins | :del, t}]
  def myers_difference(string1, string2) when is_binary(string1) and is_binary(string2) do
    for {kind, graphemes} <- List.myers_difference(graphemes(string1), graphemes(string2)),
        do: {kind, :erlang.iolist_to_binary(graphemes)}
  end

  # Names of old

  @doc false
  @deprecated "Use String.to_charlist/1 instead"
  def to_char_list(string), do: String.to_charlist(string)

  @doc false
  @deprecated "Use String.trim/1 instead"
  def strip(string), do: trim(string)

  @doc false
  @deprecated "Use String.trim/2 with a binary second argument instead"
  def strip(string, char), do: trim(string, <<char::utf8>>)

  @doc false
  @deprecated "Use String.trim_leading/1 instead"
  def lstrip(string), do: trim_leading(string)

  @doc false
  @deprecated "Use String.trim_leading/2 with a binary as second argument instead"
  def lstrip(string, char), do: trim_leading(string, <<char::utf8>>)

  @doc false
  @deprecated "Use String.trim_trailing/1 instead"
  def rstrip(string), do: trim_trailing(string)

  @doc false
  @deprecated "Use String.trim_trailing/2 with a binary as second argument instead"
  def rstrip(string, char), do: trim_trailing(string, <<char::utf8>>)

  @doc false
  @deprecated "Use String.pad_leading/2 instead"
  def rjust(subject, len), do: pad_leading(subject, len)

  @doc false
  @deprecated "Use String.pad_leading/3 with a binary padding instead"
  def rjust(subject, len, pad), do: pad_leading(subject, len, <<pad::utf8>>)

  @doc false
  @deprecated "Use String.pad_trailing/2 instead"
  def ljust(subject, len), do: pad_trailing(subject, len)

  @doc false
  @deprecated "Use String.pad_trailing/3 with a binary padding instead"
  def ljust(subject, len, pad), do: pad_trailing(subject, len, <<pad::utf8>>)
end
