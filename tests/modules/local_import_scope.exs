defmodule M do
  def f do
    import String, only: [upcase: 1]
    upcase("a")
  end
end
IO.inspect(M.f()) # => "A"
