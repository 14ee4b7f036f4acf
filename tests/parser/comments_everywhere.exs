defmodule C do
  # before
  def f(
        # argument
        a,
        b
      ) do
    # body
    a + b
    # after
  end
end
IO.inspect(C.f(1, 2)) # => 3
