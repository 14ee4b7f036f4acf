# SPDX-License-Identifier: Apache-2.0
# DateTime: a date and a time in a time zone. Invariant: utc_offset + std_offset is the local time less UTC, in seconds; what
# zones there are the time zone database says.
defmodule DateTime do
  @moduledoc "Dates with times in a time zone."

  @enforce_keys [:year, :month, :day, :hour, :minute, :second, :time_zone, :zone_abbr, :utc_offset, :std_offset]
  defstruct [
    :year,
    :month,
    :day,
    :hour,
    :minute,
    :second,
    :time_zone,
    :zone_abbr,
    :utc_offset,
    :std_offset,
    microsecond: {0, 0},
    calendar: Calendar.ISO
  ]

  @unix_days 719_528

  @type t :: %__MODULE__{
          year: Calendar.year(),
          month: Calendar.month(),
          day: Calendar.day(),
          calendar: Calendar.calendar(),
          hour: Calendar.hour(),
          minute: Calendar.minute(),
          second: Calendar.second(),
          microsecond: Calendar.microsecond(),
          time_zone: Calendar.time_zone(),
          zone_abbr: Calendar.zone_abbr(),
          utc_offset: Calendar.utc_offset(),
          std_offset: Calendar.std_offset()
        }

  # -- making -----------------------------------------------------------------------------

  @doc "Date and time in UTC now."
  @spec utc_now(Calendar.calendar()) :: t
  def utc_now(calendar \\ Calendar.ISO), do: System.os_time() |> from_unix!(:native, calendar)

  @doc "Date and time in a time zone now."
  @spec now(Calendar.time_zone(), Calendar.time_zone_database()) :: {:ok, t} | {:error, atom}
  def now(time_zone, time_zone_database \\ Calendar.get_time_zone_database())
  def now("Etc/UTC", _), do: {:ok, utc_now()}
  def now(time_zone, time_zone_database), do: shift_zone(utc_now(), time_zone, time_zone_database)

  @doc "As `now/2`; raises."
  @spec now!(Calendar.time_zone(), Calendar.time_zone_database()) :: t
  def now!(time_zone, time_zone_database \\ Calendar.get_time_zone_database()) do
    case now(time_zone, time_zone_database) do
      {:ok, datetime} ->
        datetime

      {:error, reason} ->
        raise ArgumentError,
              "cannot get current datetime in #{inspect(time_zone)} time zone, reason: #{inspect(reason)}"
    end
  end

  @doc "The datetime of a date and a time in a zone."
  @spec new(Date.t(), Time.t(), Calendar.time_zone(), Calendar.time_zone_database()) ::
          {:ok, t} | {:ambiguous, t, t} | {:gap, t, t} | {:error, atom}
  def new(date, time, time_zone \\ "Etc/UTC", time_zone_database \\ Calendar.get_time_zone_database()) do
    with {:ok, naive} <- NaiveDateTime.new(date, time), do: from_naive(naive, time_zone, time_zone_database)
  end

  @doc "As `new/4`; raises."
  @spec new!(Date.t(), Time.t(), Calendar.time_zone(), Calendar.time_zone_database()) :: t
  def new!(date, time, time_zone \\ "Etc/UTC", time_zone_database \\ Calendar.get_time_zone_database()) do
    date
    |> new(time, time_zone, time_zone_database)
    |> only!(time_zone, fn -> "cannot build datetime with #{inspect(date)} and #{inspect(time)}" end)
  end

  @doc """
  The datetime of a Unix time in a unit, by default seconds.

      iex> DateTime.from_unix(1_464_096_368)
      {:ok, ~U[2016-05-24 13:26:08Z]}
  """
  @spec from_unix(integer, :native | System.time_unit(), Calendar.calendar()) :: {:ok, t} | {:error, atom}
  def from_unix(integer, unit \\ :second, calendar \\ Calendar.ISO)

  def from_unix(integer, unit, Calendar.ISO) when is_integer(integer) do
    with {:ok, {year, month, day}, {hour, minute, second}, microsecond} <- Calendar.ISO.from_unix(integer, unit) do
      {:ok,
       %DateTime{
         year: year,
         month: month,
         day: day,
         hour: hour,
         minute: minute,
         second: second,
         microsecond: microsecond,
         std_offset: 0,
         utc_offset: 0,
         zone_abbr: "UTC",
         time_zone: "Etc/UTC"
       }}
    end
  end

  def from_unix(integer, unit, calendar) when is_integer(integer) do
    with {:ok, datetime} <- from_unix(integer, unit, Calendar.ISO), do: convert(datetime, calendar)
  end

  @doc "As `from_unix/3`; raises."
  @spec from_unix!(integer, :native | System.time_unit(), Calendar.calendar()) :: t
  def from_unix!(integer, unit \\ :second, calendar \\ Calendar.ISO) do
    case from_unix(integer, unit, calendar) do
      {:ok, datetime} -> datetime
      {:error, :invalid_unix_time} -> raise ArgumentError, "invalid Unix time #{integer}"
    end
  end

  @doc "The datetime of a naive datetime in a zone."
  @spec from_naive(Calendar.naive_datetime(), Calendar.time_zone(), Calendar.time_zone_database()) ::
          {:ok, t} | {:ambiguous, t, t} | {:gap, t, t} | {:error, atom}
  def from_naive(naive_datetime, time_zone, time_zone_database \\ Calendar.get_time_zone_database())

  def from_naive(naive, "Etc/UTC", _) do
    %{calendar: _, year: _, month: _, day: _, hour: _, minute: _, second: _, microsecond: {_, _}} = naive
    {:ok, with_period(naive, "Etc/UTC", utc())}
  end

  def from_naive(%{calendar: Calendar.ISO} = naive, time_zone, database) do
    case database.time_zone_periods_from_wall_datetime(naive, time_zone) do
      {:ok, period} ->
        {:ok, with_period(naive, time_zone, period)}

      {:ambiguous, first, second} ->
        {:ambiguous, with_period(naive, time_zone, first), with_period(naive, time_zone, second)}

      {:gap, {first, first_limit}, {second, second_limit}} ->
        last_moment = NaiveDateTime.add(%{first_limit | microsecond: {999_999, 6}}, -1)
        {:gap, with_period(last_moment, time_zone, first), with_period(second_limit, time_zone, second)}

      {:error, _} = error ->
        error
    end
  end

  def from_naive(%{calendar: calendar} = naive, time_zone, database) do
    with {:ok, iso} <- NaiveDateTime.convert(naive, Calendar.ISO) do
      case from_naive(iso, time_zone, database) do
        {:ok, datetime} -> convert(datetime, calendar)
        {kind, first, second} -> {kind, convert!(first, calendar), convert!(second, calendar)}
        {:error, _} = error -> error
      end
    end
  end
  defp utc, do: %{utc_offset: 0, std_offset: 0, zone_abbr: "UTC"}

  defp with_period(naive, time_zone, %{utc_offset: utc_offset, std_offset: std_offset, zone_abbr: zone_abbr}) do
    %DateTime{
      year: naive.year,
      month: naive.month,
      day: naive.day,
      hour: naive.hour,
      minute: naive.minute,
      second: naive.second,
      microsecond: naive.microsecond,
      calendar: naive.calendar,
      std_offset: std_offset,
      utc_offset: utc_offset,
      zone_abbr: zone_abbr,
      time_zone: time_zone
    }
  end

  @doc "As `from_naive/3`; raises."
  @spec from_naive!(NaiveDateTime.t(), Calendar.time_zone(), Calendar.time_zone_database()) :: t
  def from_naive!(naive_datetime, time_zone, time_zone_database \\ Calendar.get_time_zone_database()) do
    naive_datetime
    |> from_naive(time_zone, time_zone_database)
    |> only!(time_zone, fn -> "cannot convert #{inspect(naive_datetime)} to datetime" end)
  end

  # The one instant there is, or an exception that tells why what was to be done has no single answer.
  defp only!({:ok, datetime}, _time_zone, _failure), do: datetime

  defp only!({:ambiguous, first, second}, time_zone, failure) do
    raise ArgumentError,
          "#{failure.()} because such instant is ambiguous in time zone #{time_zone} as there is an overlap between " <>
            "#{inspect(first)} and #{inspect(second)}"
  end

  defp only!({:gap, before, later}, time_zone, failure) do
    raise ArgumentError,
          "#{failure.()} because such instant does not exist in time zone #{time_zone} as there is a gap between " <>
            "#{inspect(before)} and #{inspect(later)}"
  end

  defp only!({:error, reason}, _time_zone, failure), do: raise(ArgumentError, "#{failure.()}, reason: #{inspect(reason)}")

  @doc """
  Parses a date and time with an offset in the format of ISO 8601: `{:ok, datetime, offset}`.

      iex> DateTime.from_iso8601("2015-01-23T23:50:07+01:00")
      {:ok, ~U[2015-01-23 22:50:07Z], 3600}
  """
  @spec from_iso8601(String.t(), Calendar.calendar() | :extended | :basic) :: {:ok, t, Calendar.utc_offset()} | {:error, atom}
  def from_iso8601(string, format_or_calendar \\ Calendar.ISO)
  def from_iso8601(string, format) when format in [:basic, :extended], do: from_iso8601(string, Calendar.ISO, format)
  def from_iso8601(string, calendar) when is_atom(calendar), do: from_iso8601(string, calendar, :extended)

  @spec from_iso8601(String.t(), Calendar.calendar(), :extended | :basic) :: {:ok, t, Calendar.utc_offset()} | {:error, atom}
  def from_iso8601(string, calendar, format) do
    with {:ok, {year, month, day, hour, minute, second, microsecond}, offset} <-
           Calendar.ISO.parse_utc_datetime(string, format) do
      datetime = %DateTime{
        year: year,
        month: month,
        day: day,
        hour: hour,
        minute: minute,
        second: second,
        microsecond: microsecond,
        std_offset: 0,
        utc_offset: 0,
        zone_abbr: "UTC",
        time_zone: "Etc/UTC"
      }

      with {:ok, converted} <- convert(datetime, calendar), do: {:ok, converted, offset}
    end
  end

  @doc "The datetime in UTC a number of seconds after 0000-01-01 00:00:00."
  @spec from_gregorian_seconds(integer, Calendar.microsecond(), Calendar.calendar()) :: t
  def from_gregorian_seconds(seconds, microsecond \\ {0, 0}, calendar \\ Calendar.ISO)

  def from_gregorian_seconds(seconds, {_, _} = microsecond, calendar) when is_integer(seconds),
    do: seconds |> NaiveDateTime.from_gregorian_seconds(microsecond, calendar) |> with_period("Etc/UTC", utc())

  # -- zones ------------------------------------------------------------------------------

  @doc "The same moment in another time zone."
  @spec shift_zone(t, Calendar.time_zone(), Calendar.time_zone_database()) :: {:ok, t} | {:error, atom}
  def shift_zone(datetime, time_zone, time_zone_database \\ Calendar.get_time_zone_database())
  def shift_zone(%{time_zone: time_zone} = datetime, time_zone, _), do: {:ok, datetime}

  def shift_zone(datetime, time_zone, database) do
    %{calendar: calendar, microsecond: {_, precision}} = whole!(datetime)
    datetime |> to_utc_iso_days() |> in_zone(calendar, precision, time_zone, database)
  end

  @doc "As `shift_zone/3`; raises."
  @spec shift_zone!(t, Calendar.time_zone(), Calendar.time_zone_database()) :: t
  def shift_zone!(datetime, time_zone, time_zone_database \\ Calendar.get_time_zone_database()) do
    case shift_zone(datetime, time_zone, time_zone_database) do
      {:ok, datetime} ->
        datetime

      {:error, reason} ->
        raise ArgumentError,
              "cannot shift #{inspect(datetime)} to #{inspect(time_zone)} time zone, reason: #{inspect(reason)}"
    end
  end

  defp in_zone(utc_days, calendar, precision, time_zone, database) do
    with {:ok, %{utc_offset: utc_offset, std_offset: std_offset} = period} <- database.time_zone_period_from_utc_iso_days(utc_days, time_zone) do
      naive =
        utc_days
        |> Calendar.ISO.add_day_fraction_to_iso_days(utc_offset + std_offset, 86400)
        |> NaiveDateTime.from_iso_days(calendar, precision)

      {:ok, with_period(naive, time_zone, period)}
    end
  end

  # Of what the caller took for a date and time by less.
  defp whole!(datetime) do
    %{year: _, month: _, day: _, hour: _, minute: _, second: _, microsecond: {_, _}} = datetime
    %{calendar: _, utc_offset: _, std_offset: _, time_zone: _, zone_abbr: _} = datetime
  end

  defp to_utc_iso_days(%{utc_offset: 0, std_offset: 0} = datetime), do: NaiveDateTime.to_iso_days(datetime)

  defp to_utc_iso_days(%{utc_offset: utc_offset, std_offset: std_offset} = datetime) do
    datetime
    |> NaiveDateTime.to_iso_days()
    |> Calendar.ISO.add_day_fraction_to_iso_days(-(utc_offset + std_offset), 86400)
  end

  # -- to other forms ---------------------------------------------------------------------

  @doc "The Unix time in a unit, by default seconds."
  @spec to_unix(Calendar.datetime(), System.time_unit()) :: integer
  def to_unix(datetime, unit \\ :second)

  def to_unix(%{utc_offset: _, std_offset: _, hour: _, year: _} = datetime, unit) do
    {days, fraction} = to_utc_iso_days(datetime)
    Calendar.ISO.iso_days_to_unit({days - @unix_days, fraction}, unit)
  end

  @doc "Date and time without the zone."
  @spec to_naive(Calendar.datetime()) :: NaiveDateTime.t()
  def to_naive(%{calendar: calendar, microsecond: microsecond, time_zone: _} = datetime) do
    %NaiveDateTime{
      year: datetime.year,
      month: datetime.month,
      day: datetime.day,
      calendar: calendar,
      hour: datetime.hour,
      minute: datetime.minute,
      second: datetime.second,
      microsecond: microsecond
    }
  end

  @doc "The date."
  @spec to_date(Calendar.datetime()) :: Date.t()
  def to_date(%{year: year, month: month, day: day, calendar: calendar, hour: _, minute: _, second: _, microsecond: _, time_zone: _}),
    do: %Date{year: year, month: month, day: day, calendar: calendar}

  @doc "The time."
  @spec to_time(Calendar.datetime()) :: Time.t()
  def to_time(%{year: _, hour: hour, minute: minute, second: second, microsecond: microsecond, calendar: calendar, time_zone: _}),
    do: %Time{hour: hour, minute: minute, second: second, microsecond: microsecond, calendar: calendar}

  @doc "In the format of ISO 8601; with `offset` in seconds, at that offset from UTC."
  @spec to_iso8601(Calendar.datetime(), :extended | :basic, nil | integer) :: String.t()
  def to_iso8601(datetime, format \\ :extended, offset \\ nil)

  def to_iso8601(%{calendar: Calendar.ISO} = datetime, format, nil) when format in [:extended, :basic] do
    whole!(datetime)

    NaiveDateTime.to_iso8601(datetime, format) <>
      Calendar.ISO.offset_to_string(datetime.utc_offset, datetime.std_offset, datetime.time_zone, format)
  end

  def to_iso8601(%{calendar: Calendar.ISO, microsecond: {_, precision}} = datetime, format, offset)
      when format in [:extended, :basic] do
    naive =
      datetime
      |> to_utc_iso_days()
      |> Calendar.ISO.add_day_fraction_to_iso_days(offset, 86400)
      |> NaiveDateTime.from_iso_days(Calendar.ISO, precision)

    NaiveDateTime.to_iso8601(naive, format) <> Calendar.ISO.offset_to_string(offset, 0, datetime.time_zone, format)
  end

  def to_iso8601(%{calendar: _} = datetime, format, offset) when format in [:extended, :basic],
    do: datetime |> convert!(Calendar.ISO) |> to_iso8601(format, offset)

  @doc "The seconds since 0000-01-01 00:00:00 in UTC and the microseconds beyond."
  @spec to_gregorian_seconds(Calendar.datetime()) :: {integer, non_neg_integer}
  def to_gregorian_seconds(%{microsecond: {microsecond, _}, utc_offset: _, std_offset: _, second: _, day: _} = datetime) do
    days = to_utc_iso_days(%{datetime | microsecond: {0, 0}})
    {Calendar.ISO.iso_days_to_unit(days, :second), microsecond}
  end

  @doc "As text."
  @spec to_string(Calendar.datetime()) :: String.t()
  def to_string(%{calendar: calendar} = datetime) do
    whole!(datetime)

    calendar.datetime_to_string(
      datetime.year,
      datetime.month,
      datetime.day,
      datetime.hour,
      datetime.minute,
      datetime.second,
      datetime.microsecond,
      datetime.time_zone,
      datetime.zone_abbr,
      datetime.utc_offset,
      datetime.std_offset
    )
  end

  @doc "In another calendar."
  @spec convert(Calendar.datetime(), Calendar.calendar()) :: {:ok, t} | {:error, :incompatible_calendars}
  def convert(%DateTime{calendar: calendar} = datetime, calendar), do: {:ok, datetime}

  def convert(%{calendar: calendar} = datetime, calendar), do: {:ok, fields(datetime)}

  def convert(%{calendar: from, microsecond: {_, precision}} = datetime, calendar) do
    if Calendar.compatible_calendars?(from, calendar) do
      naive = datetime |> NaiveDateTime.to_iso_days() |> NaiveDateTime.from_iso_days(calendar, precision)
      {:ok, with_period(naive, datetime.time_zone, datetime)}
    else
      {:error, :incompatible_calendars}
    end
  end

  defp fields(datetime) do
    %DateTime{
      year: datetime.year,
      month: datetime.month,
      day: datetime.day,
      hour: datetime.hour,
      minute: datetime.minute,
      second: datetime.second,
      microsecond: datetime.microsecond,
      time_zone: datetime.time_zone,
      zone_abbr: datetime.zone_abbr,
      utc_offset: datetime.utc_offset,
      std_offset: datetime.std_offset,
      calendar: datetime.calendar
    }
  end

  @doc "As `convert/2`; raises."
  @spec convert!(Calendar.datetime(), Calendar.calendar()) :: t
  def convert!(datetime, calendar) do
    case convert(datetime, calendar) do
      {:ok, datetime} ->
        datetime

      {:error, reason} ->
        raise ArgumentError,
              "cannot convert #{inspect(datetime)} to target calendar #{inspect(calendar)}, reason: #{inspect(reason)}"
    end
  end

  # -- computing --------------------------------------------------------------------------

  @doc """
  Compares two moments: `:lt`, `:eq` or `:gt`.

      iex> DateTime.compare(~U[2016-05-24 13:26:08Z], ~U[2016-05-24 13:26:09Z])
      :lt
  """
  @spec compare(Calendar.datetime(), Calendar.datetime()) :: :lt | :eq | :gt
  def compare(%{utc_offset: _, std_offset: _} = datetime1, %{utc_offset: _, std_offset: _} = datetime2) do
    order(to_utc_iso_days(datetime1), to_utc_iso_days(datetime2))
  end

  defp order({days, {parts1, per_day1}}, {days, {parts2, per_day2}}) when per_day1 != per_day2,
    do: order(parts1 * per_day2, parts2 * per_day1)

  defp order(a, b) when a < b, do: :lt
  defp order(a, b) when a > b, do: :gt
  defp order(_, _), do: :eq

  @doc """
  The time from the second to the first in a unit, by default seconds.

      iex> DateTime.diff(~U[2014-10-02 00:29:12Z], ~U[2014-10-02 00:29:10Z])
      2
  """
  @spec diff(Calendar.datetime(), Calendar.datetime(), :day | :hour | :minute | System.time_unit()) :: integer
  def diff(datetime1, datetime2, unit \\ :second)
  def diff(datetime1, datetime2, :day), do: div(diff(datetime1, datetime2, :second), 86400)
  def diff(datetime1, datetime2, :hour), do: div(diff(datetime1, datetime2, :second), 3600)
  def diff(datetime1, datetime2, :minute), do: div(diff(datetime1, datetime2, :second), 60)

  def diff(%{utc_offset: _, std_offset: _} = datetime1, %{utc_offset: _, std_offset: _} = datetime2, unit) do
    units1 = datetime1 |> to_utc_iso_days() |> Calendar.ISO.iso_days_to_unit(unit)
    units2 = datetime2 |> to_utc_iso_days() |> Calendar.ISO.iso_days_to_unit(unit)
    units1 - units2
  end

  @doc """
  The moment after an amount of a unit, by default seconds.

      iex> DateTime.add(~U[2014-10-02 00:29:10Z], 1, :day)
      ~U[2014-10-03 00:29:10Z]
  """
  @spec add(Calendar.datetime(), integer, :day | :hour | :minute | System.time_unit(), Calendar.time_zone_database()) :: t
  def add(datetime, amount_to_add, unit \\ :second, time_zone_database \\ Calendar.get_time_zone_database())
  def add(datetime, amount, :day, database) when is_integer(amount), do: add(datetime, amount * 86400, :second, database)
  def add(datetime, amount, :hour, database) when is_integer(amount), do: add(datetime, amount * 3600, :second, database)
  def add(datetime, amount, :minute, database) when is_integer(amount), do: add(datetime, amount * 60, :second, database)

  def add(datetime, amount, unit, database) when is_integer(amount) do
    %{calendar: calendar, microsecond: {_, precision}, time_zone: time_zone} = whole!(datetime)
    per_day = System.convert_time_unit(86400, :second, unit)

    result =
      datetime
      |> to_utc_iso_days()
      |> Calendar.ISO.add_day_fraction_to_iso_days(amount, per_day)
      |> in_zone(calendar, precision, time_zone, database)

    case result do
      {:ok, result} ->
        result

      {:error, reason} ->
        raise ArgumentError,
              "cannot add #{amount} #{unit} to #{inspect(datetime)} (with time zone database #{inspect(database)}), " <>
                "reason: #{inspect(reason)}"
    end
  end

  @doc "With fewer digits of the fraction."
  @spec truncate(Calendar.datetime(), :microsecond | :millisecond | :second) :: t
  def truncate(%DateTime{microsecond: microsecond} = datetime, precision),
    do: %{datetime | microsecond: Calendar.truncate(microsecond, precision)}

  def truncate(%{} = datetime, precision) do
    datetime = fields(datetime)
    %{datetime | microsecond: Calendar.truncate(datetime.microsecond, precision)}
  end

  defimpl String.Chars do
    def to_string(datetime), do: DateTime.to_string(datetime)
  end

  defimpl Inspect do
    def inspect(%{utc_offset: 0, std_offset: 0, time_zone: "Etc/UTC", calendar: calendar} = datetime, _),
      do: "~U[" <> DateTime.to_string(datetime) <> suffix(calendar) <> "]"

    def inspect(%{calendar: calendar} = datetime, _), do: "#DateTime<" <> DateTime.to_string(datetime) <> suffix(calendar) <> ">"

    defp suffix(Calendar.ISO), do: ""
    defp suffix(calendar), do: " " <> inspect(calendar)
  end
end
