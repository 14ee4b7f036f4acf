# stderr: warning: Nope.f/1 is undefined (module Nope is not available or is yet to be defined)
defmodule M do
  def f, do: Nope.f(1)
end
