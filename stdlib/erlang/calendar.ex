# SPDX-License-Identifier: Apache-2.0
# :calendar, Erlang's dates and times as tuples. Invariant: days and seconds count from 0000-01-01 in the Gregorian calendar;
# what is no date is a function_clause or badmatch, as in Erlang.
defmodule :calendar do
  @moduledoc "Dates and times as Erlang has them."

  @epoch 62_167_219_200
  @day 86400

  # -- dates ------------------------------------------------------------------------------

  def date_to_gregorian_days({year, month, day}), do: date_to_gregorian_days(year, month, day)

  @doc "The days from 0000-01-01 to a date."
  def date_to_gregorian_days(year, month, day) when is_integer(day) and day > 0 do
    if day > last_day_of_the_month(year, month), do: :erlang.error(:if_clause)
    days_before(year) + days_before(year, month) + day - 1
  end

  defp days_before(0), do: 0

  defp days_before(year) do
    last = year - 1
    year * 365 + div(last, 4) - div(last, 100) + div(last, 400) + 1
  end

  defp days_before(year, month) do
    before = elem({0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334}, month - 1)
    if month > 2 and is_leap_year(year), do: before + 1, else: before
  end

  @doc "The date a number of days after 0000-01-01."
  def gregorian_days_to_date(days) when is_integer(days) and days >= 0 do
    year = year_of(days, div(days * 400, 146_097))
    of_year = days - days_before(year)
    month = Enum.find(12..1//-1, &(days_before(year, &1) <= of_year))
    {year, month, of_year - days_before(year, month) + 1}
  end

  # The guess is off by one at most.
  defp year_of(days, guess) do
    cond do
      days_before(guess) > days -> year_of(days, guess - 1)
      days_before(guess + 1) <= days -> year_of(days, guess + 1)
      true -> guess
    end
  end

  @doc "Whether a year of 0 or later is a leap year."
  def is_leap_year(year) when is_integer(year) and year >= 0,
    do: rem(year, 4) == 0 and (rem(year, 100) != 0 or rem(year, 400) == 0)

  @doc "The number of days in a month."
  def last_day_of_the_month(year, month) when is_integer(year) and year >= 0, do: last_day(year, month)

  defp last_day(year, 2), do: if(is_leap_year(year), do: 29, else: 28)
  defp last_day(_, month) when month in [4, 6, 9, 11], do: 30
  defp last_day(_, month) when is_integer(month) and month in 1..12, do: 31

  def day_of_the_week({year, month, day}), do: day_of_the_week(year, month, day)

  @doc "1 for Monday to 7 for Sunday."
  def day_of_the_week(year, month, day), do: rem(date_to_gregorian_days(year, month, day) + 5, 7) + 1

  def iso_week_number do
    {date, _} = local_time()
    iso_week_number(date)
  end

  @doc "The ISO year and week of a date."
  def iso_week_number({year, month, day}) do
    days = date_to_gregorian_days(year, month, day)
    start = first_week(year)

    cond do
      days < start -> {year - 1, div(days - first_week(year - 1), 7) + 1}
      days >= first_week(year + 1) -> {year + 1, 1}
      true -> {year, div(days - start, 7) + 1}
    end
  end

  # The Monday of the week that holds 4 January.
  defp first_week(year) do
    fourth = date_to_gregorian_days(year, 1, 4)
    fourth - rem(fourth + 5, 7)
  end

  def valid_date({year, month, day}), do: valid_date(year, month, day)

  @doc "Whether these are a date."
  def valid_date(year, month, day) when is_integer(year) and is_integer(month) and is_integer(day),
    do: year >= 0 and month in 1..12 and day >= 1 and day <= last_day(year, month)

  # -- times ------------------------------------------------------------------------------

  @doc "{hour, minute, second} of a number of seconds below a day."
  def seconds_to_time(seconds) when is_integer(seconds) and seconds in 0..86399,
    do: {div(seconds, 3600), div(rem(seconds, 3600), 60), rem(seconds, 60)}

  @doc "{days, time} of a number of seconds."
  def seconds_to_daystime(seconds) when is_integer(seconds),
    do: {Integer.floor_div(seconds, @day), seconds_to_time(Integer.mod(seconds, @day))}

  def time_to_seconds({hour, minute, second}) when is_integer(hour) and is_integer(minute) and is_integer(second),
    do: hour * 3600 + minute * 60 + second

  @doc "The seconds from 0000-01-01 00:00:00."
  def datetime_to_gregorian_seconds({date, time}), do: @day * date_to_gregorian_days(date) + time_to_seconds(time)

  def gregorian_seconds_to_datetime(seconds) when is_integer(seconds) and seconds >= 0,
    do: {gregorian_days_to_date(div(seconds, @day)), seconds_to_time(rem(seconds, @day))}

  @doc "{days, time} from the first datetime to the second."
  def time_difference(from, to),
    do: seconds_to_daystime(datetime_to_gregorian_seconds(to) - datetime_to_gregorian_seconds(from))

  # -- here and in UTC --------------------------------------------------------------------

  def local_time, do: :erlang.localtime()
  def universal_time, do: :erlang.universaltime()
  def universal_time_to_local_time(datetime), do: :erlang.universaltime_to_localtime(datetime)
  def local_time_to_universal_time(datetime), do: :erlang.localtime_to_universaltime(datetime)
  def local_time_to_universal_time(datetime, dst), do: :erlang.localtime_to_universaltime(datetime, dst)

  @doc "The UTC datetimes that a local datetime may mean, as a list."
  def local_time_to_universal_time_dst(datetime) do
    for(dst <- [true, false], utc = :erlang.localtime_to_universaltime(datetime, dst), do: utc)
    |> Enum.uniq()
    |> Enum.filter(&(:erlang.universaltime_to_localtime(&1) == datetime))
  end

  def now_to_universal_time(now), do: now_to_datetime(now)
  def now_to_local_time(now), do: now |> now_to_datetime() |> universal_time_to_local_time()

  def now_to_datetime({mega, seconds, _micro}), do: gregorian_seconds_to_datetime(mega * 1_000_000 + seconds + @epoch)

  @doc "A system time as a UTC datetime."
  def system_time_to_universal_time(time, unit),
    do: gregorian_seconds_to_datetime(:erlang.convert_time_unit(time, unit, :second) + @epoch)

  def system_time_to_local_time(time, unit), do: time |> system_time_to_universal_time(unit) |> universal_time_to_local_time()

  # -- RFC 3339 ---------------------------------------------------------------------------

  def system_time_to_rfc3339(time), do: system_time_to_rfc3339(time, [])

  @doc "A system time as text; options unit, time_designator, offset."
  def system_time_to_rfc3339(time, options) do
    unit = Keyword.get(options, :unit, :second)
    parts = :erlang.convert_time_unit(1, :second, unit)
    {offset, shown} = offset(Keyword.get(options, :offset, ""), time, unit)
    seconds = :erlang.convert_time_unit(time, unit, :second)
    {{year, month, day}, {hour, minute, second}} = gregorian_seconds_to_datetime(seconds + offset + @epoch)
    date = Enum.map_join([{year, 4}, {month, 2}, {day, 2}], "-", &padded/1)
    clock = Enum.map_join([{hour, 2}, {minute, 2}, {second, 2}], ":", &padded/1)
    fraction = if parts > 1, do: "." <> padded({Integer.mod(time, parts), length(:erlang.integer_to_list(parts)) - 1}), else: ""
    to_charlist(date <> <<Keyword.get(options, :time_designator, ?T)::utf8>> <> clock <> fraction <> shown)
  end

  defp padded({n, width}), do: String.pad_leading(:erlang.integer_to_binary(n), width, "0")

  defp offset(zone, _time, _unit) when zone in [~c"Z", "Z", ~c"z", "z"], do: {0, to_string(zone)}

  defp offset(empty, time, unit) when empty in ["", []] do
    utc = system_time_to_universal_time(time, unit)
    seconds = datetime_to_gregorian_seconds(universal_time_to_local_time(utc)) - datetime_to_gregorian_seconds(utc)
    {seconds, shown_offset(seconds)}
  end

  defp offset(amount, _time, unit) when is_integer(amount) do
    seconds = :erlang.convert_time_unit(amount, unit, :second)
    {seconds, shown_offset(seconds)}
  end

  defp offset([sign | _] = text, _time, _unit) when sign in [?+, ?-], do: {read_offset(to_string(text)), to_string(text)}
  defp offset(text, _time, _unit), do: {read_offset(text), text}

  defp shown_offset(seconds) do
    sign = if seconds < 0, do: "-", else: "+"
    seconds = abs(seconds)
    sign <> padded({div(seconds, 3600), 2}) <> ":" <> padded({div(rem(seconds, 3600), 60), 2})
  end

  defp read_offset(<<sign, hour::binary-2, ?:, minute::binary-2>>) when sign in [?+, ?-] do
    seconds = :erlang.binary_to_integer(hour) * 3600 + :erlang.binary_to_integer(minute) * 60
    if sign == ?-, do: -seconds, else: seconds
  end

  defp read_offset(zone) when zone in ["Z", "z"], do: 0

  def rfc3339_to_system_time(text), do: rfc3339_to_system_time(text, [])

  @doc "The system time of a text; option unit."
  def rfc3339_to_system_time(text, options) do
    unit = Keyword.get(options, :unit, :second)
    string = to_string(text)

    with <<year::binary-4, ?-, month::binary-2, ?-, day::binary-2, separator, hour::binary-2, ?:, minute::binary-2, ?:,
           second::binary-2, rest::binary>> <- string,
         true <- separator in [?T, ?t, ?\s] do
      [year, month, day, hour, minute, second] =
        Enum.map([year, month, day, hour, minute, second], &:erlang.binary_to_integer/1)

      {nanoseconds, zone} = fraction(rest)
      seconds = datetime_to_gregorian_seconds({{year, month, day}, {hour, minute, second}}) - @epoch - read_offset(zone)
      :erlang.convert_time_unit(seconds * 1_000_000_000 + nanoseconds, :nanosecond, unit)
    else
      _ -> :erlang.error(:badarg)
    end
  end

  defp fraction("." <> rest) do
    {digits, zone} = Enum.split_while(to_charlist(rest), &(&1 in ?0..?9))
    {digits |> Enum.concat(~c"000000000") |> Enum.take(9) |> :erlang.list_to_integer(), to_string(zone)}
  end

  defp fraction(zone), do: {0, zone}
end
