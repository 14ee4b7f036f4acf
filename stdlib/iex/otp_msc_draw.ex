# SPDX-License-Identifier: Apache-2.0
# Sequence diagrams of what IEx.OTP.Msc recorded: in text, as Mermaid, as SVG.
# Invariant: each drawing shows every event of the record, in order, one a row; the columns are the processes in the order they were met,
# but for narrow texts, where a process that is started takes the column of one that has ended.
defmodule IEx.OTP.Msc.Text do
  @moduledoc "A sequence diagram in text: a column for each process, a row for each event."

  alias IEx.OTP.Processes

  @narrow 6
  @wide 24

  @doc "The drawing, which ends with a newline. What is wider than `width` is drawn closer, the names of what is started beside its start."
  @spec draw(IEx.OTP.Msc.record(), pos_integer | :infinity) :: String.t()
  def draw(%{people: people, events: events, cut: cut}, width \\ :infinity) do
    {heads, names, columns, middles} = plan(people, events, width)
    unborn = for %{kind: :spawn, to: to} <- events, into: MapSet.new(), do: columns[to]
    {rows, state} = Enum.map_reduce(events, %{columns: columns, middles: middles, dead: unborn, names: names, width: width}, &row/2)
    foot = if cut > 0, do: ["(#{cut} more events)"], else: []
    Enum.map_join([heads | rows] ++ [lifelines(state)] ++ foot, &((&1 |> cut_off(width) |> String.trim_trailing()) <> "\n"))
  end

  # The first line, the names that it lacks, the column of each process, where the columns stand.
  defp plan(people, events, width) do
    names = Enum.map(people, &elem(&1, 1))
    columns = people |> Enum.map(&elem(&1, 0)) |> Enum.with_index() |> Map.new()
    middles = middles(names, events, columns)
    room = List.last(middles) + div(String.length(List.last(names)), 2) + 1
    if room <= width, do: {heads(names, middles), %{}, columns, middles}, else: close(people, events, width)
  end

  # As close as the width wants it. Who is started has no name above: it stands beside its start.
  defp close(people, events, width) do
    started = for %{kind: :spawn, to: to} <- events, into: MapSet.new(), do: to
    {there, later} = Enum.split_with(people, fn {pid, _} -> pid not in started end)
    columns = there |> Enum.map(&elem(&1, 0)) |> Enum.with_index() |> Map.new()
    columns = share(Enum.map(later, &elem(&1, 0)), events, columns)
    count = 1 + (columns |> Map.values() |> Enum.max())
    gap = (width - 12) |> div(max(count - 1, 1)) |> min(@wide) |> max(@narrow)
    middles = for i <- 0..(count - 1), do: 2 + i * gap
    {there |> Enum.map(&fitting(elem(&1, 1), gap - 1)) |> heads(middles), Map.new(later), columns, middles}
  end

  # Of a module and a pid the pid is what tells one from another.
  defp fitting(name, most) do
    case String.split(name, " ") do
      [_module, pid] when byte_size(name) > most and byte_size(pid) <= most -> pid
      _ -> Processes.shorten(name, most)
    end
  end

  # The first column that nobody needs from the start of the process to its end.
  defp share(pids, events, columns) do
    spans = for {event, i} <- Enum.with_index(events), pid <- [event.from, event.to], is_pid(pid), reduce: %{} do
      spans -> Map.update(spans, pid, {i, i}, fn {first, _} -> {first, i} end)
    end

    taken = for {_, column} <- columns, do: {column, {0, length(events)}}

    {columns, _} =
      Enum.reduce(pids, {columns, taken}, fn pid, {columns, taken} ->
        span = alive(pid, events, spans[pid])
        busy = for {column, other} <- taken, meet?(span, other), into: MapSet.new(), do: column
        column = Enum.find(0..length(taken), &(&1 not in busy))
        {Map.put(columns, pid, column), [{column, span} | taken]}
      end)

    columns
  end

  # A process that has not ended is there to the last row.
  defp alive(pid, events, {first, last}) do
    if Enum.any?(events, &(&1.kind == :exit and &1.from == pid)), do: {first, last}, else: {first, length(events)}
  end

  defp meet?({a, b}, {c, d}), do: a <= d and c <= b

  defp cut_off(line, :infinity), do: line
  defp cut_off(line, width), do: if(String.length(line) > width, do: String.slice(line, 0, width - 1) <> "…", else: line)

  # Where the columns stand: as far apart as their names and the texts between them need.
  defp middles(names, events, columns) do
    halves = Enum.map(names, &(div(String.length(&1), 2) + 1))
    gaps = halves |> Enum.zip(Enum.drop(halves, 1)) |> Enum.map(fn {a, b} -> max(a + b + 1, 10) end)
    gaps = Enum.reduce(events, gaps ++ [0], &widen(&1, &2, columns))
    first = hd(halves)
    gaps |> Enum.drop(-1) |> Enum.scan(first, &(&1 + &2)) |> then(&[first | &1])
  end

  defp widen(%{from: from, to: to, kind: kind} = event, gaps, columns) do
    {left, right} = Enum.min_max([columns[from], columns[to || from]])
    need = String.length(event.text) + 6

    if left == right or kind == :exit do
      gaps
    else
      have = gaps |> Enum.slice(left, right - left) |> Enum.sum()
      List.update_at(gaps, right - 1, &(&1 + max(need - have, 0)))
    end
  end

  defp heads(names, middles) do
    Enum.zip(names, middles)
    |> Enum.reduce("", fn {name, middle}, line -> String.pad_trailing(line, middle - div(String.length(name), 2)) <> name end)
  end

  # `dead`: the columns of processes that have ended or do not exist yet.
  defp lifelines(%{middles: middles, dead: dead}) do
    middles
    |> Enum.with_index()
    |> Enum.reduce("", fn {middle, i}, line -> String.pad_trailing(line, middle) <> if(i in dead, do: " ", else: "│") end)
  end

  defp at(pid, state), do: Enum.at(state.middles, state.columns[pid])

  defp row(%{kind: :exit, from: from, text: text}, state) do
    {put(lifelines(state), at(from, state), "╳ " <> text), %{state | dead: MapSet.put(state.dead, state.columns[from])}}
  end

  defp row(%{kind: :arrival, to: to, text: text}, state), do: {put(lifelines(state), at(to, state) + 1, "◀┄ " <> text), state}
  defp row(%{from: same, to: same, text: text}, state), do: {put(lifelines(state), at(same, state), "├╮ " <> text), state}

  defp row(%{to: to, kind: :spawn} = event, state) do
    line = event |> between("╌", state) |> put(at(to, state), "┬")
    line = if name = state.names[to], do: put(line, at(to, state) + 2, name), else: line
    {line, %{state | dead: MapSet.delete(state.dead, state.columns[to])}}
  end

  defp row(event, state), do: {between(event, if(event.reply, do: "╌", else: "─"), state), state}

  # An arrow with its text; what does not fit into it stands behind it.
  defp between(%{from: from, to: to, text: text}, dash, state) do
    {a, b} = {at(from, state), at(to, state)}
    inside = abs(a - b) - 6
    line = put(lifelines(state), a, if(a < b, do: "├", else: "┤"))

    if String.length(text) <= inside or max(inside, 1) >= room(max(a, b), state) do
      put(line, min(a, b) + 1, arrow(abs(a - b) - 1, " #{Processes.shorten(text, max(inside, 1))} ", dash, a < b))
    else
      line |> put(min(a, b) + 1, arrow(abs(a - b) - 1, "", dash, a < b)) |> put(max(a, b) + 2, Processes.shorten(text, room(max(a, b), state)))
    end
  end

  defp room(_at, %{width: :infinity}), do: 0
  defp room(at, %{width: width}), do: width - at - 2

  # The text stands in the middle of the arrow.
  defp arrow(width, text, dash, right) do
    free = width - String.length(text) - 1
    left = div(free, 2)
    {before, later} = {String.duplicate(dash, left), String.duplicate(dash, free - left)}
    if right, do: "#{before}#{text}#{later}▶", else: "◀#{before}#{text}#{later}"
  end

  # Writes `text` over the line from column `at` on.
  defp put(line, at, text) do
    line = String.pad_trailing(line, at)
    {head, tail} = String.split_at(line, at)
    head <> text <> String.slice(tail, String.length(text)..-1//1)
  end
end

defmodule IEx.OTP.Msc.Mermaid do
  @moduledoc "A sequence diagram in the language of Mermaid."

  @doc "The diagram's source."
  @spec draw(IEx.OTP.Msc.record()) :: String.t()
  def draw(%{people: people, events: events}) do
    ids = for {{pid, _}, i} <- Enum.with_index(people), into: %{}, do: {pid, "p#{i}"}
    participants = for {pid, name} <- people, do: "  participant #{ids[pid]} as #{escape(name)}\n"
    IO.iodata_to_binary(["sequenceDiagram\n", participants, Enum.map(events, &line(&1, ids))])
  end

  defp line(%{kind: :exit} = e, ids), do: "  Note over #{ids[e.from]}: ends: #{escape(e.text)}\n"
  defp line(%{kind: :arrival} = e, ids), do: "  Note right of #{ids[e.to]}: #{escape(e.text)}\n"
  defp line(%{kind: :spawn} = e, ids), do: "  #{ids[e.from]}-->>#{ids[e.to]}: spawn\n"
  defp line(%{reply: true} = e, ids), do: "  #{ids[e.from]}-->>#{ids[e.to]}: #{escape(e.text)}\n"
  defp line(e, ids), do: "  #{ids[e.from]}->>#{ids[e.to]}: #{escape(e.text)}\n"

  # '#' begins an entity there and ';' ends a statement.
  defp escape(text), do: String.replace(text, ["#", ";", "\n"], &("#" <> Integer.to_string(hd(String.to_charlist(&1))) <> ";"))
end

defmodule IEx.OTP.Msc.Svg do
  @moduledoc "A sequence diagram as a picture in SVG, in one file that needs nothing else."

  @row 28
  @top 60
  @char 7.2

  @doc "The picture's source."
  @spec draw(IEx.OTP.Msc.record()) :: String.t()
  def draw(%{people: people, events: events}) do
    columns = people |> Enum.map(&elem(&1, 0)) |> Enum.with_index() |> Map.new()
    gap = gap(people, events)
    x = fn pid -> round(gap / 2 + columns[pid] * gap) end
    {width, height} = {round(gap * length(people)), @top + @row * (length(events) + 1)}

    IO.iodata_to_binary([
      ~s(<svg xmlns="http://www.w3.org/2000/svg" width="#{width}" height="#{height}" viewBox="0 0 #{width} #{height}" ),
      ~s(font-family="monospace" font-size="12">\n),
      ~s(<defs><marker id="a" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">),
      ~s(<path d="M0 0L8 4L0 8z" fill="#333"/></marker></defs>\n<rect width="100%" height="100%" fill="#fff"/>\n),
      for({pid, name} <- people, do: person(name, x.(pid), end_of(pid, events, height))),
      for({event, i} <- Enum.with_index(events), do: event(event, x, @top + @row * (i + 1))),
      "</svg>\n"
    ])
  end

  defp gap(people, events) do
    names = for {_, name} <- people, do: String.length(name) + 4
    texts = for event <- events, do: String.length(event.text) + 4
    max(120, @char * Enum.max(names ++ texts))
  end

  # A lifeline ends with its process.
  defp end_of(pid, events, height) do
    case Enum.find_index(events, &(&1.kind == :exit and &1.from == pid)) do
      nil -> height
      i -> @top + @row * (i + 1)
    end
  end

  defp person(name, x, bottom) do
    width = round(@char * (String.length(name) + 2))

    [
      ~s(<line x1="#{x}" y1="44" x2="#{x}" y2="#{bottom}" stroke="#999"/>\n),
      ~s(<rect x="#{x - div(width, 2)}" y="16" width="#{width}" height="28" rx="4" fill="#eef" stroke="#336"/>),
      ~s(<text x="#{x}" y="34" text-anchor="middle">#{escape(name)}</text>\n)
    ]
  end

  defp event(%{kind: :exit} = e, x, y) do
    at = x.(e.from)
    [~s(<path d="M#{at - 5} #{y - 5}l10 10m0 -10l-10 10" stroke="#b00" stroke-width="2"/>), text(at + 10, y + 4, "start", e.text, "#b00")]
  end

  defp event(%{from: from, to: to} = e, x, y) when from == to do
    at = x.(to)
    [~s(<path d="M#{at + 24} #{y - 8}h-12v8h-12" fill="none" stroke="#333" marker-end="url(#a\)"/>), text(at + 30, y, "start", e.text, "#000")]
  end

  defp event(%{from: from, to: to} = e, x, y) do
    {a, b} = {x.(from), x.(to)}
    dash = if e.reply or e.kind == :spawn, do: ~s( stroke-dasharray="5 3"), else: ""
    line = ~s(<line x1="#{a}" y1="#{y}" x2="#{b}" y2="#{y}" stroke="#333"#{dash} marker-end="url(#a\)"/>)
    [line, text(div(a + b, 2), y - 5, "middle", e.text, "#000")]
  end

  defp text(x, y, anchor, text, colour), do: ~s(<text x="#{x}" y="#{y}" text-anchor="#{anchor}" fill="#{colour}">#{escape(text)}</text>\n)

  defp escape(text) do
    text |> String.replace("&", "&amp;") |> String.replace("<", "&lt;") |> String.replace(">", "&gt;") |> String.replace("\"", "&quot;")
  end
end
