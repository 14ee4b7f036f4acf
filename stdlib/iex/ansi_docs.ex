# SPDX-License-Identifier: Apache-2.0
# IO.ANSI.Docs: Markdown on a terminal, in colours or, with enabled: false, as plain text set to the width.
# Invariant: the text is cut into blocks first (heading, list, code, quote, table, paragraph); every block ends with an empty line.
defmodule IO.ANSI.Docs do
  @moduledoc false

  @spec default_options() :: keyword
  def default_options do
    [
      enabled: true,
      doc_bold: [:bright],
      doc_code: [:cyan],
      doc_headings: [:yellow],
      doc_metadata: [:yellow],
      doc_quote: [:light_black],
      doc_inline_code: [:cyan],
      doc_table_heading: [:reverse],
      doc_title: [:reverse, :yellow],
      doc_underline: [:underline],
      width: 80
    ]
  end

  @doc "Prints titles, one a line, in the middle."
  @spec print_headings([String.t()], keyword) :: :ok
  def print_headings(headings, options \\ []) do
    options = Keyword.merge(default_options(), options)
    newline(options)
    for heading <- headings, do: print_title(heading, options)
    newline(options)
  end

  defp print_title(heading, options) do
    width = options[:width]
    left = div(width + String.length(heading), 2)
    text = String.pad_leading(heading, left)
    if options[:enabled], do: write(:doc_title, String.pad_trailing(text, width), options), else: IO.puts(text)
  end

  @doc "Prints the metadata of a documented thing: what it delegates to, deprecation, since."
  @spec print_metadata(map, keyword) :: :ok
  def print_metadata(metadata, options \\ []) when is_map(metadata) do
    options = Keyword.merge(default_options(), options)
    lines = for {key, value} <- Enum.sort(metadata), text = metadata_text(key, value), do: metadata_line(key, text, options)
    if lines != [], do: IO.puts([lines])
    :ok
  end

  defp metadata_text(key, value) when key in [:since, :deprecated] and is_binary(value), do: value
  defp metadata_text(:delegate_to, {m, f, a}), do: Exception.format_mfa(m, f, a)
  defp metadata_text(:guard, true), do: "true"
  defp metadata_text(_key, _value), do: nil

  defp metadata_line(key, text, options), do: [paint(:doc_metadata, "#{key}:", options), " ", text, ?\n]

  @doc "Prints a text of the format `text/markdown`."
  @spec print(String.t(), String.t(), keyword) :: :ok
  def print(text, format, options \\ [])

  def print(text, "text/markdown", options) do
    options = Keyword.merge(default_options(), options)
    text |> String.split(["\r\n", "\n"]) |> Enum.map(&untab/1) |> blocks(0, options)
    :ok
  end

  def print(_text, format, _options), do: IO.puts("\nUnknown documentation format #{inspect(format)}\n")

  defp untab(line), do: String.replace(line, "\t", "    ")

  # ---- blocks. indent: the columns a block stands in.

  defp blocks([], _indent, _options), do: :ok

  defp blocks([line | rest] = lines, indent, options) do
    cond do
      String.trim(line) == "" -> blocks(rest, indent, options)
      heading?(line) -> heading(line, rest, indent, options)
      String.starts_with?(line, "    ") -> code(lines, indent, options)
      fence?(line) -> fenced(line, rest, indent, options)
      String.starts_with?(line, "<!--") and String.contains?(line, "-->") -> blocks(rest, indent, options)
      String.starts_with?(line, ">") -> quoted(lines, indent, options)
      definition?(line) -> definition(line, rest, indent, options)
      list_item(line) -> list(lines, indent, options)
      table?(lines) -> table(lines, indent, options)
      true -> paragraph(lines, indent, options)
    end
  end

  defp heading?(line), do: line =~ ~r/^#{"#"}{1,6}\s/

  defp heading(line, rest, indent, options) do
    [pad(indent), paint(:doc_headings, String.trim(line), options)] |> IO.puts()
    newline(options)
    blocks(rest, indent, options)
  end

  # ---- code

  defp code(lines, indent, options) do
    {code, rest} = Enum.split_while(lines, &(&1 == "" or String.starts_with?(&1, "    ") or String.trim(&1) == ""))
    code |> Enum.map(&String.replace_prefix(&1, "    ", "")) |> print_code(indent, options)
    blocks(rest, indent, options)
  end

  defp fence?(line), do: String.starts_with?(String.trim_leading(line), ["```", "~~~"])

  defp fenced(opening, lines, indent, options) do
    mark = opening |> String.trim_leading() |> String.slice(0, 3)
    {code, rest} = Enum.split_while(lines, &(not String.starts_with?(String.trim_leading(&1), mark)))
    print_code(code, indent, options)
    blocks(Enum.drop(rest, 1), indent, options)
  end

  defp print_code(lines, indent, options) do
    text =
      lines |> Enum.reverse() |> Enum.drop_while(&(String.trim(&1) == "")) |> Enum.reverse() |> Enum.map_join("\n", &(pad(indent) <> "    " <> &1))
    write(:doc_code, text, options)
    newline(options)
  end

  # ---- where links lead, "[name]: url"

  defp definition?(line), do: line =~ ~r/^\[[^\]]*\]:\s/

  defp definition(line, rest, indent, options) do
    IO.puts([pad(indent), line])
    blocks(rest, indent, options)
  end

  # ---- quotes

  defp quoted(lines, indent, options) do
    {quoted, rest} = Enum.split_while(lines, &String.starts_with?(&1, ">"))

    text = Enum.map_join(quoted, " ", &(&1 |> String.replace_prefix(">", "") |> String.trim()))
    mark = paint(:doc_quote, "> ", options)
    for line <- wrapped(text, options[:width] - indent - 3, options), do: IO.puts([pad(indent), mark, line])
    newline(options)
    blocks(rest, indent, options)
  end

  # ---- lists

  # {bullet, columns of the marker, text} of the first line of an item, nil otherwise.
  defp list_item(line) do
    case Regex.run(~r/^(\s{0,3})([*+-]|\d+\.)(\s+)(.*)$/, line) do
      [_, _, mark, _, ""] when mark in ["*", "-", "+"] -> nil
      [_, left, mark, gap, text] -> {mark, String.length(left <> mark <> gap), text}
      nil -> nil
    end
  end

  defp list(lines, indent, options) do
    rest = items(lines, indent, options)
    newline(options)
    blocks(rest, indent, options)
  end

  defp items([line | rest] = lines, indent, options) do
    case list_item(line) do
      nil ->
        lines

      {mark, columns, text} ->
        {own, following} = item_lines(rest, {if(indent == 0, do: leading(line) + 2, else: 3), columns}, [])
        item(mark, [text | own], indent, options)
        if gap?(rest, following), do: newline(options)
        items(following, indent, options)
    end
  end

  defp items([], _indent, _options), do: []

  # Is the next item after an empty line?
  defp gap?(rest, [next | _] = following) do
    before = Enum.at(rest, length(rest) - length(following) - 1, "x")
    length(following) < length(rest) and String.trim(before) == "" and list_item(next) != nil
  end

  defp gap?(_rest, []), do: false

  # What belongs to an item: lines that are indented, empty ones before such, and continued text. least: the indentation that does it.
  defp item_lines([], _margins, own), do: {Enum.reverse(own), []}

  defp item_lines([line | rest] = lines, {least, columns} = margins, own) do
    cond do
      String.trim(line) == "" -> after_gap(Enum.drop_while(rest, &(String.trim(&1) == "")), lines, margins, own)
      leading(line) >= least -> item_lines(rest, margins, [String.slice(line, min(leading(line), columns)..-1//1) | own])
      list_item(line) -> {Enum.reverse(own), lines}
      true -> item_lines(rest, margins, [line | own])
    end
  end

  # After empty lines an item goes on if the text is indented; another item of the same list may follow, too.
  defp after_gap([], _lines, _margins, own), do: {Enum.reverse(own), []}

  defp after_gap([next | _] = following, lines, {least, _} = margins, own) do
    cond do
      leading(next) >= least -> item_lines(following, margins, ["" | own])
      list_item(next) -> {Enum.reverse(own), following}
      true -> {Enum.reverse(own), lines}
    end
  end

  defp leading(line), do: byte_size(line) - byte_size(String.trim_leading(line))

  defp item(mark, [first | more], indent, options) do
    {text, further} = Enum.split_while(more, &(&1 != "" and list_item(&1) == nil and not fence?(&1)))
    bullet = if mark in ["*", "-", "+"], do: if(options[:enabled], do: "• ", else: "* "), else: mark <> " "
    outer = max(indent, 2)
    inner = outer + String.length(bullet)
    width = options[:width] - inner - 1
    lines = [first | text] |> Enum.join(" ") |> words(options) |> fill_lines({width - inner, width}, [], 0, [])
    [head | tail] = if lines == [], do: [""], else: lines
    IO.puts([pad(outer), bullet, head])
    for line <- tail, do: IO.puts([pad(inner), line])

    further |> Enum.drop_while(&(&1 == "")) |> blocks(inner, options)
  end

  # ---- tables

  defp table?([line, next | _]),
    do: String.contains?(line, " | ") and next =~ ~r/^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/ and String.contains?(next, "-")
  defp table?(_), do: false

  defp table(lines, indent, options) do
    [heading, _line | rest] = lines
    {body, rest} = Enum.split_while(rest, &String.contains?(&1, " | "))
    cells =
      for row <- [heading | body], do: row |> String.trim() |> String.trim("|") |> String.split("|") |> Enum.map(&inline(String.trim(&1), options))
    columns = cells |> Enum.map(&length/1) |> Enum.max()
    widths = for i <- 0..(columns - 1), do: cells |> Enum.map(&visible(Enum.at(&1, i, ""))) |> Enum.max()
    [first | others] = for row <- cells, do: Enum.map_join(Enum.with_index(widths), " | ", fn {width, i} -> fill(Enum.at(row, i, ""), width) end)
    IO.puts([pad(indent), paint(:doc_table_heading, first, options)])
    for row <- others, do: IO.puts([pad(indent), row])
    newline(options)
    blocks(rest, indent, options)
  end

  defp fill(text, width), do: text <> String.duplicate(" ", width - visible(text))

  # ---- paragraphs

  defp paragraph([first | rest], indent, options) do
    {more, rest} = Enum.split_while(rest, &(String.trim(&1) != "" and not heading?(&1) and not fence?(&1) and list_item(&1) == nil))
    text = Enum.map_join([first | more], " ", &String.trim/1)
    for line <- wrapped(text, options[:width] - indent - 1, options), do: IO.puts([pad(indent), line])
    newline(options)
    blocks(rest, indent, options)
  end

  # ---- inside a line

  defp wrapped(text, width, options), do: text |> words(options) |> fill_lines({width, width}, [], 0, [])
  defp words(text, options), do: text |> inline(options) |> String.split(" ", trim: true)

  # {the width of the first line, of the others}

  defp fill_lines([], _width, [], _used, lines), do: Enum.reverse(lines)
  defp fill_lines([], _width, line, _used, lines), do: Enum.reverse([joined(line) | lines])

  defp fill_lines([word | rest], {width, others} = widths, line, used, lines) do
    size = visible(word)

    cond do
      line == [] -> fill_lines(rest, widths, [word], size, lines)
      used + 1 + size <= width -> fill_lines(rest, widths, [word | line], used + 1 + size, lines)
      true -> fill_lines(rest, {others, others}, [word], size, [joined(line) | lines])
    end
  end

  defp joined(words), do: words |> Enum.reverse() |> Enum.join(" ")

  # The columns a text takes, without escape sequences.
  defp visible(text), do: text |> String.replace(~r/\e\[[0-9;]*m/, "") |> String.length()

  defp inline(text, options), do: text |> links() |> spans(options)

  defp links(text) do
    text
    |> String.replace(~r/\[([^\]\[]*?)\]\(([^)\s]*)[^)]*\)/, "\\1 (\\2)")
  end

  defp spans(text, options) do
    if options[:enabled],
      do: text |> marks("", options) |> IO.iodata_to_binary(),
      else: String.replace(text, ~r/\\([*_`#\\])/, "\\1")
  end

  # What stands outside of a mark that opens or closes.
  @borders ["", " " | Enum.map(~c/!"#$%&'()+-.<>@[]^{}/, &<<&1>>)]

  # before: what stands to the left, which decides whether a mark opens.
  defp marks("", _before, _options), do: []
  defp marks("\\" <> <<mark::utf8, rest::binary>>, _before, options) when mark in ~c"*_`#\\",
    do: [<<mark::utf8>> | marks(rest, <<mark::utf8>>, options)]
  defp marks("`" <> rest, _before, options) do
    case :binary.split(rest, "`") do
      [code, rest] -> [paint(:doc_inline_code, code, options) | marks(rest, "x", options)]
      [_] -> ["`" | marks(rest, "`", options)]
    end
  end

  for {mark, role} <- [{"**", :doc_bold}, {"__", :doc_bold}, {"*", :doc_underline}, {"_", :doc_underline}] do
    defp marks(unquote(mark) <> rest = text, before, options) do
      if before in @borders, do: span(rest, text, unquote(mark), unquote(role), options), else: plain(text, options)
    end
  end

  defp marks(text, _before, options), do: plain(text, options)

  defp plain(text, options) do
    {char, rest} = String.next_grapheme(text)
    [char | marks(rest, char, options)]
  end

  # The mark closes where a border follows.
  defp span(rest, text, mark, role, options) do
    case closing(rest, mark, 0) do
      size when size in [nil, 0] ->
        plain(text, options)

      size ->
        <<inner::binary-size(size), rest::binary>> = rest
        [paint(role, inner, options) | marks(String.replace_prefix(rest, mark, ""), "x", options)]
    end
  end

  defp closing(text, mark, from) do
    with {at, size} <- :binary.match(text, mark, scope: {from, byte_size(text) - from}) do
      <<_::binary-size(at), _::binary-size(size), after_mark::binary>> = text
      if (String.first(after_mark) || "") in @borders, do: at, else: closing(text, mark, at + 1)
    else
      :nomatch -> nil
    end
  end

  # ---- output

  defp paint(role, text, options) do
    if options[:enabled],
      do: IO.iodata_to_binary([IO.ANSI.format_fragment(options[role], true), text, IO.ANSI.reset()]),
      else: text
  end

  defp write(role, text, options), do: IO.puts(paint(role, text, options))

  defp newline(options), do: IO.puts(if options[:enabled], do: IO.ANSI.reset(), else: "")

  defp pad(columns), do: String.duplicate(" ", columns)
end
