# SPDX-License-Identifier: Apache-2.0
# :string. The newer functions take chardata (a binary, or a list of characters, binaries and lists) and count grapheme clusters;
# the older ones take flat lists of characters.
#
# Invariant: of the newer ones, those that give a string give a binary for a binary and a list for a list.
defmodule :string do
  @moduledoc "Strings as Erlang has them."

  import Kernel, except: [length: 1]

  @white [?\t, ?\n, ?\v, ?\f, ?\r, ?\s, 0x85, 0x200E, 0x200F, 0x2028, 0x2029]

  # A cluster is a character, or a list of those it is made of.
  defp clusters(string), do: string |> binary() |> String.graphemes() |> Enum.map(&cluster/1)

  defp cluster(<<char::utf8>>), do: char
  defp cluster(grapheme), do: String.to_charlist(grapheme)

  defp binary(string) when is_binary(string), do: string

  defp binary(string) when is_list(string) do
    case :unicode.characters_to_binary(string) do
      binary when is_binary(binary) -> binary
      _ -> :erlang.error(:badarg)
    end
  end

  defp binary(_), do: :erlang.error(:badarg)

  # A binary result in the type of the string it comes from.
  defp like(result, string) when is_binary(string), do: result
  defp like(result, _string), do: String.to_charlist(result)

  # -- clusters and lengths ---------------------------------------------------------------

  def is_empty(string), do: binary(string) == ""

  @doc "The number of grapheme clusters."
  def length(string), do: string |> binary() |> String.length()

  def to_graphemes(string), do: clusters(string)

  @doc "The grapheme clusters backwards, as a list."
  def reverse(string), do: string |> clusters() |> :lists.reverse()

  @doc "The first cluster in front of the rest; [] if there is none."
  def next_grapheme(string) do
    case String.next_grapheme(binary(string)) do
      nil -> []
      {grapheme, ""} when not is_binary(string) -> [cluster(grapheme)]
      {grapheme, rest} -> [cluster(grapheme) | like(rest, string)]
    end
  end

  @doc "The first code point in front of the rest; [] if there is none."
  def next_codepoint(string) do
    case binary(string) do
      "" -> []
      <<char::utf8, rest::binary>> -> [char | like(rest, string)]
      <<byte, rest::binary>> -> {:error, <<byte, rest::binary>>}
    end
  end

  # -- comparing --------------------------------------------------------------------------

  def equal(a, b), do: binary(a) == binary(b)
  def equal(a, b, ignore_case), do: folded(a, ignore_case) == folded(b, ignore_case)

  @doc "Whether two strings are equal, letter case ignored or not, after normalization to :nfc, :nfd, :nfkc, :nfkd or :none."
  def equal(a, b, ignore_case, :none), do: equal(a, b, ignore_case)

  def equal(a, b, ignore_case, form),
    do: String.normalize(folded(a, ignore_case), form) == String.normalize(folded(b, ignore_case), form)

  defp folded(string, true), do: string |> casefold() |> binary()
  defp folded(string, false), do: binary(string)

  # -- letter case ------------------------------------------------------------------------

  def uppercase(string), do: string |> binary() |> String.upcase() |> like(string)
  def lowercase(string), do: string |> binary() |> String.downcase() |> like(string)
  def casefold(string), do: string |> binary() |> :phial_unicode.casefold() |> like(string)

  def titlecase(string) do
    case String.next_grapheme(binary(string)) do
      nil -> like("", string)
      {first, rest} -> like(String.capitalize(first) <> rest, string)
    end
  end

  def to_upper(char) when is_integer(char), do: if(char in ?a..?z or latin_lower?(char), do: char - 32, else: char)
  def to_upper(chars) when is_list(chars), do: Enum.map(chars, &to_upper/1)
  def to_lower(char) when is_integer(char), do: if(char in ?A..?Z or latin_upper?(char), do: char + 32, else: char)
  def to_lower(chars) when is_list(chars), do: Enum.map(chars, &to_lower/1)

  defp latin_lower?(char), do: char in 0xE0..0xFE and char != 0xF7
  defp latin_upper?(char), do: char in 0xC0..0xDE and char != 0xD7

  # -- parts ------------------------------------------------------------------------------

  @doc "What follows the first `start` clusters."
  def slice(string, start) when is_integer(start) and start >= 0, do: slice(string, start, :infinity)

  def slice(string, start, length) when is_integer(start) and start >= 0 do
    binary = binary(string)
    rest = elem(String.split_at(binary, start), 1)
    like(if(length == :infinity, do: rest, else: elem(String.split_at(rest, length), 0)), string)
  end

  def trim(string), do: trim(string, :both, @white)
  def trim(string, direction), do: trim(string, direction, @white)

  @doc "Takes clusters that are in a list off a string's ends."
  def trim(string, direction, characters) when direction in [:leading, :trailing, :both] do
    wanted = [~c"\r\n" | characters]
    wanted = if characters == @white, do: wanted, else: characters
    string |> clusters() |> trimmed(direction, wanted) |> joined() |> like(string)
  end

  defp trimmed(clusters, :leading, set), do: Enum.drop_while(clusters, &(&1 in set))
  defp trimmed(clusters, :trailing, set), do: clusters |> :lists.reverse() |> trimmed(:leading, set) |> :lists.reverse()
  defp trimmed(clusters, :both, set), do: clusters |> trimmed(:leading, set) |> trimmed(:trailing, set)

  defp joined(clusters), do: :unicode.characters_to_binary(clusters)

  @doc "Takes newlines off the end."
  def chomp(string), do: trim(string, :trailing, [~c"\r\n", ?\n])

  def pad(string, length), do: pad(string, length, :trailing, ?\s)
  def pad(string, length, direction), do: pad(string, length, direction, ?\s)

  @doc "The string with clusters before or after it, so that it has a length; chardata."
  def pad(string, length, direction, char) do
    missing = max(length - length(string), 0)
    half = div(missing, 2)

    case direction do
      :trailing -> [string | List.duplicate(char, missing)]
      :leading -> [List.duplicate(char, missing), string]
      :both -> [List.duplicate(char, half), string, List.duplicate(char, half) | List.duplicate(char, rem(missing, 2))]
    end
  end

  def take(string, characters), do: take(string, characters, false, :leading)
  def take(string, characters, complement), do: take(string, characters, complement, :leading)

  @doc "{taken, rest}: the clusters at one end that are in a list, or with `complement` that are not."
  def take(string, characters, complement, direction) do
    wanted = fn cluster -> cluster in characters != complement end

    case direction do
      :leading ->
        {taken, rest} = string |> clusters() |> Enum.split_while(wanted)
        {like(joined(taken), string), like(joined(rest), string)}

      :trailing ->
        {taken, rest} = string |> reverse() |> Enum.split_while(wanted)
        {like(joined(:lists.reverse(rest)), string), like(joined(:lists.reverse(taken)), string)}
    end
  end

  @doc "What follows a prefix, or nomatch."
  def prefix(string, prefix) do
    binary = binary(string)
    prefix = binary(prefix)
    size = byte_size(prefix)

    if String.starts_with?(binary, prefix),
      do: like(:binary.part(binary, size, byte_size(binary) - size), string),
      else: :nomatch
  end

  # -- searching --------------------------------------------------------------------------

  # Where a pattern begins and its size: the first or the last match; nil.
  defp place(_binary, "", _where), do: nil

  defp place(binary, pattern, :leading) do
    case :binary.match(binary, pattern) do
      :nomatch -> nil
      place -> place
    end
  end

  defp place(binary, pattern, :trailing), do: last_place(binary, pattern, byte_size(binary) - byte_size(pattern))

  defp last_place(_binary, _pattern, at) when at < 0, do: nil

  defp last_place(binary, pattern, at) do
    size = byte_size(pattern)
    if :binary.part(binary, at, size) == pattern, do: {at, size}, else: last_place(binary, pattern, at - 1)
  end

  def find(string, pattern), do: find(string, pattern, :leading)

  @doc "The string from the first or last match on, or nomatch."
  def find(string, pattern, where) do
    binary = binary(string)

    case {binary(pattern), place(binary, binary(pattern), where)} do
      {"", _} -> string
      {_, nil} -> :nomatch
      {_, {at, _}} -> like(:binary.part(binary, at, byte_size(binary) - at), string)
    end
  end

  def split(string, pattern), do: split(string, pattern, :leading)

  @doc "Splits at the first, the last or all matches."
  def split(string, pattern, where) do
    binary = binary(string)
    pattern = binary(pattern)

    parts =
      cond do
        pattern == "" -> [binary]
        where == :all -> :binary.split(binary, pattern, [:global])
        true -> split_once(binary, place(binary, pattern, where))
      end

    Enum.map(parts, &like(&1, string))
  end

  defp split_once(binary, nil), do: [binary]

  defp split_once(binary, {at, size}),
    do: [:binary.part(binary, 0, at), :binary.part(binary, at + size, byte_size(binary) - at - size)]

  def replace(string, pattern, replacement), do: replace(string, pattern, replacement, :leading)

  @doc "The parts between the matches with the replacement between them."
  def replace(string, pattern, replacement, where), do: :lists.join(replacement, split(string, pattern, where))

  @doc "The parts between separators, empty ones left out."
  def lexemes(string, separators) when is_list(separators) do
    string
    |> clusters()
    |> lexemes([], [], separators)
    |> Enum.map(&like(joined(&1), string))
  end

  defp lexemes([], [], done, _), do: :lists.reverse(done)
  defp lexemes([], word, done, _), do: :lists.reverse([:lists.reverse(word) | done])

  defp lexemes([cluster | rest], word, done, separators) do
    cond do
      cluster not in separators -> lexemes(rest, [cluster | word], done, separators)
      word == [] -> lexemes(rest, [], done, separators)
      true -> lexemes(rest, [], [:lists.reverse(word) | done], separators)
    end
  end

  @doc "The n-th lexeme."
  def nth_lexeme(string, n, separators), do: string |> lexemes(separators) |> Enum.at(n - 1, like("", string))

  # -- numbers ----------------------------------------------------------------------------

  @doc "{integer, rest}, or {:error, reason}."
  def to_integer(string) do
    case matched(string, "\\A[+-]?[0-9]+") do
      {:match, [digits]} -> {:erlang.binary_to_integer(digits), after_bytes(string, byte_size(digits))}
      :nomatch -> {:error, :no_integer}
    end
  rescue
    _ -> {:error, :badarg}
  end

  @doc "{float, rest}, or {:error, reason}."
  def to_float(string) do
    case matched(string, "\\A[+-]?[0-9]+[.,][0-9]+([eE][+-]?[0-9]+)?") do
      {:match, [number]} -> {float(number), after_bytes(string, byte_size(number))}
      :nomatch -> {:error, :no_float}
    end
  rescue
    _ -> {:error, if(is_binary(string) or is_list(string), do: :no_float, else: :badarg)}
  end

  defp matched(string, pattern), do: :re.run(binary(string), pattern, [{:capture, :first, :binary}])
  defp float(number), do: number |> :binary.replace(",", ".") |> :erlang.binary_to_float()

  defp after_bytes(string, n) do
    binary = binary(string)
    like(:binary.part(binary, n, byte_size(binary) - n), string)
  end

  def list_to_integer(chars), do: to_integer(chars)
  def list_to_float(chars), do: to_float(chars)

  # -- the older functions: lists of characters -------------------------------------------

  def len(chars) when is_list(chars), do: Kernel.length(chars)
  def concat(a, b), do: a ++ b
  def chars(char, n), do: List.duplicate(char, n)
  def chars(char, n, tail), do: List.duplicate(char, n) ++ tail
  def copies(chars, n) when is_list(chars) and is_integer(n) and n >= 0, do: :lists.append(List.duplicate(chars, n))
  def join([], separator) when is_list(separator), do: []
  def join(strings, separator), do: :lists.append(:lists.join(separator, strings))

  @doc "The place of a character, from 1; 0 if it is not there."
  def chr(chars, char) when is_integer(char), do: index(Enum.find_index(chars, &(&1 == char)))

  def rchr(chars, char) when is_integer(char) do
    case chr(:lists.reverse(chars), char) do
      0 -> 0
      n -> Kernel.length(chars) - n + 1
    end
  end

  defp index(nil), do: 0
  defp index(n), do: n + 1

  @doc "The place of the first substring, from 1; 0 if it is not there."
  def str(chars, sub) when is_list(sub), do: places(chars, sub, 1) |> List.first(0)
  def rstr(chars, sub) when is_list(sub), do: places(chars, sub, 1) |> List.last(0)

  defp places(_chars, [], _n), do: []

  defp places(chars, sub, n) do
    here = if :lists.prefix(sub, chars), do: [n], else: []
    if chars == [], do: [], else: here ++ places(tl(chars), sub, n + 1)
  end

  def span(chars, set), do: chars |> Enum.take_while(&(&1 in set)) |> Kernel.length()
  def cspan(chars, set), do: chars |> Enum.take_while(&(&1 not in set)) |> Kernel.length()

  def substr(chars, start) when is_integer(start) and start > 0, do: Enum.drop(chars, start - 1)
  def substr(chars, start, length) when is_integer(start) and start > 0, do: chars |> Enum.drop(start - 1) |> Enum.take(length)
  def sub_string(chars, start), do: substr(chars, start)
  def sub_string(chars, start, stop), do: substr(chars, start, stop - start + 1)

  @doc "The parts between separators, empty ones left out."
  def tokens(chars, separators), do: lexemes(chars, [], [], separators)

  def words(chars), do: words(chars, ?\s)
  def words(chars, separator), do: chars |> tokens([separator]) |> Kernel.length() |> max(1)
  def sub_word(chars, n), do: sub_word(chars, n, ?\s)
  def sub_word(chars, n, separator) when is_integer(n), do: chars |> tokens([separator]) |> Enum.at(n - 1, [])

  def strip(chars), do: strip(chars, :both, ?\s)
  def strip(chars, direction), do: strip(chars, direction, ?\s)
  def strip(chars, :left, char), do: trimmed(chars, :leading, [char])
  def strip(chars, :right, char), do: trimmed(chars, :trailing, [char])
  def strip(chars, :both, char), do: trimmed(chars, :both, [char])

  def left(chars, n), do: left(chars, n, ?\s)

  @doc "The list cut off or filled up to a length."
  def left(chars, n, char) do
    missing = n - Kernel.length(chars)
    if missing >= 0, do: chars ++ List.duplicate(char, missing), else: Enum.take(chars, n)
  end

  def right(chars, n), do: right(chars, n, ?\s)

  def right(chars, n, char) do
    missing = n - Kernel.length(chars)
    if missing >= 0, do: List.duplicate(char, missing) ++ chars, else: Enum.drop(chars, -missing)
  end

  def centre(chars, n), do: centre(chars, n, ?\s)
  def centre(_chars, 0, _char), do: []

  def centre(chars, n, char) do
    missing = n - Kernel.length(chars)

    if missing > 0 do
      front = div(missing, 2)
      List.duplicate(char, front) ++ chars ++ List.duplicate(char, missing - front)
    else
      chars |> Enum.drop(div(-missing, 2)) |> Enum.take(n)
    end
  end
end
