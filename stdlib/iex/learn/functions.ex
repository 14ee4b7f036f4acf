# SPDX-License-Identifier: Apache-2.0
# Lessons about functions and modules.
defmodule IEx.Learn.Functions do
  @moduledoc false
  alias IEx.Learn.Lesson

  @doc false
  def lessons do
    [
      %Lesson{
        id: :fn,
        title: "Functions are values",
        text: """
        `fn x -> x + 1 end` is a function. It can be bound to a name, passed on and returned.
        A function in a variable is called with a dot: `f.(1)`.
        """,
        task: "Bind double to a function that doubles its argument.",
        check: fn %{binding: binding} -> binding[:double].(21) == 42 and binding[:double].(1.5) == 3.0 end,
        hints: ["double = fn x -> ... end"],
        answer: "double = fn x -> x * 2 end"
      },
      %Lesson{
        id: :enum,
        title: "Enum",
        text: """
        Elixir has no loops; one applies functions to collections. `Enum.map(list, f)` gives
        the list of results, `Enum.filter(list, f)` what f is true for, `Enum.reduce` makes
        one value of many; `h Enum.reduce` tells how. For short functions there is `&`:
        `&(&1 + 1)` is the same as `fn x -> x + 1 end`.
        """,
        task: "Multiply every element of [1, 2, 3] by 10, with Enum.map and &.",
        check: fn %{value: value, code: code} -> if code =~ "&", do: value == [10, 20, 30], else: "write the function with &" end,
        hints: ["The function is &(&1 * 10)."],
        answer: "Enum.map([1, 2, 3], &(&1 * 10))"
      },
      %Lesson{
        id: :pipe,
        title: "The pipe",
        text: """
        `x |> f(y)` is `f(x, y)`: the value on the left becomes the first argument on the
        right. So steps stand in the order in which they happen:

            [3, 1, 2] |> Enum.sort() |> Enum.take(2)

        `1..100` is a range; `rem(n, 2) == 0` tells whether n is even.
        """,
        task: "With pipes: the sum of the even numbers from 1 to 100.",
        check: fn %{value: value, code: code} -> if code =~ "|>", do: value == 2550, else: "use |>" end,
        hints: ["Filter the range, then Enum.sum().", "1..100 |> Enum.filter(...) |> ..."],
        answer: "1..100 |> Enum.filter(&(rem(&1, 2) == 0)) |> Enum.sum()"
      },
      %Lesson{
        id: :for,
        title: "Comprehensions",
        text: """
        `for x <- list, do: ...` makes a list of results. There may be several sources, and
        conditions among them:

            for x <- 1..3, y <- [:a, :b], do: {x, y}
        """,
        task: "All pairs {x, y} with x and y from 1..3 and x smaller than y.",
        check: fn %{value: value, code: code} -> if code =~ "for", do: value == [{1, 2}, {1, 3}, {2, 3}], else: "use for" end,
        hints: ["Two sources and one condition, all between for and do:."],
        answer: "for x <- 1..3, y <- 1..3, x < y, do: {x, y}"
      },
      %Lesson{
        id: :module,
        title: "Modules",
        text: """
        Named functions live in modules. A function may have several clauses: the first whose
        patterns match the arguments is taken.

            defmodule Greeter do
              def hello(:world), do: "Hello, world!"
              def hello(name), do: "Hello, " <> name
            end
        """,
        task: "Define a module Shape with area({:square, a}) and area({:rectangle, a, b}).",
        check: fn _ -> call(Shape, :area, [{:square, 4}]) == 16 and call(Shape, :area, [{:rectangle, 2, 3}]) == 6 end,
        hints: ["Two clauses of def area, each with a tuple as its argument.", "def area({:square, a}), do: a * a"],
        answer: """
        defmodule Shape do
          def area({:square, a}), do: a * a
          def area({:rectangle, a, b}), do: a * b
        end
        """
      },
      %Lesson{
        id: :guards,
        title: "Guards",
        text: """
        A guard narrows a clause further: `def f(x) when x > 0`. In guards stand comparisons
        and simple tests such as `is_integer(x)`.
        """,
        task: "Define a module Sign with of(n), which is :negative, :zero or :positive.",
        check: fn %{code: code} ->
          values = for n <- [-3, 0, 0.5], do: call(Sign, :of, [n])
          if code =~ "when", do: values == [:negative, :zero, :positive], else: "use guards"
        end,
        hints: ["Three clauses; two have a guard.", "def of(n) when n < 0, do: :negative"],
        answer: """
        defmodule Sign do
          def of(n) when n < 0, do: :negative
          def of(n) when n > 0, do: :positive
          def of(_), do: :zero
        end
        """
      },
      %Lesson{
        id: :recursion,
        title: "Recursion",
        text: """
        What other languages do with loops is recursion here: one clause for the end, one that
        deals with the first element and calls itself for the others. A call that is the last
        thing a function does costs no memory, however often it happens.
        """,
        task: "Define a module Total with sum(list), without the help of Enum.",
        check: fn %{code: code} ->
          right = call(Total, :sum, [[]]) == 0 and call(Total, :sum, [[1, 2, 3]]) == 6
          if code =~ "Enum", do: "without Enum", else: right
        end,
        hints: ["The end: def sum([]), do: 0", "Otherwise: def sum([first | rest])"],
        answer: """
        defmodule Total do
          def sum([]), do: 0
          def sum([first | rest]), do: first + sum(rest)
        end
        """
      },
      %Lesson{
        id: :struct,
        title: "Structs",
        text: """
        `defstruct` in a module makes a map with a name and fixed keys: `%Point{x: 1}`. A key
        that does not exist is found when the code is compiled.
        """,
        task: "Define a module Point with a struct whose x and y are 0 by default.",
        check: fn _ -> struct(Point) == struct(Point, x: 0, y: 0) and Map.keys(struct(Point)) == [:__struct__, :x, :y] end,
        hints: ["defstruct takes a keyword list of defaults."],
        answer: """
        defmodule Point do
          defstruct x: 0, y: 0
        end
        """
      },
      %Lesson{
        id: :with,
        title: "with",
        text: """
        `with` chains matches: as long as each pattern matches it goes on, and what does not
        match is the value of the whole, or goes to `else`.

            with {:ok, a} <- first(), {:ok, b} <- second(a), do: a + b
        """,
        setup: "prices = %{tea: 3, cake: 4}",
        task: "With with and Map.fetch/2: the sum of the prices of :tea and :cake.",
        check: fn %{value: value, code: code} -> if code =~ "with", do: value == 7, else: "use with" end,
        hints: ["Map.fetch(prices, :tea) is {:ok, 3}.", "with {:ok, tea} <- Map.fetch(prices, :tea), ..."],
        answer: "with {:ok, tea} <- Map.fetch(prices, :tea), {:ok, cake} <- Map.fetch(prices, :cake), do: tea + cake"
      },
      %Lesson{
        id: :rescue,
        title: "Exceptions",
        text: """
        What should not happen raises an exception, and `rescue` catches it:

            try do
              1 / 0
            rescue
              e in ArithmeticError -> e.message
            end

        Use it seldom: expected failures are values such as `:error`, unexpected ones are
        better left to a supervisor, as you will see.
        """,
        task: ~s[String.to_integer("ten") raises an ArgumentError. Rescue it, with :not_a_number as the value.],
        check: fn %{value: value, code: code} -> if code =~ "rescue", do: value == :not_a_number, else: "use rescue" end,
        hints: ["rescue ArgumentError -> :not_a_number"],
        answer: """
        try do
          String.to_integer("ten")
        rescue
          ArgumentError -> :not_a_number
        end
        """
      },
      %Lesson{
        id: :streams,
        title: "Streams",
        text: """
        A stream is a collection that is computed when somebody asks for its elements, so it
        may be endless. `Stream.iterate(1, f)` is 1, f.(1), f.(f.(1)) and so on.
        """,
        task: "The first eight powers of two, from 1 on, taken from a stream.",
        check: fn %{value: value, code: code} ->
          if code =~ "Stream", do: value == [1, 2, 4, 8, 16, 32, 64, 128], else: "use Stream"
        end,
        hints: ["Stream.iterate(1, &(&1 * 2))", "Enum.take(8) takes the first eight."],
        answer: "Stream.iterate(1, &(&1 * 2)) |> Enum.take(8)"
      }
    ]
  end

  # The lessons' modules exist only when they have been typed.
  defp call(module, function, args), do: apply(module, function, args)
end
