# Wall clock times that are twice or never, in a zone database of one's own.
defmodule Zones do
  @behaviour Calendar.TimeZoneDatabase
  @summer %{utc_offset: 0, std_offset: 3600, zone_abbr: "S"}
  @winter %{utc_offset: 0, std_offset: 0, zone_abbr: "W"}

  def time_zone_period_from_utc_iso_days(_, _), do: {:ok, @winter}

  def time_zone_periods_from_wall_datetime(%{hour: 1}, _), do: {:ambiguous, @summer, @winter}

  def time_zone_periods_from_wall_datetime(%{hour: 2}, _),
    do: {:gap, {@winter, ~N[2020-01-01 02:00:00]}, {@summer, ~N[2020-01-01 03:00:00]}}

  def time_zone_periods_from_wall_datetime(%{hour: 3}, _), do: {:error, :time_zone_not_found}
  def time_zone_periods_from_wall_datetime(_, _), do: {:ok, @winter}
end

told = fn fun ->
  try do
    fun.()
  rescue
    e in ArgumentError -> e.message
  end
end

for time <- [~T[00:00:00], ~T[01:00:00], ~T[02:00:00.123], ~T[03:00:00]] do
  naive = NaiveDateTime.new!(~D[2020-01-01], time)
  IO.inspect(DateTime.from_naive(naive, "A/B", Zones))
  IO.inspect(told.(fn -> DateTime.new!(~D[2020-01-01], time, "A/B", Zones) end))
  IO.inspect(told.(fn -> DateTime.from_naive!(naive, "A/B", Zones) end))
end
# => {:ok, #DateTime<2020-01-01 00:00:00+00:00 W A/B>}
# => #DateTime<2020-01-01 00:00:00+00:00 W A/B>
# => #DateTime<2020-01-01 00:00:00+00:00 W A/B>
# => {:ambiguous, #DateTime<2020-01-01 01:00:00+01:00 S A/B>,
# =>  #DateTime<2020-01-01 01:00:00+00:00 W A/B>}
# => "cannot build datetime with ~D[2020-01-01] and ~T[01:00:00] because such instant is ambiguous in time zone A/B as there is an overlap between #DateTime<2020-01-01 01:00:00+01:00 S A/B> and #DateTime<2020-01-01 01:00:00+00:00 W A/B>"
# => "cannot convert ~N[2020-01-01 01:00:00] to datetime because such instant is ambiguous in time zone A/B as there is an overlap between #DateTime<2020-01-01 01:00:00+01:00 S A/B> and #DateTime<2020-01-01 01:00:00+00:00 W A/B>"
# => {:gap, #DateTime<2020-01-01 01:59:59.999999+00:00 W A/B>,
# =>  #DateTime<2020-01-01 03:00:00+01:00 S A/B>}
# => "cannot build datetime with ~D[2020-01-01] and ~T[02:00:00.123] because such instant does not exist in time zone A/B as there is a gap between #DateTime<2020-01-01 01:59:59.999999+00:00 W A/B> and #DateTime<2020-01-01 03:00:00+01:00 S A/B>"
# => "cannot convert ~N[2020-01-01 02:00:00.123] to datetime because such instant does not exist in time zone A/B as there is a gap between #DateTime<2020-01-01 01:59:59.999999+00:00 W A/B> and #DateTime<2020-01-01 03:00:00+01:00 S A/B>"
# => {:error, :time_zone_not_found}
# => "cannot build datetime with ~D[2020-01-01] and ~T[03:00:00], reason: :time_zone_not_found"
# => "cannot convert ~N[2020-01-01 03:00:00] to datetime, reason: :time_zone_not_found"
