# SPDX-License-Identifier: Apache-2.0
# The results of a session, for v/1. Invariant: the newest stands first, and no more than history_size of them are kept (a negative
# size keeps all of them).
defmodule IEx.History do
  @moduledoc false
  defstruct entries: [], count: 0

  @spec init() :: %IEx.History{}
  def init, do: %IEx.History{}

  @doc "Adds the result of the statement `counter`."
  def append(%IEx.History{entries: entries, count: count} = history, {counter, value}, limit) do
    entries = [{counter, value} | entries]

    # Dropping is done now and then, so that it costs nothing per statement.
    if limit >= 0 and count >= 2 * limit + 1,
      do: %{history | entries: Enum.take(entries, limit), count: limit},
      else: %{history | entries: entries, count: count + 1}
  end

  @doc "The entry of a statement by its number, or counted from the newest one by a negative number."
  def nth(%IEx.History{entries: entries, count: count}, n, limit) do
    kept = if limit >= 0, do: min(limit, count), else: count
    found = if n < 0 and -n <= kept, do: Enum.at(entries, -n - 1), else: entries |> Enum.take(kept) |> List.keyfind(n, 0)
    found || raise "v(#{n}) is out of bounds"
  end
end
