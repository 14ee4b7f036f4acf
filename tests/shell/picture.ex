# SPDX-License-Identifier: Apache-2.0
# A screen as `tmux capture-pane -p -e` prints it, on standard input, becomes an SVG on standard output. argument: the title.
# Invariant: every run of text of one style stands at the column where the terminal had it, whatever the font's widths.
defmodule Picture do
  @cell_width 8.4
  @cell_height 18
  @margin 14
  @bar 26
  @background "#1d1f21"
  @foreground "#d0d3d6"
  @colours {"#5c6370", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#d0d3d6"}
  @bright {"#7f848e", "#ff7b86", "#b5e08f", "#ffd68a", "#82c4ff", "#e29bf5", "#7fd9e6", "#ffffff"}
  @plain %{fg: nil, bg: nil, bold: false, faint: false, underline: false, reverse: false}

  def svg(screen, title, cursor) do
    {rows, _style} = screen |> String.split("\n") |> Enum.map_reduce(@plain, &runs/2)
    columns = rows |> List.flatten() |> Enum.map(fn {column, text, _} -> column + width(text) end) |> Enum.max(fn -> 1 end) |> max(60)
    size = {round(columns * @cell_width + 2 * @margin), length(rows) * @cell_height + @bar + 2 * @margin - 6}
    lines = for {row, y} <- Enum.with_index(rows), run <- row, do: run_svg(run, y)
    [head(size, title), lines, cursor_svg(cursor), "</svg>\n"]
  end

  # ---- one row: {column, text, style} for each run of one style; the style goes on in the next row

  defp runs(line, style) do
    {runs, _column, style} =
      Regex.scan(~r/\e\[[0-9;]*m|[^\e]+|\e/u, line)
      |> Enum.reduce({[], 0, style}, fn
        ["\e[" <> codes], {runs, column, style} -> {runs, column, codes |> numbers() |> styled(style)}
        [text], {runs, column, style} -> {[{column, text, style} | runs], column + width(text), style}
      end)

    {Enum.reverse(runs), style}
  end

  defp numbers(codes), do: codes |> String.trim_trailing("m") |> String.split(";") |> Enum.map(&if(&1 == "", do: 0, else: String.to_integer(&1)))

  defp styled([], style), do: style
  defp styled([0 | rest], _style), do: styled(rest, @plain)
  defp styled([1 | rest], style), do: styled(rest, %{style | bold: true})
  defp styled([2 | rest], style), do: styled(rest, %{style | faint: true})
  defp styled([4 | rest], style), do: styled(rest, %{style | underline: true})
  defp styled([7 | rest], style), do: styled(rest, %{style | reverse: true})
  defp styled([22 | rest], style), do: styled(rest, %{style | bold: false, faint: false})
  defp styled([24 | rest], style), do: styled(rest, %{style | underline: false})
  defp styled([27 | rest], style), do: styled(rest, %{style | reverse: false})
  defp styled([n | rest], style) when n in 30..37, do: styled(rest, %{style | fg: elem(@colours, n - 30)})
  defp styled([n | rest], style) when n in 90..97, do: styled(rest, %{style | fg: elem(@bright, n - 90)})
  defp styled([n | rest], style) when n in 40..47, do: styled(rest, %{style | bg: elem(@colours, n - 40)})
  defp styled([39 | rest], style), do: styled(rest, %{style | fg: nil})
  defp styled([49 | rest], style), do: styled(rest, %{style | bg: nil})
  defp styled([_ | rest], style), do: styled(rest, style)

  # ---- widths in cells

  defp width(text), do: text |> String.graphemes() |> Enum.map(&cells/1) |> Enum.sum()

  defp cells(grapheme) do
    <<code::utf8, rest::binary>> = grapheme
    if wide?(code) or String.contains?(rest, "\uFE0F"), do: 2, else: 1
  end

  defp wide?(code), do: code in 0x1100..0x115F or code in 0x2E80..0xA4CF or code in 0xAC00..0xD7A3 or code in 0xF900..0xFAFF or code in 0xFF00..0xFF60 or code > 0x1F000

  # ---- SVG

  defp head({width, height}, title) do
    """
    <svg xmlns="http://www.w3.org/2000/svg" width="#{width}" height="#{height}" viewBox="0 0 #{width} #{height}" role="img">
    <title>#{escaped(title)}</title>
    <rect width="#{width}" height="#{height}" rx="8" fill="#{@background}"/>
    <circle cx="18" cy="15" r="5" fill="#e06c75"/><circle cx="36" cy="15" r="5" fill="#e5c07b"/><circle cx="54" cy="15" r="5" fill="#98c379"/>
    <style>text { font: 14px "DejaVu Sans Mono", Menlo, Consolas, monospace; white-space: pre; fill: #{@foreground} }</style>
    """
  end

  defp run_svg({column, text, style}, row) do
    {fg, bg} = if style.reverse, do: {style.bg || @background, style.fg || @foreground}, else: {style.fg, style.bg}
    length = width(text) * @cell_width
    box = if bg, do: ~s(<rect x="#{x(column)}" y="#{y(row) - 14}" width="#{round1(length)}" height="#{@cell_height}" fill="#{bg}"/>\n), else: ""
    attributes = [fg && ~s( style="fill:#{fg}"), style.bold && ~s( font-weight="bold"), style.faint && ~s( opacity="0.6"), style.underline && ~s( text-decoration="underline")]

    if String.trim(text) == "" and not style.underline,
      do: box,
      else: [box, ~s(<text x="#{x(column)}" y="#{y(row)}" textLength="#{round1(length)}" xml:space="preserve"#{Enum.filter(attributes, & &1)}>#{escaped(text)}</text>\n)]
  end

  defp cursor_svg(nil), do: ""
  defp cursor_svg({column, row}), do: ~s(<rect x="#{x(column)}" y="#{y(row) - 14}" width="#{@cell_width}" height="#{@cell_height}" fill="#{@foreground}" opacity="0.7"/>\n)

  defp x(column), do: round1(@margin + column * @cell_width)
  defp y(row), do: @bar + @margin + row * @cell_height
  defp round1(number), do: Float.round(number * 1.0, 1)

  defp escaped(text), do: text |> String.replace("&", "&amp;") |> String.replace("<", "&lt;") |> String.replace(">", "&gt;")
end

[title, column, row] = System.argv()
cursor = if column != "", do: {String.to_integer(column), String.to_integer(row)}
IO.write(IO.read(:stdio, :eof) |> String.trim_trailing() |> Picture.svg(title, cursor))
