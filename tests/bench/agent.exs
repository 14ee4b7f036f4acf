# SPDX-License-Identifier: Apache-2.0
# Stresses: Agent updates and reads.
{:ok, a} = Agent.start_link(fn -> 0 end)
for _ <- 1..200_000, do: Agent.update(a, &(&1 + 1))
IO.inspect(Agent.get(a, & &1))
IO.inspect(Enum.reduce(1..200_000, 0, fn _, acc -> acc + Agent.get_and_update(a, &{1, &1 + 1}) end))
