# Dates and times that are none: what is asked for names the first thing that is wrong.
told = fn fun -> IO.puts(try do inspect(fun.()) rescue e -> "#{inspect(e.__struct__)} #{Exception.message(e)}" end) end

told.(fn -> Calendar.ISO.day_of_week(2, 6, 31, :default) end) # => ArgumentError invalid date: 0002-06-31
told.(fn -> Calendar.ISO.date_to_string(2, -5, 31) end) # => "0002--05-31"
told.(fn -> Calendar.ISO.days_in_month(nil, 12) end) # => FunctionClauseError no function clause matching in Calendar.ISO.days_in_month/2
told.(fn -> Calendar.ISO.time_from_day_fraction({-7, 2024}) end) # => {-1, 55, 1, {185771, 6}}
told.(fn -> Calendar.ISO.time_to_day_fraction(42, 4, 5, {-63, 6}) end) # => {151444999937, 86400000000}
told.(fn -> Date.compare(~T[01:02:03], ~D[2020-01-03]) end) # => MatchError no match of right hand side value: ~T[01:02:03]
told.(fn -> Date.add(~T[01:02:03], 1) end) # => MatchError no match of right hand side value: ~T[01:02:03]
told.(fn -> Date.to_iso8601(nil) end) # => FunctionClauseError no function clause matching in Date.to_iso8601/2
told.(fn -> Time.compare(~D[2020-01-02], ~T[01:02:03]) end) # => MatchError no match of right hand side value: ~D[2020-01-02]
told.(fn -> Time.convert!(~D[2020-01-02], Calendar.ISO) end) # => FunctionClauseError no function clause matching in Time.convert/2
told.(fn -> NaiveDateTime.to_string(~D[2020-01-02]) end) # => MatchError no match of right hand side value: ~D[2020-01-02]
told.(fn -> NaiveDateTime.convert(~T[01:02:03], Calendar.ISO) end) # => FunctionClauseError no function clause matching in NaiveDateTime.to_iso_days/1
told.(fn -> DateTime.add(~N[2020-01-02 03:04:05], 1) end) # => MatchError no match of right hand side value: ~N[2020-01-02 03:04:05]
told.(fn -> DateTime.from_naive(nil, "Etc/UTC") end) # => MatchError no match of right hand side value: nil
told.(fn -> DateTime.new(nil, ~T[01:02:03]) end) # => FunctionClauseError no function clause matching in NaiveDateTime.new/2
told.(fn -> DateTime.truncate(~N[2020-01-02 03:04:05], :second) end) # => KeyError key :time_zone not found in: ~N[2020-01-02 03:04:05]
told.(fn -> Calendar.strftime(~D[2020-01-02], "%p") end) # => KeyError key :hour not found in: ~D[2020-01-02]
