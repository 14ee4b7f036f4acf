# SPDX-License-Identifier: Apache-2.0
# Date: a year, a month and a day of a calendar. Invariant: functions accept any map with calendar, year, month and day.
defmodule Date do
  @moduledoc "Dates."

  @enforce_keys [:year, :month, :day]
  defstruct [:year, :month, :day, calendar: Calendar.ISO]

  @type t :: %__MODULE__{
          year: Calendar.year(),
          month: Calendar.month(),
          day: Calendar.day(),
          calendar: Calendar.calendar()
        }

  # -- making -----------------------------------------------------------------------------

  @doc """
  The dates from one to another, every day or every `step` days.

      iex> Enum.count(Date.range(~D[2001-01-01], ~D[2002-01-01]))
      366
  """
  @spec range(Calendar.date(), Calendar.date()) :: Date.Range.t()
  def range(%{calendar: calendar} = first, %{calendar: calendar} = last) do
    {first_days, _} = to_iso_days(first)
    {last_days, _} = to_iso_days(last)
    range(first, first_days, last, last_days, calendar, if(first_days <= last_days, do: 1, else: -1))
  end

  def range(%{calendar: _, year: _, month: _, day: _}, %{calendar: _, year: _, month: _, day: _}),
    do: raise(ArgumentError, "both dates must have matching calendars")

  @spec range(Calendar.date(), Calendar.date(), neg_integer | pos_integer) :: Date.Range.t()
  def range(%{calendar: calendar} = first, %{calendar: calendar} = last, step) when is_integer(step) and step != 0 do
    {first_days, _} = to_iso_days(first)
    {last_days, _} = to_iso_days(last)
    range(first, first_days, last, last_days, calendar, step)
  end

  def range(%{calendar: _, year: _, month: _, day: _} = first, %{calendar: _, year: _, month: _, day: _} = last, step) do
    raise ArgumentError,
          "both dates must have matching calendar and the step must be a non-zero integer, " <>
            "got: #{inspect(first)}, #{inspect(last)}, #{step}"
  end

  defp range(first, first_days, last, last_days, calendar, step) do
    %Date.Range{
      first: %Date{calendar: calendar, year: first.year, month: first.month, day: first.day},
      last: %Date{calendar: calendar, year: last.year, month: last.month, day: last.day},
      first_in_iso_days: first_days,
      last_in_iso_days: last_days,
      step: step
    }
  end

  @doc "Today in UTC."
  @spec utc_today(Calendar.calendar()) :: t
  def utc_today(calendar \\ Calendar.ISO)

  def utc_today(Calendar.ISO) do
    {:ok, {year, month, day}, _, _} = Calendar.ISO.from_unix(System.os_time(), :native)
    %Date{year: year, month: month, day: day}
  end

  def utc_today(calendar), do: calendar |> DateTime.utc_now() |> DateTime.to_date()

  @doc """
  A date of its parts: `{:ok, date}` or `{:error, :invalid_date}`.

      iex> Date.new(2000, 13, 1)
      {:error, :invalid_date}
  """
  @spec new(Calendar.year(), Calendar.month(), Calendar.day(), Calendar.calendar()) :: {:ok, t} | {:error, atom}
  def new(year, month, day, calendar \\ Calendar.ISO) do
    if calendar.valid_date?(year, month, day),
      do: {:ok, %Date{year: year, month: month, day: day, calendar: calendar}},
      else: {:error, :invalid_date}
  end

  @doc "As `new/4`; raises on parts that are no date."
  @spec new!(Calendar.year(), Calendar.month(), Calendar.day(), Calendar.calendar()) :: t
  def new!(year, month, day, calendar \\ Calendar.ISO) do
    case new(year, month, day, calendar) do
      {:ok, date} -> date
      {:error, reason} -> raise ArgumentError, "cannot build date, reason: #{inspect(reason)}"
    end
  end

  @doc "The date of an Erlang tuple `{year, month, day}`."
  @spec from_erl(:calendar.date(), Calendar.calendar()) :: {:ok, t} | {:error, atom}
  def from_erl(tuple, calendar \\ Calendar.ISO)

  def from_erl({year, month, day}, calendar),
    do: with({:ok, date} <- new(year, month, day, Calendar.ISO), do: convert(date, calendar))

  @doc "As `from_erl/2`; raises."
  @spec from_erl!(:calendar.date(), Calendar.calendar()) :: t
  def from_erl!(tuple, calendar \\ Calendar.ISO) do
    case from_erl(tuple, calendar) do
      {:ok, date} -> date
      {:error, reason} -> raise ArgumentError, "cannot convert #{inspect(tuple)} to date, reason: #{inspect(reason)}"
    end
  end

  @doc "The date a number of days after 0000-01-01."
  @spec from_gregorian_days(integer, Calendar.calendar()) :: t
  def from_gregorian_days(days, calendar \\ Calendar.ISO) when is_integer(days),
    do: from_iso_days({days, {0, 86_400_000_000}}, calendar)

  @doc """
  Parses a date in the format of ISO 8601.

      iex> Date.from_iso8601("2015-01-23")
      {:ok, ~D[2015-01-23]}
  """
  @spec from_iso8601(String.t(), Calendar.calendar()) :: {:ok, t} | {:error, atom}
  def from_iso8601(string, calendar \\ Calendar.ISO) do
    with {:ok, {year, month, day}} <- Calendar.ISO.parse_date(string),
         do: convert(%Date{year: year, month: month, day: day}, calendar)
  end

  @doc "As `from_iso8601/2`; raises."
  @spec from_iso8601!(String.t(), Calendar.calendar()) :: t
  def from_iso8601!(string, calendar \\ Calendar.ISO) do
    case from_iso8601(string, calendar) do
      {:ok, date} -> date
      {:error, reason} -> raise ArgumentError, "cannot parse #{inspect(string)} as date, reason: #{inspect(reason)}"
    end
  end

  # -- to other forms ---------------------------------------------------------------------

  @doc "A date as text."
  @spec to_string(Calendar.date()) :: String.t()
  def to_string(date)
  def to_string(%{calendar: calendar, year: year, month: month, day: day}), do: calendar.date_to_string(year, month, day)

  @doc """
  A date in the format of ISO 8601, `:extended` or `:basic`.

      iex> Date.to_iso8601(~D[2000-02-28], :basic)
      "20000228"
  """
  @spec to_iso8601(Calendar.date(), :extended | :basic) :: String.t()
  def to_iso8601(date, format \\ :extended)

  def to_iso8601(%{calendar: Calendar.ISO} = date, format) when format in [:basic, :extended] do
    %{year: year, month: month, day: day} = date
    Calendar.ISO.date_to_string(year, month, day, format)
  end

  def to_iso8601(%{calendar: _} = date, format) when format in [:basic, :extended],
    do: date |> convert!(Calendar.ISO) |> to_iso8601(format)

  @doc "A date as an Erlang tuple."
  @spec to_erl(Calendar.date()) :: :calendar.date()
  def to_erl(date) do
    %{year: year, month: month, day: day} = convert!(date, Calendar.ISO)
    {year, month, day}
  end

  @doc "The number of days since 0000-01-01."
  @spec to_gregorian_days(Calendar.date()) :: integer
  def to_gregorian_days(date) do
    {days, _} = to_iso_days(date)
    days
  end

  @doc "A date in another calendar."
  @spec convert(Calendar.date(), Calendar.calendar()) :: {:ok, t} | {:error, :incompatible_calendars}
  def convert(%{calendar: calendar, year: year, month: month, day: day}, calendar),
    do: {:ok, %Date{calendar: calendar, year: year, month: month, day: day}}

  def convert(%{calendar: calendar} = date, target) do
    if Calendar.compatible_calendars?(calendar, target),
      do: {:ok, from_iso_days(to_iso_days(date), target)},
      else: {:error, :incompatible_calendars}
  end

  @doc "As `convert/2`; raises."
  @spec convert!(Calendar.date(), Calendar.calendar()) :: t
  def convert!(date, calendar) do
    case convert(date, calendar) do
      {:ok, date} ->
        date

      {:error, reason} ->
        raise ArgumentError, "cannot convert #{inspect(date)} to target calendar #{inspect(calendar)}, reason: #{inspect(reason)}"
    end
  end

  @doc false
  def to_iso_days(%{calendar: Calendar.ISO, year: year, month: month, day: day}),
    do: {Calendar.ISO.date_to_iso_days(year, month, day), {0, 86_400_000_000}}

  def to_iso_days(%{calendar: calendar, year: year, month: month, day: day}),
    do: calendar.naive_datetime_to_iso_days(year, month, day, 0, 0, 0, {0, 0})

  # Of what the caller took for a date by its calendar alone.
  defp iso_day(date) do
    %{year: year, month: month, day: day} = date
    Calendar.ISO.date_to_iso_days(year, month, day)
  end

  defp iso_days(date) do
    %{year: _, month: _, day: _} = date
    to_iso_days(date)
  end

  defp from_iso_days({days, _}, Calendar.ISO) do
    {year, month, day} = Calendar.ISO.date_from_iso_days(days)
    %Date{year: year, month: month, day: day, calendar: Calendar.ISO}
  end

  defp from_iso_days(iso_days, calendar) do
    {year, month, day, _, _, _, _} = calendar.naive_datetime_from_iso_days(iso_days)
    %Date{year: year, month: month, day: day, calendar: calendar}
  end

  # -- computing --------------------------------------------------------------------------

  @doc """
  Compares two dates: `:lt`, `:eq` or `:gt`.

      iex> Date.compare(~D[2016-04-16], ~D[2016-04-28])
      :lt
  """
  @spec compare(Calendar.date(), Calendar.date()) :: :lt | :eq | :gt
  def compare(
        %{calendar: calendar, year: year1, month: month1, day: day1},
        %{calendar: calendar, year: year2, month: month2, day: day2}
      ),
      do: if(year1 == year2 and month1 == month2, do: order(day1, day2), else: order({year1, month1}, {year2, month2}))

  def compare(%{calendar: calendar1} = date1, %{calendar: calendar2} = date2) do
    if Calendar.compatible_calendars?(calendar1, calendar2) do
      order(iso_days(date1), iso_days(date2))
    else
      raise ArgumentError, """
      cannot compare #{inspect(date1)} with #{inspect(date2)}.

      This comparison would be ambiguous as their calendars have incompatible day rollover moments.
      Specify an exact time of day (using DateTime) to resolve this ambiguity
      """
    end
  end

  defp order(a, b) when a < b, do: :lt
  defp order(a, b) when a > b, do: :gt
  defp order(_, _), do: :eq

  @doc """
  The date a number of days later.

      iex> Date.add(~D[2000-01-03], -2)
      ~D[2000-01-01]
  """
  @spec add(Calendar.date(), integer) :: t
  def add(%{calendar: calendar} = date, days) do
    {iso_days, fraction} = iso_days(date)
    from_iso_days({iso_days + days, fraction}, calendar)
  end

  @doc """
  The days from the second date to the first.

      iex> Date.diff(~D[2000-01-03], ~D[2000-01-01])
      2
  """
  @spec diff(Calendar.date(), Calendar.date()) :: integer
  def diff(%{calendar: Calendar.ISO} = date1, %{calendar: Calendar.ISO} = date2),
    do: iso_day(date1) - iso_day(date2)

  def diff(%{calendar: calendar1} = date1, %{calendar: calendar2} = date2) do
    if Calendar.compatible_calendars?(calendar1, calendar2) do
      to_gregorian_days(date1) - to_gregorian_days(date2)
    else
      raise ArgumentError,
            "cannot calculate the difference between #{inspect(date1)} and #{inspect(date2)} because their " <>
              "calendars are not compatible and thus the result would be ambiguous"
    end
  end

  @doc "Whether the year of a date is a leap year."
  @spec leap_year?(Calendar.date()) :: boolean
  def leap_year?(%{calendar: calendar, year: year}), do: calendar.leap_year?(year)

  @doc "The number of days in the month of a date."
  @spec days_in_month(Calendar.date()) :: Calendar.day()
  def days_in_month(%{calendar: calendar, year: year, month: month}), do: calendar.days_in_month(year, month)

  @doc "The number of months in the year of a date."
  @spec months_in_year(Calendar.date()) :: Calendar.month()
  def months_in_year(%{calendar: calendar, year: year}), do: calendar.months_in_year(year)

  @doc """
  Day of the week from 1 (Monday, or the day a week is said to start on).

      iex> Date.day_of_week(~D[2016-10-31])
      1
  """
  @spec day_of_week(Calendar.date(), starting_on :: :default | atom) :: Calendar.day_of_week()
  def day_of_week(%{calendar: calendar, year: year, month: month, day: day}, starting_on \\ :default) do
    {day_of_week, _first, _last} = calendar.day_of_week(year, month, day, starting_on)
    day_of_week
  end

  @doc "Day of the year, from 1."
  @spec day_of_year(Calendar.date()) :: Calendar.day()
  def day_of_year(%{calendar: calendar, year: year, month: month, day: day}), do: calendar.day_of_year(year, month, day)

  @doc "Quarter of the year, from 1."
  @spec quarter_of_year(Calendar.date()) :: non_neg_integer
  def quarter_of_year(%{calendar: calendar, year: year, month: month, day: day}),
    do: calendar.quarter_of_year(year, month, day)

  @doc "Year and era of a date."
  @spec year_of_era(Calendar.date()) :: {Calendar.year(), non_neg_integer}
  def year_of_era(%{calendar: calendar, year: year, month: month, day: day}), do: calendar.year_of_era(year, month, day)

  @doc "Day and era of a date."
  @spec day_of_era(Calendar.date()) :: {Calendar.day(), non_neg_integer}
  def day_of_era(%{calendar: calendar, year: year, month: month, day: day}), do: calendar.day_of_era(year, month, day)

  @doc "The first date of the week of a date."
  @spec beginning_of_week(Calendar.date(), starting_on :: :default | atom) :: t
  def beginning_of_week(date, starting_on \\ :default)

  def beginning_of_week(%{calendar: calendar} = date, starting_on) do
    %{year: year, month: month, day: day} = date
    {day_of_week, first, _last} = calendar.day_of_week(year, month, day, starting_on)
    add(date, first - day_of_week)
  end

  @doc "The last date of the week of a date."
  @spec end_of_week(Calendar.date(), starting_on :: :default | atom) :: t
  def end_of_week(date, starting_on \\ :default)

  def end_of_week(%{calendar: calendar} = date, starting_on) do
    %{year: year, month: month, day: day} = date
    {day_of_week, _first, last} = calendar.day_of_week(year, month, day, starting_on)
    add(date, last - day_of_week)
  end

  @doc "The first date of the month of a date."
  @spec beginning_of_month(Calendar.date()) :: t
  def beginning_of_month(%{year: year, month: month, calendar: calendar}),
    do: %Date{year: year, month: month, day: 1, calendar: calendar}

  @doc "The last date of the month of a date."
  @spec end_of_month(Calendar.date()) :: t
  def end_of_month(%{year: year, month: month, calendar: calendar} = date),
    do: %Date{year: year, month: month, day: days_in_month(date), calendar: calendar}

  defimpl String.Chars do
    def to_string(%{calendar: calendar, year: year, month: month, day: day}),
      do: calendar.date_to_string(year, month, day)
  end

  defimpl Inspect do
    def inspect(%{calendar: calendar, year: year, month: month, day: day}, _),
      do: "~D[" <> calendar.date_to_string(year, month, day) <> suffix(calendar) <> "]"

    defp suffix(Calendar.ISO), do: ""
    defp suffix(calendar), do: " " <> inspect(calendar)
  end
end
