# SPDX-License-Identifier: Apache-2.0
# Date.Range: the days from one date to another. Invariant: both ends have one calendar; the day numbers beside them are theirs.
defmodule Date.Range do
  @moduledoc "A range of dates: see `Date.range/2`."

  @enforce_keys [:first, :last, :first_in_iso_days, :last_in_iso_days, :step]
  defstruct [:first, :last, :first_in_iso_days, :last_in_iso_days, :step]

  @type t :: %__MODULE__{
          first: Date.t(),
          last: Date.t(),
          first_in_iso_days: integer,
          last_in_iso_days: integer,
          step: pos_integer | neg_integer
        }

  @doc false
  def size(%{first_in_iso_days: first, last_in_iso_days: last, step: step}) when step > 0 and first <= last,
    do: div(last - first, step) + 1

  def size(%{first_in_iso_days: first, last_in_iso_days: last, step: step}) when step < 0 and first >= last,
    do: div(last - first, step) + 1

  def size(_), do: 0

  @doc false
  def date(days, Calendar.ISO) do
    {year, month, day} = Calendar.ISO.date_from_iso_days(days)
    %{__struct__: Date, year: year, month: month, day: day, calendar: Calendar.ISO}
  end

  def date(days, calendar) do
    {year, month, day, _, _, _, _} = calendar.naive_datetime_from_iso_days({days, {0, 86_400_000_000}})
    %{__struct__: Date, year: year, month: month, day: day, calendar: calendar}
  end

  defimpl Enumerable do
    def count(range), do: {:ok, Date.Range.size(range)}

    def member?(%{first: %{calendar: calendar}, first_in_iso_days: first, last_in_iso_days: last, step: step} = range, %{__struct__: Date, 
          calendar: calendar
        } = date) do
      days = Date.to_gregorian_days(date)

      cond do
        Date.Range.size(range) == 0 -> {:ok, false}
        first <= last -> {:ok, first <= days and days <= last and rem(days - first, step) == 0}
        true -> {:ok, last <= days and days <= first and rem(days - first, step) == 0}
      end
    end

    def member?(_, _), do: {:ok, false}

    def slice(%{first: %{calendar: calendar}, first_in_iso_days: first, step: step} = range) do
      {:ok, Date.Range.size(range),
       fn start, count, by -> dates(first + start * step, step + by - 1, count, calendar) end}
    end

    defp dates(_days, _step, 0, _calendar), do: []

    defp dates(days, step, count, calendar),
      do: [Date.Range.date(days, calendar) | dates(days + step, step, count - 1, calendar)]

    def reduce(%{first: %{calendar: calendar}, first_in_iso_days: first, last_in_iso_days: last, step: step}, acc, fun),
      do: reduce(first, last, acc, fun, step, calendar)

    defp reduce(_days, _last, {:halt, acc}, _fun, _step, _calendar), do: {:halted, acc}

    defp reduce(days, last, {:suspend, acc}, fun, step, calendar),
      do: {:suspended, acc, &reduce(days, last, &1, fun, step, calendar)}

    defp reduce(days, last, {:cont, acc}, fun, step, calendar)
         when (step > 0 and days <= last) or (step < 0 and days >= last),
         do: reduce(days + step, last, fun.(Date.Range.date(days, calendar), acc), fun, step, calendar)

    defp reduce(_, _, {:cont, acc}, _fun, _step, _calendar), do: {:done, acc}
  end

  defimpl Inspect do
    import Kernel, except: [inspect: 2]

    def inspect(%Date.Range{first: first, last: last, step: 1}, _),
      do: "Date.range(" <> inspect(first) <> ", " <> inspect(last) <> ")"

    def inspect(%Date.Range{first: first, last: last, step: step}, _),
      do: "Date.range(" <> inspect(first) <> ", " <> inspect(last) <> ", #{step})"
  end
end
