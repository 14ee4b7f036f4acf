# SPDX-License-Identifier: Apache-2.0
# Calendar: what a calendar must do, the time zone database in use, and strftime.
#
# Invariant: dates and times of calendars whose days roll over at one moment are compatible and may be converted.
defmodule Calendar do
  @moduledoc "Calendars, and formatting of dates and times."

  @type year :: integer
  @type month :: pos_integer
  @type day :: pos_integer
  @type week :: pos_integer
  @type day_of_week :: non_neg_integer
  @type era :: non_neg_integer
  @type day_fraction :: {parts_in_day :: non_neg_integer, parts_per_day :: pos_integer}
  @type iso_days :: {days :: integer, day_fraction}
  @type hour :: non_neg_integer
  @type minute :: non_neg_integer
  @type second :: non_neg_integer
  @type microsecond :: {non_neg_integer, non_neg_integer}
  @type time_zone :: String.t()
  @type zone_abbr :: String.t()
  @type utc_offset :: integer
  @type std_offset :: integer
  @type calendar :: module
  @type date :: %{optional(any) => any, calendar: calendar, year: year, month: month, day: day}
  @type time :: %{optional(any) => any, hour: hour, minute: minute, second: second, microsecond: microsecond}
  @type naive_datetime :: %{
          optional(any) => any,
          calendar: calendar,
          year: year,
          month: month,
          day: day,
          hour: hour,
          minute: minute,
          second: second,
          microsecond: microsecond
        }
  @type datetime :: %{optional(any) => any, calendar: calendar, year: year, month: month, day: day, hour: hour, minute: minute, second: second,
                      microsecond: microsecond, time_zone: time_zone, zone_abbr: zone_abbr, utc_offset: utc_offset, std_offset: std_offset}
  @type time_zone_database :: module

  @callback days_in_month(year, month) :: day
  @callback months_in_year(year) :: month
  @callback leap_year?(year) :: boolean
  @callback day_of_week(year, month, day, starting_on :: :default | atom) ::
              {day_of_week, first_day_of_week :: non_neg_integer, last_day_of_week :: non_neg_integer}
  @callback day_of_year(year, month, day) :: non_neg_integer
  @callback quarter_of_year(year, month, day) :: non_neg_integer
  @callback year_of_era(year, month, day) :: {year, era}
  @callback day_of_era(year, month, day) :: {day, era}
  @callback date_to_string(year, month, day) :: String.t()
  @callback naive_datetime_to_string(year, month, day, hour, minute, second, microsecond) :: String.t()
  @callback datetime_to_string(year, month, day, hour, minute, second, microsecond, time_zone, zone_abbr, utc_offset, std_offset) ::
              String.t()
  @callback time_to_string(hour, minute, second, microsecond) :: String.t()
  @callback naive_datetime_from_iso_days(iso_days) :: {year, month, day, hour, minute, second, microsecond}
  @callback naive_datetime_to_iso_days(year, month, day, hour, minute, second, microsecond) :: iso_days
  @callback time_from_day_fraction(day_fraction) :: {hour, minute, second, microsecond}
  @callback time_to_day_fraction(hour, minute, second, microsecond) :: day_fraction
  @callback day_rollover_relative_to_midnight_utc() :: day_fraction
  @callback valid_date?(year, month, day) :: boolean
  @callback valid_time?(hour, minute, second, microsecond) :: boolean
  @callback parse_time(String.t()) :: {:ok, {hour, minute, second, microsecond}} | {:error, atom}
  @callback parse_date(String.t()) :: {:ok, {year, month, day}} | {:error, atom}
  @callback parse_naive_datetime(String.t()) :: {:ok, {year, month, day, hour, minute, second, microsecond}} | {:error, atom}
  @callback parse_utc_datetime(String.t()) ::
              {:ok, {year, month, day, hour, minute, second, microsecond}, utc_offset} | {:error, atom}

  @doc "Whether the days of two calendars begin at one moment."
  @spec compatible_calendars?(calendar, calendar) :: boolean
  def compatible_calendars?(calendar, calendar), do: true

  def compatible_calendars?(calendar1, calendar2),
    do: calendar1.day_rollover_relative_to_midnight_utc() == calendar2.day_rollover_relative_to_midnight_utc()

  @doc "Shortens `{microsecond, precision}` to `:microsecond`, `:millisecond` or `:second`."
  @spec truncate(microsecond, :microsecond | :millisecond | :second) :: microsecond
  def truncate(microsecond, :microsecond), do: microsecond
  def truncate({microsecond, precision}, :millisecond), do: {div(microsecond, 1000) * 1000, min(precision, 3)}
  def truncate(_, :second), do: {0, 0}

  @doc "Sets the time zone database of the VM."
  @spec put_time_zone_database(time_zone_database) :: :ok
  def put_time_zone_database(database) when is_atom(database), do: :persistent_term.put({Calendar, :time_zone_database}, database)

  @doc "The time zone database of the VM."
  @spec get_time_zone_database() :: time_zone_database
  def get_time_zone_database,
    do: :persistent_term.get({Calendar, :time_zone_database}, Calendar.UTCOnlyTimeZoneDatabase)

  # -- strftime ---------------------------------------------------------------------------

  @doc """
  Formats a date, time or both by a format of `%` and letters.

      iex> Calendar.strftime(~U[2019-08-26 13:52:06.0Z], "%y-%m-%d %I:%M:%S %p")
      "19-08-26 01:52:06 PM"
  """
  @spec strftime(map, String.t(), keyword) :: String.t()
  def strftime(date_or_time_or_datetime, string_format, user_options \\ [])
      when is_map(date_or_time_or_datetime) and is_binary(string_format) do
    string_format |> literal(date_or_time_or_datetime, options(user_options), []) |> :erlang.iolist_to_binary()
  end

  @months {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
  @days {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}

  defp options(user_options) do
    defaults = %{
      preferred_date: "%Y-%m-%d",
      preferred_time: "%H:%M:%S",
      preferred_datetime: "%Y-%m-%d %H:%M:%S",
      am_pm_names: fn am_pm -> if am_pm == :am, do: "am", else: "pm" end,
      month_names: fn month -> elem(@months, month - 1) end,
      day_of_week_names: fn day -> elem(@days, day - 1) end,
      abbreviated_month_names: fn month -> :binary.part(elem(@months, month - 1), 0, 3) end,
      abbreviated_day_of_week_names: fn day -> :binary.part(elem(@days, day - 1), 0, 3) end,
      preferred_datetime_invoked: false,
      preferred_date_invoked: false,
      preferred_time_invoked: false
    }

    Enum.reduce(user_options, defaults, fn {key, value}, acc ->
      if is_map_key(acc, key),
        do: Map.put(acc, key, value),
        else: raise(ArgumentError, "unknown option #{inspect(key)} given to Calendar.strftime/3")
    end)
  end

  # The result grows backwards in `acc`.
  defp literal("", _datetime, _options, acc), do: :lists.reverse(acc)
  defp literal("%" <> rest, datetime, options, acc), do: padding(rest, datetime, options, acc)

  defp literal(<<byte, rest::binary>>, datetime, options, acc), do: literal(rest, datetime, options, [byte | acc])

  defp padding("-" <> rest, datetime, options, acc), do: width(rest, datetime, options, "", nil, acc)
  defp padding("_" <> rest, datetime, options, acc), do: width(rest, datetime, options, ?\s, nil, acc)
  defp padding("0" <> rest, datetime, options, acc), do: width(rest, datetime, options, ?0, nil, acc)
  defp padding(rest, datetime, options, acc), do: width(rest, datetime, options, nil, nil, acc)

  defp width(<<digit, rest::binary>>, datetime, options, pad, width, acc) when digit in ?0..?9,
    do: width(rest, datetime, options, pad, (width || 0) * 10 + (digit - ?0), acc)

  defp width(<<letter, rest::binary>>, datetime, options, pad, width, acc),
    do: conversion(letter, rest, datetime, options, pad || default_pad(letter), width || default_width(letter), acc)

  defp width("", _datetime, _options, _pad, _width, _acc),
    do: raise(ArgumentError, "invalid strftime format: %")

  defp default_pad(letter) when letter in 'aAbBpPZ', do: ?\s
  defp default_pad(_letter), do: ?0

  defp default_width(letter) when letter in 'dHImMSy', do: 2
  defp default_width(?j), do: 3
  defp default_width(letter) when letter in 'Yz', do: 4
  defp default_width(_letter), do: 0

  # The formats that stand for other formats.
  defp conversion(?%, rest, datetime, options, pad, width, acc),
    do: literal(rest, datetime, options, [padded("%", width, pad) | acc])

  defp conversion(letter, rest, datetime, options, pad, width, acc) when letter in 'cxX' do
    {key, flag} = preferred(letter)

    if Map.fetch!(options, flag),
      do: raise(ArgumentError, "tried to format #{key} within another #{key} format")

    # As in Elixir 1.14, the width counts pieces here, not characters.
    inner = literal(Map.fetch!(options, key), datetime, Map.put(options, flag, true), [])
    filler = if pad == "", do: "", else: :binary.copy(<<pad>>, max(width - length(inner), 0))
    literal(rest, datetime, options, [[filler | inner] | acc])
  end

  defp conversion(letter, rest, datetime, options, pad, width, acc),
    do: literal(rest, datetime, options, [field(letter, datetime, options, width, pad) | acc])

  defp preferred(?c), do: {:preferred_datetime, :preferred_datetime_invoked}
  defp preferred(?x), do: {:preferred_date, :preferred_date_invoked}
  defp preferred(?X), do: {:preferred_time, :preferred_time_invoked}

  defp field(?a, datetime, options, width, pad), do: named(options.abbreviated_day_of_week_names, weekday(datetime), width, pad)
  defp field(?A, datetime, options, width, pad), do: named(options.day_of_week_names, weekday(datetime), width, pad)
  defp field(?b, datetime, options, width, pad), do: named(options.abbreviated_month_names, datetime.month, width, pad)
  defp field(?B, datetime, options, width, pad), do: named(options.month_names, datetime.month, width, pad)
  defp field(?d, datetime, _options, width, pad), do: number(datetime.day, width, pad)
  defp field(?f, datetime, _options, _width, _pad), do: fraction(datetime.microsecond)
  defp field(?H, datetime, _options, width, pad), do: number(datetime.hour, width, pad)
  defp field(?I, datetime, _options, width, pad), do: number(rem(datetime.hour + 23, 12) + 1, width, pad)
  defp field(?j, datetime, _options, width, pad), do: number(Date.day_of_year(datetime), width, pad)
  defp field(?m, datetime, _options, width, pad), do: number(datetime.month, width, pad)
  defp field(?M, datetime, _options, width, pad), do: number(datetime.minute, width, pad)

  defp field(?p, datetime, options, width, pad),
    do: datetime |> am_pm(options) |> String.upcase() |> padded(width, pad)

  defp field(?P, datetime, options, width, pad),
    do: datetime |> am_pm(options) |> String.downcase() |> padded(width, pad)

  defp field(?q, datetime, _options, width, pad), do: number(Date.quarter_of_year(datetime), width, pad)
  defp field(?S, datetime, _options, width, pad), do: number(datetime.second, width, pad)
  defp field(?u, datetime, _options, width, pad), do: number(weekday(datetime), width, pad)
  # Elixir fills a negative year before its sign.
  defp field(?y, datetime, _options, width, pad), do: padded(:erlang.integer_to_binary(rem(datetime.year, 100)), width, pad)
  defp field(?Y, datetime, _options, width, pad), do: padded(:erlang.integer_to_binary(datetime.year), width, pad)

  defp field(?z, %{utc_offset: utc_offset, std_offset: std_offset}, _options, width, pad) do
    total = utc_offset + std_offset
    seconds = abs(total)
    digits = div(seconds, 3600) * 100 + div(rem(seconds, 3600), 60)
    [if(total < 0, do: "-", else: "+") | padded(:erlang.integer_to_binary(digits), width, pad)]
  end

  defp field(?z, _datetime, _options, _width, _pad), do: ""
  defp field(?Z, datetime, _options, width, pad), do: padded(Map.get(datetime, :zone_abbr, ""), width, pad)

  defp field(letter, _datetime, _options, _width, _pad),
    do: raise(ArgumentError, "invalid strftime format: %#{<<letter>>}")

  defp weekday(datetime), do: Date.day_of_week(datetime)
  defp am_pm(datetime, options), do: options.am_pm_names.(if(datetime.hour < 12, do: :am, else: :pm))
  defp named(names, n, width, pad), do: padded(names.(n), width, pad)

  defp number(n, width, pad) when n < 0, do: ["-" | number(-n, width, pad)]
  defp number(n, width, pad), do: padded(:erlang.integer_to_binary(n), width, pad)

  defp fraction({microsecond, precision}),
    do: :binary.part(padded(:erlang.integer_to_binary(microsecond), 6, ?0), 0, max(precision, 1))

  defp padded(text, _width, ""), do: text

  defp padded(text, width, pad) do
    missing = width - String.length(text)
    if missing > 0, do: :binary.copy(<<pad>>, missing) <> text, else: text
  end
end

defmodule Calendar.TimeZoneDatabase do
  @moduledoc "What a time zone database must do."

  @type time_zone_period :: %{
          optional(any) => any,
          utc_offset: Calendar.utc_offset(),
          std_offset: Calendar.std_offset(),
          zone_abbr: Calendar.zone_abbr()
        }
  @type time_zone_period_limit :: Calendar.naive_datetime()

  @callback time_zone_period_from_utc_iso_days(Calendar.iso_days(), Calendar.time_zone()) ::
              {:ok, time_zone_period} | {:error, :time_zone_not_found | :utc_only_time_zone_database}
  @callback time_zone_periods_from_wall_datetime(Calendar.naive_datetime(), Calendar.time_zone()) ::
              {:ok, time_zone_period}
              | {:ambiguous, time_zone_period, time_zone_period}
              | {:gap, {time_zone_period, time_zone_period_limit}, {time_zone_period, time_zone_period_limit}}
              | {:error, :time_zone_not_found | :utc_only_time_zone_database}
end

defmodule Calendar.UTCOnlyTimeZoneDatabase do
  @moduledoc "The time zone database that knows Etc/UTC alone."

  @behaviour Calendar.TimeZoneDatabase

  @impl true
  def time_zone_period_from_utc_iso_days(_, "Etc/UTC"), do: {:ok, %{std_offset: 0, utc_offset: 0, zone_abbr: "UTC"}}
  def time_zone_period_from_utc_iso_days(_, _), do: {:error, :utc_only_time_zone_database}

  @impl true
  def time_zone_periods_from_wall_datetime(_, "Etc/UTC"), do: {:ok, %{std_offset: 0, utc_offset: 0, zone_abbr: "UTC"}}
  def time_zone_periods_from_wall_datetime(_, _), do: {:error, :utc_only_time_zone_database}
end
