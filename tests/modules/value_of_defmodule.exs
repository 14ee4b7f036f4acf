{:module, name, binary, value} = defmodule M do
  def f, do: 1
  :last
end
IO.inspect({name, is_binary(binary), value}) # => {M, true, :last}
