# A negative year is filled before its sign.
date = %{~D[2000-01-01] | year: -5}
IO.inspect(Calendar.strftime(date, "%Y %y %_Y %6Y")) # => "00-5 -5   -5 0000-5"
# A range made without a step shows the one it has by its bounds.
IO.inspect(inspect(%{__struct__: Range, first: 3, last: 1})) # => "3..1//-1"
