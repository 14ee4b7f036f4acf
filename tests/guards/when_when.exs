f = fn
  x when hd(x) == 1 when x == :ok -> :yes
  _ -> :no
end
IO.inspect(Enum.map([[1], :ok, [2], 3], f)) # => [:yes, :yes, :no, :no]
