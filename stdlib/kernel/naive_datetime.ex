# SPDX-License-Identifier: Apache-2.0
# NaiveDateTime: a date and a time without a time zone. Invariant: functions accept any map with a calendar and those fields.
defmodule NaiveDateTime do
  @moduledoc "Dates with times, without a time zone."

  @enforce_keys [:year, :month, :day, :hour, :minute, :second]
  defstruct [:year, :month, :day, :hour, :minute, :second, microsecond: {0, 0}, calendar: Calendar.ISO]

  @type t :: %__MODULE__{
          year: Calendar.year(),
          month: Calendar.month(),
          day: Calendar.day(),
          calendar: Calendar.calendar(),
          hour: Calendar.hour(),
          minute: Calendar.minute(),
          second: Calendar.second(),
          microsecond: Calendar.microsecond()
        }

  # -- making -----------------------------------------------------------------------------

  @doc "Date and time in UTC now."
  @spec utc_now(Calendar.calendar()) :: t
  def utc_now(calendar \\ Calendar.ISO)

  def utc_now(Calendar.ISO) do
    {:ok, {year, month, day}, {hour, minute, second}, microsecond} = Calendar.ISO.from_unix(System.os_time(), :native)

    %NaiveDateTime{
      year: year,
      month: month,
      day: day,
      hour: hour,
      minute: minute,
      second: second,
      microsecond: microsecond,
      calendar: Calendar.ISO
    }
  end

  def utc_now(calendar), do: calendar |> DateTime.utc_now() |> DateTime.to_naive()

  @doc "Date and time here now, in whole seconds."
  @spec local_now(Calendar.calendar()) :: t
  def local_now(calendar \\ Calendar.ISO) do
    case convert(from_erl!(:erlang.localtime()), calendar) do
      {:ok, naive} ->
        naive

      {:error, reason} ->
        raise ArgumentError,
              "cannot convert local time to target calendar #{inspect(calendar)}, reason: #{inspect(reason)}"
    end
  end

  @doc """
  A naive datetime of its parts.

      iex> NaiveDateTime.new(2000, 1, 1, 23, 59, 59)
      {:ok, ~N[2000-01-01 23:59:59]}
  """
  @spec new(integer, integer, integer, integer, integer, integer, Calendar.microsecond() | non_neg_integer, Calendar.calendar()) ::
          {:ok, t} | {:error, atom}
  def new(year, month, day, hour, minute, second, microsecond \\ {0, 0}, calendar \\ Calendar.ISO)

  def new(year, month, day, hour, minute, second, microsecond, calendar) when is_integer(microsecond),
    do: new(year, month, day, hour, minute, second, {microsecond, 6}, calendar)

  def new(year, month, day, hour, minute, second, microsecond, calendar) do
    cond do
      not calendar.valid_date?(year, month, day) ->
        {:error, :invalid_date}

      not calendar.valid_time?(hour, minute, second, microsecond) ->
        {:error, :invalid_time}

      true ->
        {:ok,
         %NaiveDateTime{
           calendar: calendar,
           year: year,
           month: month,
           day: day,
           hour: hour,
           minute: minute,
           second: second,
           microsecond: microsecond
         }}
    end
  end

  @doc "As `new/8`; raises on parts that are none."
  @spec new!(integer, integer, integer, integer, integer, integer, Calendar.microsecond() | non_neg_integer, Calendar.calendar()) :: t
  def new!(year, month, day, hour, minute, second, microsecond \\ {0, 0}, calendar \\ Calendar.ISO) do
    case new(year, month, day, hour, minute, second, microsecond, calendar) do
      {:ok, naive} -> naive
      {:error, reason} -> raise ArgumentError, "cannot build naive datetime, reason: #{inspect(reason)}"
    end
  end

  @doc "The naive datetime of a date and a time."
  @spec new(Date.t(), Time.t()) :: {:ok, t} | {:error, atom}
  def new(date, time)

  def new(%Date{calendar: calendar} = date, %Time{calendar: calendar} = time),
    do: new(date.year, date.month, date.day, time.hour, time.minute, time.second, time.microsecond, calendar)

  @doc "As `new/2`; raises."
  @spec new!(Date.t(), Time.t()) :: t
  def new!(date, time)

  def new!(%Date{calendar: calendar} = date, %Time{calendar: calendar} = time) do
    case new(date, time) do
      {:ok, naive} -> naive
      {:error, reason} -> raise ArgumentError, "cannot build naive datetime, reason: #{inspect(reason)}"
    end
  end

  @doc """
  Parses a date and time in the format of ISO 8601; an offset is dropped.

      iex> NaiveDateTime.from_iso8601("2015-01-23 23:50:07.0123")
      {:ok, ~N[2015-01-23 23:50:07.0123]}
  """
  @spec from_iso8601(String.t(), Calendar.calendar()) :: {:ok, t} | {:error, atom}
  def from_iso8601(string, calendar \\ Calendar.ISO) do
    with {:ok, {year, month, day, hour, minute, second, microsecond}} <- Calendar.ISO.parse_naive_datetime(string) do
      convert(
        %NaiveDateTime{
          year: year,
          month: month,
          day: day,
          hour: hour,
          minute: minute,
          second: second,
          microsecond: microsecond
        },
        calendar
      )
    end
  end

  @doc "As `from_iso8601/2`; raises."
  @spec from_iso8601!(String.t(), Calendar.calendar()) :: t
  def from_iso8601!(string, calendar \\ Calendar.ISO) do
    case from_iso8601(string, calendar) do
      {:ok, naive} ->
        naive

      {:error, reason} ->
        raise ArgumentError, "cannot parse #{inspect(string)} as naive datetime, reason: #{inspect(reason)}"
    end
  end

  @doc "The naive datetime of an Erlang tuple."
  @spec from_erl(:calendar.datetime(), Calendar.microsecond(), Calendar.calendar()) :: {:ok, t} | {:error, atom}
  def from_erl(tuple, microsecond \\ {0, 0}, calendar \\ Calendar.ISO)

  def from_erl({{year, month, day}, {hour, minute, second}}, microsecond, calendar) do
    with {:ok, naive} <- new(year, month, day, hour, minute, second, microsecond), do: convert(naive, calendar)
  end

  @doc "As `from_erl/3`; raises."
  @spec from_erl!(:calendar.datetime(), Calendar.microsecond(), Calendar.calendar()) :: t
  def from_erl!(tuple, microsecond \\ {0, 0}, calendar \\ Calendar.ISO) do
    case from_erl(tuple, microsecond, calendar) do
      {:ok, naive} ->
        naive

      {:error, reason} ->
        raise ArgumentError, "cannot convert #{inspect(tuple)} to naive datetime, reason: #{inspect(reason)}"
    end
  end

  @doc "The naive datetime a number of seconds after 0000-01-01 00:00:00."
  @spec from_gregorian_seconds(integer, Calendar.microsecond(), Calendar.calendar()) :: t
  def from_gregorian_seconds(seconds, {microsecond, precision} \\ {0, 0}, calendar \\ Calendar.ISO)
      when is_integer(seconds) do
    days = Integer.floor_div(seconds, 86400)
    parts = Integer.mod(seconds, 86400) * 1_000_000 + microsecond
    from_iso_days({days, {parts, 86_400_000_000}}, calendar, precision)
  end

  # -- to other forms ---------------------------------------------------------------------

  @doc "The date."
  @spec to_date(Calendar.naive_datetime()) :: Date.t()
  def to_date(%{year: year, month: month, day: day, calendar: calendar, hour: _, minute: _, second: _, microsecond: _}),
    do: %Date{year: year, month: month, day: day, calendar: calendar}

  @doc "The time."
  @spec to_time(Calendar.naive_datetime()) :: Time.t()
  def to_time(%{year: _, month: _, day: _, calendar: calendar, hour: hour, minute: minute, second: second, microsecond: microsecond}),
    do: %Time{hour: hour, minute: minute, second: second, microsecond: microsecond, calendar: calendar}

  @doc "As text."
  @spec to_string(Calendar.naive_datetime()) :: String.t()
  def to_string(%{calendar: calendar} = naive) do
    %{year: _, month: _, day: _, hour: _, minute: _, second: _, microsecond: _} = naive

    calendar.naive_datetime_to_string(
      naive.year,
      naive.month,
      naive.day,
      naive.hour,
      naive.minute,
      naive.second,
      naive.microsecond
    )
  end

  @doc "In the format of ISO 8601, `:extended` or `:basic`."
  @spec to_iso8601(Calendar.naive_datetime(), :basic | :extended) :: String.t()
  def to_iso8601(naive_datetime, format \\ :extended)

  def to_iso8601(%{calendar: Calendar.ISO} = naive, format) when format in [:basic, :extended] do
    %{year: _, month: _, day: _, hour: _, minute: _, second: _, microsecond: _} = naive
    Calendar.ISO.date_to_string(naive.year, naive.month, naive.day, format) <>
      "T" <> Calendar.ISO.time_to_string(naive.hour, naive.minute, naive.second, naive.microsecond, format)
  end

  def to_iso8601(%{calendar: _} = naive, format) when format in [:basic, :extended],
    do: naive |> convert!(Calendar.ISO) |> to_iso8601(format)

  @doc "As an Erlang tuple, without the fraction."
  @spec to_erl(Calendar.naive_datetime()) :: :calendar.datetime()
  def to_erl(%{calendar: _} = naive_datetime) do
    %{year: year, month: month, day: day, hour: hour, minute: minute, second: second} = convert!(naive_datetime, Calendar.ISO)
    {{year, month, day}, {hour, minute, second}}
  end

  @doc "The seconds since 0000-01-01 00:00:00 and the microseconds beyond."
  @spec to_gregorian_seconds(Calendar.naive_datetime()) :: {integer, non_neg_integer}
  def to_gregorian_seconds(%{
        calendar: calendar,
        year: year,
        month: month,
        day: day,
        hour: hour,
        minute: minute,
        second: second,
        microsecond: {microsecond, _}
      }) do
    days = calendar.naive_datetime_to_iso_days(year, month, day, hour, minute, second, {0, 0})
    {Calendar.ISO.iso_days_to_unit(days, :second), microsecond}
  end

  @doc "In another calendar."
  @spec convert(Calendar.naive_datetime(), Calendar.calendar()) :: {:ok, t} | {:error, :incompatible_calendars}
  def convert(%{calendar: calendar, microsecond: {_, _}} = naive, calendar) do
    to_iso_days(naive)

    {:ok,
     %NaiveDateTime{
       year: naive.year,
       month: naive.month,
       day: naive.day,
       hour: naive.hour,
       minute: naive.minute,
       second: naive.second,
       microsecond: naive.microsecond,
       calendar: calendar
     }}
  end

  def convert(%{calendar: from, microsecond: {_, precision}} = naive, calendar) do
    if Calendar.compatible_calendars?(from, calendar),
      do: {:ok, naive |> to_iso_days() |> from_iso_days(calendar, precision)},
      else: {:error, :incompatible_calendars}
  end

  @doc "As `convert/2`; raises."
  @spec convert!(Calendar.naive_datetime(), Calendar.calendar()) :: t
  def convert!(naive_datetime, calendar) do
    case convert(naive_datetime, calendar) do
      {:ok, naive} ->
        naive

      {:error, reason} ->
        raise ArgumentError,
              "cannot convert #{inspect(naive_datetime)} to target calendar #{inspect(calendar)}, reason: #{inspect(reason)}"
    end
  end

  @doc false
  def to_iso_days(%{
        calendar: calendar,
        year: year,
        month: month,
        day: day,
        hour: hour,
        minute: minute,
        second: second,
        microsecond: microsecond
      }),
      do: calendar.naive_datetime_to_iso_days(year, month, day, hour, minute, second, microsecond)

  @doc false
  def from_iso_days(iso_days, calendar, precision) do
    {year, month, day, hour, minute, second, {microsecond, _}} = calendar.naive_datetime_from_iso_days(iso_days)

    %NaiveDateTime{
      calendar: calendar,
      year: year,
      month: month,
      day: day,
      hour: hour,
      minute: minute,
      second: second,
      microsecond: {microsecond, precision}
    }
  end

  # -- computing --------------------------------------------------------------------------

  @doc """
  The naive datetime after an amount of a unit, by default seconds.

      iex> NaiveDateTime.add(~N[2014-10-02 00:29:10], 2)
      ~N[2014-10-02 00:29:12]
  """
  @spec add(Calendar.naive_datetime(), integer, :day | :hour | :minute | System.time_unit()) :: t
  def add(naive_datetime, amount_to_add, unit \\ :second)
  def add(naive, amount, :day) when is_integer(amount), do: add(naive, amount * 86400, :second)
  def add(naive, amount, :hour) when is_integer(amount), do: add(naive, amount * 3600, :second)
  def add(naive, amount, :minute) when is_integer(amount), do: add(naive, amount * 60, :second)

  def add(%{microsecond: {_, precision}, calendar: calendar} = naive, amount, unit) when is_integer(amount) do
    per_day = System.convert_time_unit(86400, :second, unit)

    naive
    |> to_iso_days()
    |> Calendar.ISO.add_day_fraction_to_iso_days(amount, per_day)
    |> from_iso_days(calendar, precision)
  end

  @doc """
  The time from the second to the first in a unit, by default seconds.

      iex> NaiveDateTime.diff(~N[2014-10-02 00:29:12], ~N[2014-10-02 00:29:10])
      2
  """
  @spec diff(Calendar.naive_datetime(), Calendar.naive_datetime(), :day | :hour | :minute | System.time_unit()) :: integer
  def diff(naive_datetime1, naive_datetime2, unit \\ :second)
  def diff(naive1, naive2, :day), do: div(diff(naive1, naive2, :second), 86400)
  def diff(naive1, naive2, :hour), do: div(diff(naive1, naive2, :second), 3600)
  def diff(naive1, naive2, :minute), do: div(diff(naive1, naive2, :second), 60)

  def diff(%{calendar: calendar1} = naive1, %{calendar: calendar2} = naive2, unit) do
    if not Calendar.compatible_calendars?(calendar1, calendar2) do
      raise ArgumentError,
            "cannot calculate the difference between #{inspect(naive1)} and #{inspect(naive2)} because their " <>
              "calendars are not compatible and thus the result would be ambiguous"
    end

    units1 = naive1 |> to_iso_days() |> Calendar.ISO.iso_days_to_unit(unit)
    units2 = naive2 |> to_iso_days() |> Calendar.ISO.iso_days_to_unit(unit)
    units1 - units2
  end

  @doc """
  Compares two naive datetimes: `:lt`, `:eq` or `:gt`.

      iex> NaiveDateTime.compare(~N[2016-04-16 13:30:15], ~N[2016-04-28 16:19:25])
      :lt
  """
  @spec compare(Calendar.naive_datetime(), Calendar.naive_datetime()) :: :lt | :eq | :gt
  def compare(%{calendar: calendar1} = naive1, %{calendar: calendar2} = naive2) do
    if Calendar.compatible_calendars?(calendar1, calendar2) do
      order(to_iso_days(naive1), to_iso_days(naive2))
    else
      raise ArgumentError, """
      cannot compare #{inspect(naive1)} with #{inspect(naive2)}.

      This comparison would be ambiguous as their calendars have incompatible day rollover moments.
      Specify an exact time of day (using DateTime) to resolve this ambiguity
      """
    end
  end

  defp order({days, {parts1, per_day1}}, {days, {parts2, per_day2}}) when per_day1 != per_day2,
    do: order(parts1 * per_day2, parts2 * per_day1)

  defp order(a, b) when a < b, do: :lt
  defp order(a, b) when a > b, do: :gt
  defp order(_, _), do: :eq

  @doc "With fewer digits of the fraction."
  @spec truncate(t, :microsecond | :millisecond | :second) :: t
  def truncate(%NaiveDateTime{microsecond: microsecond} = naive, precision),
    do: %{naive | microsecond: Calendar.truncate(microsecond, precision)}

  def truncate(
        %{
          calendar: calendar,
          year: year,
          month: month,
          day: day,
          hour: hour,
          minute: minute,
          second: second,
          microsecond: microsecond
        },
        precision
      ) do
    %NaiveDateTime{
      calendar: calendar,
      year: year,
      month: month,
      day: day,
      hour: hour,
      minute: minute,
      second: second,
      microsecond: Calendar.truncate(microsecond, precision)
    }
  end

  defimpl String.Chars do
    def to_string(naive), do: NaiveDateTime.to_string(naive)
  end

  defimpl Inspect do
    def inspect(%{calendar: calendar} = naive, _), do: "~N[" <> NaiveDateTime.to_string(naive) <> suffix(calendar) <> "]"

    defp suffix(Calendar.ISO), do: ""
    defp suffix(calendar), do: " " <> inspect(calendar)
  end
end
