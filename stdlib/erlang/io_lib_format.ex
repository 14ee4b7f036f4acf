# SPDX-License-Identifier: Apache-2.0
# :io_lib_format, what JSON libraries call of it. Invariant: a float's text is the one Float.to_string/1 gives.
defmodule :io_lib_format do
  @moduledoc "The text of floats as Erlang's `io_lib` makes it."

  @doc "The shortest text that reads as the same float, as a charlist."
  @spec fwrite_g(float) :: charlist
  def fwrite_g(float) when is_float(float), do: :erlang.float_to_list(float, [:short])
end
