# SPDX-License-Identifier: Apache-2.0
# Stresses: Registry lookups, registrations and dispatch.
{:ok, _} = Registry.start_link(keys: :unique, name: R)
{:ok, _} = Registry.start_link(keys: :duplicate, name: D)
for i <- 1..20_000, do: Registry.register(R, {:key, i}, i)
for i <- 1..100, do: Registry.register(D, :topic, i)
for _ <- 1..20, i <- 1..20_000, do: [{_, ^i}] = Registry.lookup(R, {:key, i})
IO.inspect(Registry.count(R))
for _ <- 1..200_000, do: Registry.whereis_name({R, {:key, 77}})
for _ <- 1..2000, do: Registry.dispatch(D, :topic, fn entries -> length(entries) end)
IO.inspect(length(Registry.lookup(D, :topic)))
