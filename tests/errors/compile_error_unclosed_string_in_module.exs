# stderr: TokenMissingError
# exit: 1
defmodule M do
  def f, do: "abc
end
