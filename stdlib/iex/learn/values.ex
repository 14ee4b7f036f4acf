# SPDX-License-Identifier: Apache-2.0
# Lessons about values: numbers, matching, strings, lists, maps, and choosing between them.
defmodule IEx.Learn.Values do
  @moduledoc false
  alias IEx.Learn.Lesson

  @doc false
  def lessons do
    [
      %Lesson{
        id: :numbers,
        title: "Values",
        text: """
        Everything you type is an expression: it is evaluated, and its value is shown.
        Numbers are written as you expect. Integers are as large as they need to be, and
        `/` always gives a float, while `div(7, 2)` and `rem(7, 2)` stay with integers.
        """,
        task: "Let Elixir compute how many seconds a day has: 24 hours of 60 minutes of 60 seconds.",
        check: fn %{value: value, code: code} -> if value == 86_400 and not (code =~ "*"), do: "let Elixir do the computing",
        else: value == 86_400 end, hints: ["Multiplication is `*`.", "24 * 60 minutes are in a day."],
        answer: "24 * 60 * 60"
      },
      %Lesson{
        id: :match,
        title: "Matching",
        text: """
        `=` does not assign, it matches: the pattern on the left is laid over the value on
        the right, and names in the pattern are bound to what they cover. `{:ok, 42}` is a
        tuple of two; `:ok` is an atom, a constant that is its own name. Many functions
        return `{:ok, value}` when all went well.
        """,
        task: "Match {:ok, 42} against a pattern that binds the name n to 42.",
        check: fn %{binding: binding, code: code} -> if code =~ "{", do: binding[:n] == 42, else: "use a tuple as the pattern" end,
        hints: ["The pattern looks like the value, with a name where you want a part.", "The left side is {:ok, n}."],
        answer: "{:ok, n} = {:ok, 42}"
      },
      %Lesson{
        id: :mismatch,
        title: "When nothing matches",
        text: """
        If pattern and value differ, the match fails with a MatchError. That is useful:
        a program that says `{:ok, file} = File.open(name)` stops at the place where
        its assumption was wrong. And nothing you do here can break the lessons.
        """,
        task: "The match {:ok, n} = {:error, :enoent} fails. Now make it succeed: bind reason to :enoent.",
        check: fn %{binding: binding, code: code} -> if code =~ "{", do: binding[:reason] == :enoent, else: "use a tuple as the pattern" end,
        hints: ["Write another atom, and another name, on the left.", "The left side is {:error, reason}."],
        answer: "{:error, reason} = {:error, :enoent}"
      },
      %Lesson{
        id: :pin,
        title: "The pin",
        text: """
        A name in a pattern is bound anew. When you mean the value that it has already,
        pin it: `^x` matches only what x is now.
        """,
        setup: "x = 1",
        task: "Match {1, 2} against a pattern that demands x in first place and binds y to the second.",
        check: fn %{binding: binding, code: code} -> if code =~ "^x", do: binding[:y] == 2, else: "the pattern should contain ^x" end,
        hints: ["The pattern is a tuple of ^x and a name."],
        answer: "{^x, y} = {1, 2}"
      },
      %Lesson{
        id: :strings,
        title: "Strings",
        text: """
        Strings stand in double quotes and are UTF-8. An expression between #\{ and } inside
        a string is evaluated and put in its place; `<>` joins two strings.
        """,
        setup: ~s(name = "Ada"),
        task: ~S(Make the string "Hello, Ada!" from the name, with #{ }.),
        check: fn %{value: value, code: code} -> if code =~ "name", do: value == "Hello, Ada!", else: "use the name" end,
        hints: [~S(Inside the quotes: #{name})],
        answer: ~S("Hello, #{name}!")
      },
      %Lesson{
        id: :lists,
        title: "Lists",
        text: """
        A list is either empty, `[]`, or a first element in front of another list. The
        pattern `[a | b]` takes it apart so: a is the first element, the head, and b is the
        list of all others, the tail.
        """,
        task: "Take [1, 2, 3] apart: bind first to 1 and rest to [2, 3].",
        check: fn %{binding: binding} -> binding[:first] == 1 and binding[:rest] == [2, 3] end,
        hints: ["The pattern has a | in it."],
        answer: "[first | rest] = [1, 2, 3]"
      },
      %Lesson{
        id: :maps,
        title: "Maps",
        text: """
        A map holds values under keys: `%{"a" => 1}`. When keys are atoms one writes
        `%{name: "Ada"}` and reads `map.name`. Values never change: `%{map | age: 2}` is a
        new map that shares what is the same, with another value under a key it has.
        """,
        setup: ~s(user = %{name: "Ada", age: 36}),
        task: "Make a map like user, but with the age 37.",
        check: fn %{value: value} -> value == %{name: "Ada", age: 37} end,
        hints: ["Begin with %{user |", "Or look at Map.put/3."],
        answer: "%{user | age: 37}"
      },
      %Lesson{
        id: :map_patterns,
        title: "Patterns of maps",
        text: """
        A map in a pattern matches every map that has at least these keys. So a pattern picks
        what you want from a large value, however deep it lies.
        """,
        setup: ~s(order = %{id: 7, user: %{name: "Ada", city: "London"}, items: [:tea]}),
        task: "Bind city to the user's city with one match.",
        check: fn %{binding: binding, code: code} -> if code =~ "%{", do: binding[:city] == "London", else: "use a pattern" end,
        hints: ["Patterns nest as values do.", "The left side is %{user: %{city: city}}."],
        answer: "%{user: %{city: city}} = order"
      },
      %Lesson{
        id: :keywords,
        title: "Keyword lists",
        text: """
        `[port: 80, host: "x"]` is short for a list of pairs, `[{:port, 80}, {:host, "x"}]`.
        Options are given in this form. `opts[:port]` reads one, and is nil if there is none;
        as the last argument of a call the brackets may be left out.
        """,
        setup: "opts = [port: 4000, ssl: false]",
        task: "Read the port from opts.",
        check: fn %{value: value, code: code} -> value == 4000 and code =~ "opts" end,
        hints: ["Square brackets, and the key as an atom.", "Keyword.get/2 does it too."],
        answer: "opts[:port]"
      },
      %Lesson{
        id: :case,
        title: "case",
        text: """
        `case` tries patterns from top to bottom and runs what stands behind the first that
        matches; `_` matches everything.

            case value do
              {:ok, n} -> n
              _ -> 0
            end

        You may type it on several lines: an unfinished statement goes on with `...>`.
        """,
        setup: "result = {:error, :timeout}",
        task: "With case, turn result into :fine if it is {:ok, anything}, and into the reason if it is {:error, reason}.",
        check: fn %{value: value, code: code} -> if code =~ "case", do: value == :timeout, else: "use case" end,
        hints: ["Two clauses: {:ok, _} -> and {:error, reason} ->"],
        answer: """
        case result do
          {:ok, _} -> :fine
          {:error, reason} -> reason
        end
        """
      },
      %Lesson{
        id: :if,
        title: "if",
        text: """
        `if` chooses by truth: everything is true but false and nil. It is an expression like
        all others, so its value can be bound. `==` compares, `and`, `or`, `not` combine.
        """,
        setup: "temperature = 31",
        task: "Bind advice to :shade if the temperature is above 30, otherwise to :sun.",
        check: fn %{binding: binding, code: code} -> if code =~ "if", do: binding[:advice] == :shade, else: "use if" end,
        hints: ["advice = if temperature > 30 do ... else ... end", "On one line: if condition, do: a, else: b"],
        answer: "advice = if temperature > 30, do: :shade, else: :sun"
      }
    ]
  end
end
