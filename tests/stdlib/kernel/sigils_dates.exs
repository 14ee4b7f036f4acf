IO.inspect(~D[2024-02-29]) # => ~D[2024-02-29]
IO.inspect(~D[2024-02-29].year) # => 2024
IO.inspect(~T[12:30:00].minute) # => 30
IO.inspect(Date.add(~D[2024-02-28], 2)) # => ~D[2024-03-01]
IO.inspect(Date.diff(~D[2024-03-01], ~D[2024-02-01])) # => 29
IO.inspect(Date.day_of_week(~D[2024-02-29])) # => 4
IO.inspect(Date.compare(~D[2024-01-01], ~D[2024-01-02])) # => :lt
IO.inspect(Date.to_iso8601(~D[2024-01-05])) # => "2024-01-05"
