defmodule M do
  def ok?, do: true
  def go!, do: :gone
end
IO.inspect(M.ok?) # => true
IO.inspect(M.go!) # => :gone
