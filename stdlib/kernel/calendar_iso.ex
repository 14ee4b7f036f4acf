# SPDX-License-Identifier: Apache-2.0
# Calendar.ISO: the proleptic Gregorian calendar of ISO 8601. Owns parsing, printing and day numbers.
#
# Invariant: days count from 0000-01-01 (day 0); "iso days" are {day, {parts, parts_per_day}} with 0 <= parts < parts_per_day;
# dates lie in years -9999..9999.
defmodule Calendar.ISO do
  @moduledoc "The calendar of ISO 8601."

  @behaviour Calendar

  @unix_epoch 62_167_219_200
  @unix_start -377_705_116_800
  @unix_end 253_402_300_799
  @day_seconds 86400
  @day_microseconds 86_400_000_000
  @first_day -3_652_059
  @weeks 3_652_061      # days that are whole weeks, and more than there are before day 0
  @last_day 3_652_424
  @formats [:basic, :extended]
  @weekdays [:monday, :tuesday, :wednesday, :thursday, :friday, :saturday, :sunday]

  @type year :: -9999..9999
  @type month :: 1..12
  @type day :: 1..31
  @type hour :: 0..23
  @type minute :: 0..59
  @type second :: 0..59
  @type weekday :: :monday | :tuesday | :wednesday | :thursday | :friday | :saturday | :sunday
  @type day_of_week :: 1..7
  @type day_of_year :: 1..366
  @type quarter_of_year :: 1..4
  @type year_of_era :: {1..10000, era}
  @type era :: 0..1
  @type microsecond :: {0..999_999, 0..6}
  @type format :: :basic | :extended
  @type utc_offset :: integer

  # -- parsing ----------------------------------------------------------------------------

  @doc "Parses a time: `{:ok, {hour, minute, second, microsecond}}` or `{:error, reason}`. An offset is checked and dropped."
  @impl true
  def parse_time(string) when is_binary(string), do: parse_time(string, :extended)

  @doc "As `parse_time/1`, in `:basic` or `:extended` format."
  def parse_time(string, format) when is_binary(string) and format in @formats do
    string = with "T" <> rest <- string, do: rest

    with {:ok, time, rest} <- read_time(string, format),
         {:ok, _offset} <- read_offset(rest) do
      checked_time(time)
    end
  end

  defp checked_time({hour, minute, second, microsecond} = time) do
    if valid_time?(hour, minute, second, microsecond), do: {:ok, time}, else: {:error, :invalid_time}
  end

  @doc """
  Parses a date: `{:ok, {year, month, day}}` or `{:error, reason}`.

      iex> Calendar.ISO.parse_date("2015-01-23")
      {:ok, {2015, 1, 23}}
  """
  @impl true
  def parse_date(string) when is_binary(string), do: parse_date(string, :extended)

  @doc "As `parse_date/1`, in `:basic` or `:extended` format."
  def parse_date(string, format) when is_binary(string) and format in @formats do
    case read_date(string, format) do
      {:ok, date, ""} -> checked_date(date)
      _ -> {:error, :invalid_format}
    end
  end

  defp checked_date({year, month, day} = date) do
    if valid_date?(year, month, day), do: {:ok, date}, else: {:error, :invalid_date}
  end

  @doc "Parses a date with a time: `{:ok, {year, month, day, hour, minute, second, microsecond}}` or `{:error, reason}`."
  @impl true
  def parse_naive_datetime(string) when is_binary(string), do: parse_naive_datetime(string, :extended)

  @doc "As `parse_naive_datetime/1`, in `:basic` or `:extended` format."
  def parse_naive_datetime(string, format) when is_binary(string) and format in @formats do
    with {:ok, date, time, _offset} <- read_datetime(string, format), do: joined(date, time)
  end

  defp joined(date, time) do
    with {:ok, {year, month, day}} <- checked_date(date),
         {:ok, {hour, minute, second, microsecond}} <- checked_time(time),
         do: {:ok, {year, month, day, hour, minute, second, microsecond}}
  end

  @doc "Parses a date and time with an offset: `{:ok, datetime in UTC, offset in seconds}` or `{:error, reason}`."
  @impl true
  def parse_utc_datetime(string) when is_binary(string), do: parse_utc_datetime(string, :extended)

  @doc "As `parse_utc_datetime/1`, in `:basic` or `:extended` format."
  def parse_utc_datetime(string, format) when is_binary(string) and format in @formats do
    with {:ok, date, time, offset} <- read_datetime(string, format),
         {:ok, {year, month, day, hour, minute, second, {_, precision} = microsecond} = datetime} <- joined(date, time) do
      case offset do
        nil ->
          {:error, :missing_offset}

        0 ->
          {:ok, datetime, 0}

        offset ->
          days = naive_datetime_to_iso_days(year, month, day, hour, minute, second, microsecond)

          {year, month, day, hour, minute, second, {microsecond, _}} =
            days |> add_day_fraction_to_iso_days(-offset, @day_seconds) |> naive_datetime_from_iso_days()

          {:ok, {year, month, day, hour, minute, second, {microsecond, precision}}, offset}
      end
    end
  end

  defguardp are_digits(a, b) when a in ?0..?9 and b in ?0..?9
  defguardp are_digits(a, b, c, d) when are_digits(a, b) and are_digits(c, d)

  defp read_datetime(string, format) do
    with {:ok, date, <<separator, rest::binary>>} when separator in [?T, ?\s] <- read_date(string, format),
         {:ok, time, rest} <- read_time(rest, format),
         {:ok, offset} <- read_offset(rest) do
      {:ok, date, time, offset}
    else
      _ -> {:error, :invalid_format}
    end
  end

  defp read_date("-" <> rest, format), do: read_date(rest, -1, format)
  defp read_date("+" <> rest, format), do: read_date(rest, 1, format)
  defp read_date(string, format), do: read_date(string, 1, format)

  defp read_date(<<a, b, c, d, ?-, e, f, ?-, g, h, rest::binary>>, sign, :extended) when are_digits(a, b, c, d) and are_digits(e, f, g, h),
    do: {:ok, {sign * (number(a, b) * 100 + number(c, d)), number(e, f), number(g, h)}, rest}

  defp read_date(<<a, b, c, d, e, f, g, h, rest::binary>>, sign, :basic) when are_digits(a, b, c, d) and are_digits(e, f, g, h),
    do: {:ok, {sign * (number(a, b) * 100 + number(c, d)), number(e, f), number(g, h)}, rest}

  defp read_date(_, _, _), do: {:error, :invalid_format}

  defp read_time(<<a, b, ?:, c, d, ?:, e, f, rest::binary>>, :extended) when are_digits(a, b, c, d) and are_digits(e, f),
    do: with_fraction(number(a, b), number(c, d), number(e, f), read_fraction(rest))

  defp read_time(<<a, b, c, d, e, f, rest::binary>>, :basic) when are_digits(a, b, c, d) and are_digits(e, f),
    do: with_fraction(number(a, b), number(c, d), number(e, f), read_fraction(rest))

  defp read_time(_, _), do: {:error, :invalid_format}

  defp with_fraction(hour, minute, second, {:ok, microsecond, rest}), do: {:ok, {hour, minute, second, microsecond}, rest}
  defp with_fraction(_hour, _minute, _second, :error), do: {:error, :invalid_format}

  defp number(tens, ones), do: tens * 10 + ones - ?0 * 11

  defp read_fraction(<<point, char, rest::binary>>) when point in [?., ?,] and char in ?0..?9,
    do: read_fraction(rest, char - ?0, 1)

  defp read_fraction(<<point, _::binary>>) when point in [?., ?,], do: :error
  defp read_fraction(rest), do: {:ok, {0, 0}, rest}

  defp read_fraction(<<char, rest::binary>>, n, 6) when char in ?0..?9, do: read_fraction(rest, n, 6)

  defp read_fraction(<<char, rest::binary>>, n, count) when char in ?0..?9,
    do: read_fraction(rest, n * 10 + char - ?0, count + 1)

  defp read_fraction(rest, n, count), do: {:ok, {n * scale_factor(count), count}, rest}

  # An offset in seconds; nil if there is none. It may have a colon or not, whatever the format.
  defp read_offset(""), do: {:ok, nil}
  defp read_offset("Z"), do: {:ok, 0}
  defp read_offset("-00:00"), do: {:error, :invalid_format}
  defp read_offset("+" <> rest), do: read_offset(rest, 1)
  defp read_offset("-" <> rest), do: read_offset(rest, -1)
  defp read_offset(_), do: {:error, :invalid_format}

  defp read_offset(<<a, b, ?:, c, d>>, sign) when are_digits(a, b, c, d), do: offset(number(a, b), number(c, d), sign)
  defp read_offset(<<a, b, c, d>>, sign) when are_digits(a, b, c, d), do: offset(number(a, b), number(c, d), sign)
  defp read_offset(<<a, b>>, sign) when are_digits(a, b), do: offset(number(a, b), 0, sign)
  defp read_offset(_, _), do: {:error, :invalid_format}

  defp offset(hour, minute, sign) when hour <= 23 and minute <= 59, do: {:ok, sign * (hour * 60 + minute) * 60}
  defp offset(_, _, _), do: {:error, :invalid_format}

  # -- day numbers ------------------------------------------------------------------------

  @doc "The iso days of a date and time."
  @impl true
  def naive_datetime_to_iso_days(year, month, day, hour, minute, second, microsecond),
    do: {date_to_iso_days(year, month, day), time_to_day_fraction(hour, minute, second, microsecond)}

  @doc "The date and time of iso days."
  @impl true
  def naive_datetime_from_iso_days({days, fraction}) do
    {year, month, day} = date_from_iso_days(days)
    {hour, minute, second, microsecond} = time_from_day_fraction(fraction)
    {year, month, day, hour, minute, second, microsecond}
  end

  @doc "The part of a day that has passed at a time."
  @impl true
  def time_to_day_fraction(0, 0, 0, {0, _}), do: {0, @day_microseconds}

  def time_to_day_fraction(hour, minute, second, {microsecond, _}),
    do: {((hour * 60 + minute) * 60 + second) * 1_000_000 + microsecond, @day_microseconds}

  @doc """
  The time at a part of a day.

      iex> Calendar.ISO.time_from_day_fraction({1, 2})
      {12, 0, 0, {0, 6}}
  """
  @impl true
  def time_from_day_fraction({0, _}), do: {0, 0, 0, {0, 6}}

  def time_from_day_fraction({total, @day_microseconds}) do
    {hour, minute, second} = clock(Integer.floor_div(total, 1_000_000))
    {hour, minute, second, {Integer.mod(total, 1_000_000), 6}}
  end

  def time_from_day_fraction({parts, per_day}),
    do: time_from_day_fraction({div(parts * @day_microseconds, per_day), @day_microseconds})

  @doc false
  # Days of the months run from March, so that the leap day is the last of its year.
  def date_to_iso_days(0, 1, 1), do: 0
  def date_to_iso_days(1970, 1, 1), do: 719_528

  def date_to_iso_days(year, month, day) do
    ensure_day_in_month!(year, month, day)
    days_before_year(year) + days_before_month(year, month) + day - 1
  end

  @doc false
  def date_from_iso_days(days) when days in @first_day..@last_day do
    # March-based: the cycle of 400 years has 146097 days.
    shifted = days - 60
    cycle = Integer.floor_div(shifted, 146_097)
    in_cycle = shifted - cycle * 146_097
    years = div(in_cycle - div(in_cycle, 1460) + div(in_cycle, 36524) - div(in_cycle, 146_096), 365)
    in_year = in_cycle - (365 * years + div(years, 4) - div(years, 100))
    march_month = div(5 * in_year + 2, 153)
    day = in_year - div(153 * march_month + 2, 5) + 1
    month = if march_month < 10, do: march_month + 3, else: march_month - 9
    year = years + cycle * 400
    {if(month <= 2, do: year + 1, else: year), month, day}
  end

  defp days_before_year(year) do
    last = year + 9999      # counted from 25 cycles of 400 years earlier, where no year is negative
    365 * year + div(last, 4) - div(last, 100) + div(last, 400) - 25 * 97 + 1
  end

  defp days_before_month(year, month) do
    before = elem({0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334}, month - 1)
    if month > 2 and leap_year?(year), do: before + 1, else: before
  end

  @doc false
  def add_day_fraction_to_iso_days({days, {parts, per_day}}, add, per_day), do: normalized(days, parts + add, per_day)

  def add_day_fraction_to_iso_days({days, {parts, per_day}}, add, add_per_day) do
    parts = parts * add_per_day + add * per_day
    gcd = Integer.gcd(per_day, add_per_day)
    normalized(days, div(parts, gcd), div(per_day * add_per_day, gcd))
  end

  defp normalized(days, parts, per_day) when parts >= 0 and parts < per_day, do: {days, {parts, per_day}}

  defp normalized(days, parts, per_day),
    do: {days + Integer.floor_div(parts, per_day), {Integer.mod(parts, per_day), per_day}}

  @doc false
  def iso_days_to_unit({days, {parts, per_day}}, unit),
    do: System.convert_time_unit(days * @day_microseconds + in_microseconds(parts, per_day), :microsecond, unit)

  defp in_microseconds(parts, @day_microseconds), do: parts
  defp in_microseconds(parts, per_day), do: Integer.floor_div(parts * @day_microseconds, per_day)

  # -- facts about years, months and days -------------------------------------------------

  @doc """
  Number of days in a month.

      iex> Calendar.ISO.days_in_month(1900, 2)
      28
  """
  @impl true
  def days_in_month(year, month)
  def days_in_month(year, 2) when year in -9999..9999, do: if(leap_year?(year), do: 29, else: 28)
  def days_in_month(year, month) when year in -9999..9999 and month in [4, 6, 9, 11], do: 30
  def days_in_month(year, month) when year in -9999..9999 and month in 1..12, do: 31

  @doc "Number of months in a year: 12."
  @impl true
  def months_in_year(year) when is_integer(year) and year in -9999..9999, do: 12

  @doc """
  Whether a year is a leap year.

      iex> Calendar.ISO.leap_year?(1900)
      false
  """
  @impl true
  def leap_year?(year) when is_integer(year) and year in -9999..9999,
    do: rem(year, 4) === 0 and (rem(year, 100) !== 0 or rem(year, 400) === 0)

  @doc "Day of the week with the first and last day of a week, counted from `starting_on`."
  @impl true
  def day_of_week(year, month, day, starting_on) do
    days = date_to_iso_days(year, month, day)
    {rem(days + 5 - day_of_week_offset(starting_on) + @weeks, 7) + 1, 1, 7}
  end

  @doc false
  def weekday_offset(starting_on), do: day_of_week_offset(starting_on)

  defp day_of_week_offset(:default), do: 0

  for {day, offset} <- Enum.with_index(@weekdays) do
    defp day_of_week_offset(unquote(day)), do: unquote(offset)
  end

  @doc "Day of the year, from 1."
  @impl true
  def day_of_year(year, month, day) do
    ensure_day_in_month!(year, month, day)
    days_before_month(year, month) + day
  end

  defp ensure_day_in_month!(year, month, day) when day in 1..28 and month in 1..12 and year in -9999..9999, do: :ok

  defp ensure_day_in_month!(year, month, day) when is_integer(day) do
    if day < 1 or day > days_in_month(year, month), do: raise(ArgumentError, "invalid date: #{date_to_string(year, month, day)}")
  end

  @doc "Quarter of the year, from 1."
  @impl true
  def quarter_of_year(year, month, day) when year in -9999..9999 and month in 1..12 and day in 1..31,
    do: div(month - 1, 3) + 1

  @doc false
  def year_of_era(year) when year in 1..9999, do: {year, 1}
  def year_of_era(year) when year in -9999..0, do: {abs(year) + 1, 0}

  @doc "Year and era (0: before year 1) of a date."
  @impl true
  def year_of_era(year, _month, _day), do: year_of_era(year)

  @doc "Day and era of a date."
  @impl true
  def day_of_era(year, month, day) when year in 1..9999, do: {date_to_iso_days(year, month, day) - 366 + 1, 1}
  def day_of_era(year, month, day) when year in -9999..0, do: {366 - date_to_iso_days(year, month, day), 0}

  @doc "Whether these are a date."
  @impl true
  def valid_date?(year, month, day) when is_integer(year) and is_integer(month) and is_integer(day),
    do: month in 1..12 and year in -9999..9999 and day in 1..days_in_month(year, month)

  @doc "Whether these are a time."
  @impl true
  def valid_time?(hour, minute, second, {microsecond, precision})
      when is_integer(hour) and is_integer(minute) and is_integer(second) and is_integer(microsecond) and
             is_integer(precision),
      do:
        hour in 0..23 and minute in 0..59 and second in 0..59 and microsecond in 0..999_999 and precision in 0..6

  @doc "Days roll over at midnight."
  @impl true
  def day_rollover_relative_to_midnight_utc, do: {0, 1}

  # -- printing ---------------------------------------------------------------------------

  @doc """
  A time as text.

      iex> Calendar.ISO.time_to_string(2, 2, 2, {2, 6})
      "02:02:02.000002"
  """
  @impl true
  def time_to_string(hour, minute, second, microsecond, format \\ :extended)

  def time_to_string(hour, minute, second, {us, precision} = microsecond, format)
      when hour in 0..23 and minute in 0..59 and second in 0..59 and us in 0..999_999 and precision in 0..6 and
             format in @formats do
    separator = if format == :extended, do: ":", else: ""
    pad(hour, 2) <> separator <> pad(minute, 2) <> separator <> pad(second, 2) <> fraction(microsecond)
  end

  defp fraction({_, 0}), do: ""
  defp fraction({us, precision}), do: "." <> pad(div(us, scale_factor(precision)), precision)

  @doc "A date as text."
  @impl true
  def date_to_string(year, month, day, format \\ :extended)

  def date_to_string(year, month, day, :extended)
      when is_integer(year) and is_integer(month) and is_integer(day),
      do: pad(year, 4) <> "-" <> pad(month, 2) <> "-" <> pad(day, 2)

  def date_to_string(year, month, day, :basic) when is_integer(year) and is_integer(month) and is_integer(day),
    do: pad(year, 4) <> pad(month, 2) <> pad(day, 2)

  @doc "A date and time as text."
  @impl true
  def naive_datetime_to_string(year, month, day, hour, minute, second, microsecond, format \\ :extended)
      when format in @formats,
      do: date_to_string(year, month, day, format) <> " " <> time_to_string(hour, minute, second, microsecond, format)

  @doc "A date and time in a time zone as text."
  @impl true
  def datetime_to_string(
        year,
        month,
        day,
        hour,
        minute,
        second,
        microsecond,
        time_zone,
        zone_abbr,
        utc_offset,
        std_offset,
        format \\ :extended
      )
      when is_binary(time_zone) and is_binary(zone_abbr) and is_integer(utc_offset) and is_integer(std_offset) and
             format in @formats do
    naive_datetime_to_string(year, month, day, hour, minute, second, microsecond, format) <>
      offset_to_string(utc_offset, std_offset, time_zone, format) <> zone_to_string(utc_offset, std_offset, zone_abbr, time_zone)
  end

  @doc false
  def offset_to_string(utc, std, zone, format \\ :extended)
  def offset_to_string(0, 0, "Etc/UTC", _format), do: "Z"

  def offset_to_string(utc, std, _zone, format) do
    total = utc + std
    seconds = abs(total)
    separator = if format == :extended, do: ":", else: ""
    sign = if total < 0, do: "-", else: "+"
    sign <> pad(div(seconds, 3600), 2) <> separator <> pad(div(rem(seconds, 3600), 60), 2)
  end

  defp zone_to_string(_utc, _std, _abbr, "Etc/UTC"), do: ""
  defp zone_to_string(_utc, _std, abbr, zone), do: " " <> abbr <> " " <> zone

  defp pad(n, width) when n < 0, do: "-" <> pad(-n, width)

  defp pad(n, width) do
    text = :erlang.integer_to_binary(n)
    if byte_size(text) >= width, do: text, else: :binary.copy("0", width - byte_size(text)) <> text
  end

  # -- units ------------------------------------------------------------------------------

  # What a fraction of so many digits is multiplied by to give microseconds.
  defp scale_factor(precision), do: elem({1_000_000, 100_000, 10_000, 1000, 100, 10, 1}, precision)

  @doc false
  def from_unix(integer, unit) when is_integer(integer) do
    total = System.convert_time_unit(integer, unit, :microsecond)
    seconds = Integer.floor_div(total, 1_000_000)

    if seconds in @unix_start..@unix_end do
      seconds = seconds + @unix_epoch
      {hour, minute, second} = clock(Integer.mod(seconds, @day_seconds))
      date = date_from_iso_days(Integer.floor_div(seconds, @day_seconds))
      {:ok, date, {hour, minute, second}, {Integer.mod(total, 1_000_000), precision_for_unit(unit)}}
    else
      {:error, :invalid_unix_time}
    end
  end

  # Of the seconds of a day, which may be too few or too many.
  defp clock(seconds) when seconds >= 0, do: {div(seconds, 3600), div(rem(seconds, 3600), 60), rem(seconds, 60)}
  defp clock(seconds), do: {Integer.floor_div(seconds, 3600), div(Integer.mod(seconds, 3600), 60), Integer.mod(seconds, 60)}

  @doc false
  def time_unit_to_precision(unit), do: precision_for_unit(unit)

  defp precision_for_unit(unit) do
    case System.convert_time_unit(1, :second, unit) do
      1 -> 0
      10 -> 1
      100 -> 2
      1000 -> 3
      10_000 -> 4
      100_000 -> 5
      _ -> 6
    end
  end
end
