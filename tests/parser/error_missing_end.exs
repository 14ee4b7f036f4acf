# stderr: TokenMissingError
# stderr: missing terminator: end
# exit: 1
defmodule A do
  def f do
    1
