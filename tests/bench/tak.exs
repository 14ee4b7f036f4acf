# SPDX-License-Identifier: Apache-2.0
# Stresses: calls with several arguments, nested calls as arguments.
defmodule Tak do
  def tak(x, y, z) when y >= x, do: z

  def tak(x, y, z) do
    tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y))
  end

  def repeat(0, last), do: last
  def repeat(n, _), do: repeat(n - 1, tak(24, 16, 8))
end

IO.puts(Tak.repeat(90, nil))
