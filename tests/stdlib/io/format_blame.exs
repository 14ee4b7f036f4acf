# SPDX-License-Identifier: Apache-2.0
# Which argument of :io.format is to blame depends on how it is called.
blame = fn fun ->
  try do
    fun.()
  rescue
    error -> error |> Exception.message() |> String.split("\n", trim: true) |> tl() |> Enum.each(&IO.puts/1)
  end
end

blame.(fn -> :io.format(~c"~p", []) end) # =>   * 1st argument: wrong number of arguments
blame.(fn -> :io.format(:standard_io, ~c"~p", []) end) # =>   * 2nd argument: wrong number of arguments
blame.(fn -> :io.fwrite(~c"~s", [1]) end) # =>   * 2nd argument: element 1 must be of type string
blame.(fn -> :io.format(:standard_io, ~c"~s~f", ["a", 1]) end) # =>   * 3rd argument: element 2 must be of type float
blame.(fn -> :io.format(~c"~i~*c", [1, :a, 2]) end) # =>   * 2nd argument: element 2 must be of type integer
blame.(fn -> :io.format(~c"~") end) # =>   * 1st argument: format string invalid (truncated)
blame.(fn -> :io.format(~c"~z") end) # =>   * 1st argument: format string invalid (invalid control ~z)
blame.(fn -> :io.format(~c"~s", [[1000]]) end) # =>   * 1st argument: failed to format string
blame.(fn -> :io.format(1, :a) end)
# =>   * 1st argument: not a valid format string
# =>   * 2nd argument: not a list
blame.(fn -> :io.put_chars([:a]) end) # =>   * 1st argument: not valid character data (an iodata term)
blame.(fn -> :io.put_chars(:standard_io, [:a]) end) # =>   * 2nd argument: not valid character data (an iodata term)
