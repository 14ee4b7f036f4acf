# SPDX-License-Identifier: Apache-2.0
# :random, Erlang's generator of old (AS183), which :rand replaced. Invariant: the numbers are those OTP has for a seed; the state lives in the
# process dictionary.
defmodule :random do
  @moduledoc "Random numbers as of old: use :rand."

  @moduli {30269, 30307, 30323}

  def seed0, do: {3172, 9814, 20125}

  def seed do
    case :erlang.put(:random_seed, seed0()) do
      :undefined -> seed0()
      old -> old
    end
  end

  def seed({a1, a2, a3}), do: seed(a1, a2, a3)
  def seed(a1, a2, a3), do: :erlang.put(:random_seed, {start(a1, 30269), start(a2, 30307), start(a3, 30323)})

  defp start(a, modulus), do: rem(abs(a), modulus - 1) + 1

  def uniform do
    {number, state} = uniform_s(current())
    :erlang.put(:random_seed, state)
    number
  end

  def uniform(n) when is_integer(n) and n >= 1, do: trunc(uniform() * n) + 1

  def uniform_s({a1, a2, a3}) do
    {m1, m2, m3} = @moduli
    b1 = rem(a1 * 171, m1)
    b2 = rem(a2 * 172, m2)
    b3 = rem(a3 * 170, m3)
    sum = b1 / m1 + b2 / m2 + b3 / m3
    {sum - trunc(sum), {b1, b2, b3}}
  end

  def uniform_s(n, state) when is_integer(n) and n >= 1 do
    {number, state} = uniform_s(state)
    {trunc(number * n) + 1, state}
  end

  defp current do
    case :erlang.get(:random_seed) do
      :undefined -> seed0()
      state -> state
    end
  end
end
