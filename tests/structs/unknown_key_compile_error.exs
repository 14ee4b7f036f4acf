# stderr: ** (KeyError) key :zz not found
# stderr: expanding struct: P.__struct__/1
# exit: 1
defmodule P do
  defstruct [:a]
end
defmodule U do
  def f, do: %P{zz: 1}
end
