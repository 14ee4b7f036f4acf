# Days before the year 0, offsets, and datetimes whose fractions of the day differ.
dates = [{-9999, 1, 1}, {-401, 3, 1}, {-400, 2, 29}, {-1, 12, 31}, {0, 1, 1}, {1900, 3, 1}, {9999, 12, 31}]
IO.inspect(Enum.map(dates, &Date.to_gregorian_days(Date.from_erl!(&1))))
IO.inspect((for d <- [~D[-0001-12-31], ~D[0000-01-01], ~D[2024-02-29]], do: {Date.day_of_week(d), Date.day_of_year(d), Date.diff(d, ~D[2000-01-01])}))
IO.inspect((for s <- ["2020-01-02T03:04:05.123+01:30", "2020-01-02 03:04:05,12-0130"], do: DateTime.from_iso8601(s)))
IO.inspect((for s <- ["05+24:00", "05.Z", "0aZ", "05"], do: DateTime.from_iso8601("2020-01-02 03:04:" <> s) |> elem(1)))
IO.inspect({NaiveDateTime.from_iso8601("-0001-01-02 03:04:05"), Time.from_iso8601("23:59:5"), Date.from_iso8601("202x-01-01")})
IO.inspect((for u <- [:day, :second, :millisecond, 7], do: DateTime.diff(~U[2020-01-02 03:04:05.5Z], ~U[2019-12-31 23:59:59Z], u)))
IO.inspect((for u <- [:day, :second, :millisecond, 7], do: NaiveDateTime.diff(~N[1969-12-31 23:59:59.5], ~N[2020-01-01 00:00:00], u)))
paris = %DateTime{~U[2000-02-29 23:00:07Z] | zone_abbr: "CET", utc_offset: 3600, time_zone: "Europe/Paris"}
IO.inspect({DateTime.compare(paris, ~U[2000-02-29 22:00:07Z]), DateTime.compare(paris, ~U[2000-02-29 22:00:07.000001Z])})
IO.inspect({DateTime.diff(paris, ~U[2000-02-29 23:00:07Z]), DateTime.to_unix(paris)})
IO.inspect({DateTime.to_unix(~U[1960-01-01 00:00:00.5Z], :millisecond), DateTime.from_unix!(-1, :millisecond)})
IO.inspect({NaiveDateTime.add(~N[0000-01-01 00:00:00], -1, :microsecond), Time.add(~T[23:00:00], -90000)})
IO.inspect({NaiveDateTime.compare(~N[2020-01-01 00:00:00], ~N[2020-01-01 00:00:00.000]), Time.diff(~T[01:00:00.9], ~T[02:00:00])})
