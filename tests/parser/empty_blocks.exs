IO.inspect((if true do end)) # => nil
defmodule E do
  def f do
  end
end
IO.inspect(E.f()) # => nil
