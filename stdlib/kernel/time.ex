# SPDX-License-Identifier: Apache-2.0
# Time: an hour, a minute, a second and its fraction. Invariant: functions accept any map with those keys and a calendar;
# microsecond is {value, digits shown}.
defmodule Time do
  @moduledoc "Times of day."

  @enforce_keys [:hour, :minute, :second]
  defstruct [:hour, :minute, :second, microsecond: {0, 0}, calendar: Calendar.ISO]

  @day_microseconds 86_400_000_000

  @type t :: %__MODULE__{
          hour: Calendar.hour(),
          minute: Calendar.minute(),
          second: Calendar.second(),
          microsecond: Calendar.microsecond(),
          calendar: Calendar.calendar()
        }

  # -- making -----------------------------------------------------------------------------

  @doc "The time in UTC now."
  @spec utc_now(Calendar.calendar()) :: t
  def utc_now(calendar \\ Calendar.ISO) do
    {:ok, _, {hour, minute, second}, microsecond} = Calendar.ISO.from_unix(System.os_time(), :native)
    iso = %Time{hour: hour, minute: minute, second: second, microsecond: microsecond}
    if calendar == Calendar.ISO, do: iso, else: convert!(iso, calendar)
  end

  @doc """
  A time of its parts: `{:ok, time}` or `{:error, :invalid_time}`.

      iex> Time.new(23, 59, 59, {5000, 4})
      {:ok, ~T[23:59:59.0050]}
  """
  @spec new(Calendar.hour(), Calendar.minute(), Calendar.second(), Calendar.microsecond() | non_neg_integer, Calendar.calendar()) ::
          {:ok, t} | {:error, atom}
  def new(hour, minute, second, microsecond \\ {0, 0}, calendar \\ Calendar.ISO)

  def new(hour, minute, second, microsecond, calendar) when is_integer(microsecond),
    do: new(hour, minute, second, {microsecond, 6}, calendar)

  def new(hour, minute, second, {us, precision}, calendar)
      when is_integer(hour) and is_integer(minute) and is_integer(second) and is_integer(us) and is_integer(precision) do
    if calendar.valid_time?(hour, minute, second, {us, precision}) do
      {:ok, %Time{hour: hour, minute: minute, second: second, microsecond: {us, precision}, calendar: calendar}}
    else
      {:error, :invalid_time}
    end
  end

  @doc "As `new/5`; raises on parts that are no time."
  @spec new!(Calendar.hour(), Calendar.minute(), Calendar.second(), Calendar.microsecond() | non_neg_integer, Calendar.calendar()) :: t
  def new!(hour, minute, second, microsecond \\ {0, 0}, calendar \\ Calendar.ISO) do
    case new(hour, minute, second, microsecond, calendar) do
      {:ok, time} -> time
      {:error, reason} -> raise ArgumentError, "cannot build time, reason: #{inspect(reason)}"
    end
  end

  @doc """
  Parses a time in the format of ISO 8601.

      iex> Time.from_iso8601("23:50:07.123Z")
      {:ok, ~T[23:50:07.123]}
  """
  @spec from_iso8601(String.t(), Calendar.calendar()) :: {:ok, t} | {:error, atom}
  def from_iso8601(string, calendar \\ Calendar.ISO) do
    with {:ok, {hour, minute, second, microsecond}} <- Calendar.ISO.parse_time(string),
         do: convert(%Time{hour: hour, minute: minute, second: second, microsecond: microsecond}, calendar)
  end

  @doc "As `from_iso8601/2`; raises."
  @spec from_iso8601!(String.t(), Calendar.calendar()) :: t
  def from_iso8601!(string, calendar \\ Calendar.ISO) do
    case from_iso8601(string, calendar) do
      {:ok, time} -> time
      {:error, reason} -> raise ArgumentError, "cannot parse #{inspect(string)} as time, reason: #{inspect(reason)}"
    end
  end

  @doc "The time of an Erlang tuple `{hour, minute, second}`."
  @spec from_erl(:calendar.time(), Calendar.microsecond(), Calendar.calendar()) :: {:ok, t} | {:error, atom}
  def from_erl(tuple, microsecond \\ {0, 0}, calendar \\ Calendar.ISO)

  def from_erl({hour, minute, second}, microsecond, calendar),
    do: with({:ok, time} <- new(hour, minute, second, microsecond, Calendar.ISO), do: convert(time, calendar))

  @doc "As `from_erl/3`; raises."
  @spec from_erl!(:calendar.time(), Calendar.microsecond(), Calendar.calendar()) :: t
  def from_erl!(tuple, microsecond \\ {0, 0}, calendar \\ Calendar.ISO) do
    case from_erl(tuple, microsecond, calendar) do
      {:ok, time} -> time
      {:error, reason} -> raise ArgumentError, "cannot convert #{inspect(tuple)} to time, reason: #{inspect(reason)}"
    end
  end

  @doc "The time a number of seconds after midnight."
  @spec from_seconds_after_midnight(integer, Calendar.microsecond(), Calendar.calendar()) :: t
  def from_seconds_after_midnight(seconds, microsecond \\ {0, 0}, calendar \\ Calendar.ISO) when is_integer(seconds) do
    {:ok, time} =
      seconds |> Integer.mod(86400) |> of_day(86400, microsecond) |> convert(calendar)

    time
  end

  defp of_day(parts, per_day, microsecond) do
    {hour, minute, second, _} = Calendar.ISO.time_from_day_fraction({parts, per_day})
    %Time{hour: hour, minute: minute, second: second, microsecond: microsecond}
  end

  # -- to other forms ---------------------------------------------------------------------

  @doc "A time as text."
  @spec to_string(Calendar.time()) :: String.t()
  def to_string(time)

  def to_string(%{hour: hour, minute: minute, second: second, microsecond: microsecond, calendar: calendar}),
    do: calendar.time_to_string(hour, minute, second, microsecond)

  @doc """
  A time in the format of ISO 8601, `:extended` or `:basic`.

      iex> Time.to_iso8601(~T[23:00:13.005], :basic)
      "230013.005"
  """
  @spec to_iso8601(Calendar.time(), :extended | :basic) :: String.t()
  def to_iso8601(time, format \\ :extended)

  def to_iso8601(%{calendar: Calendar.ISO} = time, format) when format in [:extended, :basic] do
    %{hour: hour, minute: minute, second: second, microsecond: microsecond} = time
    Calendar.ISO.time_to_string(hour, minute, second, microsecond, format)
  end

  def to_iso8601(%{calendar: _} = time, format) when format in [:extended, :basic],
    do: time |> convert!(Calendar.ISO) |> to_iso8601(format)

  @doc "A time as an Erlang tuple, without its fraction."
  @spec to_erl(Calendar.time()) :: :calendar.time()
  def to_erl(time) do
    %{hour: hour, minute: minute, second: second} = convert!(time, Calendar.ISO)
    {hour, minute, second}
  end

  @doc "The seconds since midnight and the microseconds beyond."
  @spec to_seconds_after_midnight(Calendar.time()) :: {integer, non_neg_integer}
  def to_seconds_after_midnight(%{microsecond: {microsecond, _}} = time) do
    iso_days = {0, to_day_fraction(time)}
    {Calendar.ISO.iso_days_to_unit(iso_days, :second), microsecond}
  end

  @doc "A time in another calendar."
  @spec convert(Calendar.time(), Calendar.calendar()) :: {:ok, t} | {:error, atom}
  def convert(%{hour: hour, minute: minute, second: second, microsecond: microsecond, calendar: calendar}, calendar),
    do: {:ok, %Time{hour: hour, minute: minute, second: second, microsecond: microsecond, calendar: calendar}}

  def convert(%{microsecond: {_, precision}} = time, calendar) do
    {hour, minute, second, {microsecond, _}} = time |> to_day_fraction() |> calendar.time_from_day_fraction()
    {:ok, %Time{hour: hour, minute: minute, second: second, microsecond: {microsecond, precision}, calendar: calendar}}
  end

  @doc "As `convert/2`; raises."
  @spec convert!(Calendar.time(), Calendar.calendar()) :: t
  def convert!(time, calendar) do
    case convert(time, calendar) do
      {:ok, time} ->
        time

      {:error, reason} ->
        raise ArgumentError, "cannot convert #{inspect(time)} to target calendar #{inspect(calendar)}, reason: #{inspect(reason)}"
    end
  end

  defp to_day_fraction(%{hour: hour, minute: minute, second: second, microsecond: {_, _} = microsecond, calendar: calendar}),
    do: calendar.time_to_day_fraction(hour, minute, second, microsecond)

  defp in_microseconds(time) do
    case to_day_fraction(time) do
      {parts, @day_microseconds} -> parts
      {parts, per_day} -> div(parts * @day_microseconds, per_day)
    end
  end

  # -- computing --------------------------------------------------------------------------

  @doc """
  The time after an amount of a unit, around the clock.

      iex> Time.add(~T[23:00:05], 2, :hour)
      ~T[01:00:05]
  """
  @spec add(Calendar.time(), integer, :hour | :minute | System.time_unit()) :: t
  def add(time, amount, unit \\ :second)
  def add(time, amount, :hour) when is_integer(amount), do: add(time, amount * 3600, :second)
  def add(time, amount, :minute) when is_integer(amount), do: add(time, amount * 60, :second)

  def add(%{calendar: calendar, microsecond: {_, precision}} = time, amount, unit) when is_integer(amount) do
    total = in_microseconds(time) + System.convert_time_unit(amount, unit, :microsecond)
    parts = Integer.mod(total, @day_microseconds)
    {hour, minute, second, {microsecond, _}} = calendar.time_from_day_fraction({parts, @day_microseconds})
    %Time{hour: hour, minute: minute, second: second, microsecond: {microsecond, precision}, calendar: calendar}
  end

  @doc """
  Compares two times: `:lt`, `:eq` or `:gt`.

      iex> Time.compare(~T[16:04:16], ~T[16:04:28])
      :lt
  """
  @spec compare(Calendar.time(), Calendar.time()) :: :lt | :eq | :gt
  def compare(
        %{calendar: calendar, hour: hour1, minute: minute1, second: second1, microsecond: {us1, _}},
        %{calendar: calendar, hour: hour2, minute: minute2, second: second2, microsecond: {us2, _}}
      ),
      do: order(((hour1 * 60 + minute1) * 60 + second1) * 1_000_000 + us1, ((hour2 * 60 + minute2) * 60 + second2) * 1_000_000 + us2)

  def compare(%{calendar: calendar} = time1, %{calendar: calendar} = time2) do
    %{hour: _, minute: _, second: _, microsecond: _} = time1
    %{hour: _, minute: _, second: _, microsecond: _} = time2
    order(to_day_fraction(time1), to_day_fraction(time2))
  end

  def compare(time1, time2) do
    {parts1, per_day1} = to_day_fraction(time1)
    {parts2, per_day2} = to_day_fraction(time2)
    order(parts1 * per_day2, parts2 * per_day1)
  end

  defp order(a, b) when a < b, do: :lt
  defp order(a, b) when a > b, do: :gt
  defp order(_, _), do: :eq

  @doc """
  The time from the second to the first in a unit, by default seconds.

      iex> Time.diff(~T[00:29:12], ~T[00:29:10])
      2
  """
  @spec diff(Calendar.time(), Calendar.time(), :hour | :minute | System.time_unit()) :: integer
  def diff(time1, time2, unit \\ :second)
  def diff(time1, time2, :hour), do: div(diff(time1, time2, :second), 3600)
  def diff(time1, time2, :minute), do: div(diff(time1, time2, :second), 60)

  # Each is converted by itself.
  def diff(time1, time2, unit),
    do:
      System.convert_time_unit(in_microseconds(time1), :microsecond, unit) -
        System.convert_time_unit(in_microseconds(time2), :microsecond, unit)

  @doc "A time with fewer digits of its fraction."
  @spec truncate(t, :microsecond | :millisecond | :second) :: t
  def truncate(%Time{microsecond: microsecond} = time, precision),
    do: %{time | microsecond: Calendar.truncate(microsecond, precision)}

  defimpl String.Chars do
    def to_string(%{hour: hour, minute: minute, second: second, microsecond: microsecond, calendar: calendar}),
      do: calendar.time_to_string(hour, minute, second, microsecond)
  end

  defimpl Inspect do
    def inspect(%{hour: hour, minute: minute, second: second, microsecond: microsecond, calendar: calendar}, _),
      do: "~T[" <> calendar.time_to_string(hour, minute, second, microsecond) <> suffix(calendar) <> "]"

    defp suffix(Calendar.ISO), do: ""
    defp suffix(calendar), do: " " <> inspect(calendar)
  end
end
