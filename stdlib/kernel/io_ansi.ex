# SPDX-License-Identifier: Apache-2.0
#
# IO.ANSI: the escape sequences of terminals. Invariant: one table gives every sequence its
# function and its name in format/2.

defmodule IO.ANSI do
  @moduledoc "Functionality to render ANSI escape sequences."

  @type ansicode :: atom
  @type ansidata :: ansilist | ansicode | binary
  @type ansilist :: maybe_improper_list

  colors = [:black, :red, :green, :yellow, :blue, :magenta, :cyan, :white]

  named =
    for {color, i} <- Enum.with_index(colors), reduce: [] do
      acc ->
        [
          {color, 30 + i},
          {:"light_#{color}", 90 + i},
          {:"#{color}_background", 40 + i},
          {:"light_#{color}_background", 100 + i} | acc
        ]
    end

  fonts = for n <- 1..9, do: {:"font_#{n}", 10 + n}

  styles = [
    reset: 0,
    bright: 1,
    faint: 2,
    italic: 3,
    underline: 4,
    blink_slow: 5,
    blink_rapid: 6,
    inverse: 7,
    reverse: 7,
    conceal: 8,
    crossed_out: 9,
    primary_font: 10,
    normal: 22,
    not_italic: 23,
    no_underline: 24,
    blink_off: 25,
    inverse_off: 27,
    reverse_off: 27,
    default_color: 39,
    default_background: 49,
    framed: 51,
    encircled: 52,
    overlined: 53,
    not_framed_encircled: 54,
    not_overlined: 55
  ]

  @sequences Enum.map(styles ++ fonts ++ named, fn {name, code} -> {name, "#{code}m"} end) ++
               [home: "H", clear: "2J", clear_line: "2K"]

  for {name, code} <- @sequences do
    @doc "The sequence `#{name}`."
    @spec unquote(name)() :: String.t()
    def unquote(name)(), do: unquote("\e[" <> code)

    defp escape_sequence(unquote(name)), do: unquote("\e[" <> code)
  end

  defp escape_sequence(other),
    do: raise(ArgumentError, "invalid ANSI sequence specification: #{inspect(other)}")

  @doc "Tells whether escape sequences are wanted on stdout."
  @spec enabled?() :: boolean
  def enabled? do
    case Application.get_env(:elixir, :ansi_enabled) do
      nil -> :phial_io.tty?(:stdio)
      value -> value
    end
  end

  @doc "The colors of terms in a shell."
  @spec syntax_colors() :: keyword
  def syntax_colors do
    Application.get_env(:elixir, :ansi_syntax_colors) ||
      [
        atom: :cyan,
        binary: :default_color,
        boolean: :magenta,
        charlist: :yellow,
        list: :default_color,
        map: :default_color,
        nil: :magenta,
        number: :yellow,
        string: :green,
        tuple: :default_color
      ]
  end

  @doc "The foreground color with this number of 256."
  @spec color(0..255) :: String.t()
  def color(code) when code in 0..255, do: "\e[38;5;#{code}m"

  @doc "The foreground color nearest to red, green and blue from 0 to 5."
  @spec color(0..5, 0..5, 0..5) :: String.t()
  def color(r, g, b) when r in 0..5 and g in 0..5 and b in 0..5,
    do: color(16 + 36 * r + 6 * g + b)

  @doc "The background color with this number of 256."
  @spec color_background(0..255) :: String.t()
  def color_background(code) when code in 0..255, do: "\e[48;5;#{code}m"

  @doc "The background color nearest to red, green and blue from 0 to 5."
  @spec color_background(0..5, 0..5, 0..5) :: String.t()
  def color_background(r, g, b) when r in 0..5 and g in 0..5 and b in 0..5,
    do: color_background(16 + 36 * r + 6 * g + b)

  @doc "Moves the cursor to a line and column, from zero."
  @spec cursor(non_neg_integer, non_neg_integer) :: String.t()
  def cursor(line, column)
      when is_integer(line) and line >= 0 and is_integer(column) and column >= 0,
      do: "\e[#{line};#{column}H"

  for {name, code} <- [up: "A", down: "B", right: "C", left: "D"] do
    @doc "Moves the cursor #{name}."
    @spec unquote(:"cursor_#{name}")(pos_integer) :: String.t()
    def unquote(:"cursor_#{name}")(n \\ 1) when is_integer(n) and n >= 1,
      do: "\e[#{n}#{unquote(code)}"
  end

  @doc "Replaces atoms by their sequences and resets at the end."
  @spec format(ansidata, boolean) :: IO.chardata()
  def format(ansidata, emit? \\ enabled?()) when is_boolean(emit?),
    do: do_format(ansidata, [], [], emit?, :maybe)

  @doc "Replaces atoms by their sequences and does not reset at the end."
  @spec format_fragment(ansidata, boolean) :: IO.chardata()
  def format_fragment(ansidata, emit? \\ enabled?()) when is_boolean(emit?),
    do: do_format(ansidata, [], [], emit?, false)

  defp do_format([term | rest], rem, acc, emit?, append_reset),
    do: do_format(term, [rest | rem], acc, emit?, append_reset)

  defp do_format(term, rem, acc, true, append_reset) when is_atom(term) do
    sequence = escape_sequence(term)
    do_format([], rem, [acc | sequence], true, !!append_reset)
  end

  defp do_format(term, rem, acc, false, append_reset) when is_atom(term),
    do: do_format([], rem, acc, false, append_reset)

  defp do_format(term, rem, acc, emit?, append_reset) when not is_list(term),
    do: do_format([], rem, [acc, term], emit?, append_reset)

  defp do_format([], [next | rest], acc, emit?, append_reset),
    do: do_format(next, rest, acc, emit?, append_reset)

  defp do_format([], [], acc, true, true), do: [acc | IO.ANSI.reset()]
  defp do_format([], [], acc, _emit?, _append_reset), do: acc
end

defmodule IO.ANSI.Sequence do
  @moduledoc false

  defmacro defsequence(name, code, terminator \\ "m") do
    quote bind_quoted: [name: name, code: code, terminator: terminator] do
      def unquote(name)(), do: "\e[#{unquote(code)}#{unquote(terminator)}"

      defp escape_sequence(unquote(name)), do: unquote(name)()
    end
  end
end
