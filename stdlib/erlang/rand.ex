# SPDX-License-Identifier: Apache-2.0
# `:rand`: pseudo-random numbers by the published generators (xorshift116**, xoroshiro116+, xoroshiro928**, ...).
# Invariant: for a given seed the numbers are Erlang's, draw for draw. A state is {algorithm, words}; the
# process's own is in its dictionary under :rand_seed, where the algorithm is a map whose `type` names it.
# Entropy comes in through `:phial_world.entropy/0` alone.
defmodule :rand do
  @moduledoc "Erlang's random numbers."

  @mask58 0x3FFFFFFFFFFFFFF
  @mask64 0xFFFFFFFFFFFFFFFF
  @two_pow_minus53 1.1102230246251565e-16

  # Seeding

  def seed(alg_or_state)

  def seed({alg, words} = state) when is_map(alg) do
    _ = words
    seed_put(state)
  end

  def seed({alg, _words} = exported) when is_atom(alg), do: seed_put(seed_s(exported))
  def seed(alg), do: seed_put(seed_s(alg))

  def seed(alg, seed), do: seed_put(seed_s(alg, seed))

  def seed_s({alg, _words} = state) when is_map(alg), do: state
  def seed_s({alg, words}) when is_atom(alg), do: {handler(alg), words}
  def seed_s(alg), do: seed_s(alg, :phial_world.entropy())

  def seed_s(:default, seed), do: seed_s(:exsss, seed)
  def seed_s(alg, seed), do: {handler(alg), words(alg, seed)}

  defp seed_put(state) do
    :erlang.put(:rand_seed, state)
    state
  end

  defp seed_get do
    case :erlang.get(:rand_seed) do
      :undefined -> seed(:exsss)
      state -> state
    end
  end

  def export_seed do
    case :erlang.get(:rand_seed) do
      {%{type: type}, words} -> {type, words}
      _ -> :undefined
    end
  end

  def export_seed_s({%{type: type}, words}), do: {type, words}

  defp handler(:exsss), do: %{type: :exsss, bits: 58}
  defp handler(:exsp), do: %{type: :exsp, bits: 58, weak_low_bits: 1}
  defp handler(:exrop), do: %{type: :exrop, bits: 58, weak_low_bits: 1}
  defp handler(:exro928ss), do: %{type: :exro928ss, bits: 58}
  defp handler(:exsplus), do: %{type: :exsplus, max: @mask58}
  defp handler(:exs64), do: %{type: :exs64, max: @mask64}
  defp handler(:exs1024), do: %{type: :exs1024, max: @mask64}
  defp handler(:exs1024s), do: %{type: :exs1024s, bits: 64, weak_low_bits: 3}
  defp handler(:dummy), do: %{type: :dummy, bits: 58}
  defp handler(other), do: :erlang.error({:badarg, other})

  defp words(:default, seed), do: words(:exsss, seed)
  defp words(alg, list) when is_list(list) and alg in [:exsss, :exsp, :exsplus, :exrop], do: pair(nonzero58(2, list))
  defp words(:exro928ss, list) when is_list(list), do: {nonzero58(16, list), []}

  defp words(alg, seed) when is_integer(seed) and alg in [:exsss, :exsp, :exsplus, :exrop], do: pair(seed58(2, mask64(seed)))
  defp words(:exro928ss, seed) when is_integer(seed), do: {seed58(16, mask64(seed)), []}
  defp words(:exs64, seed) when is_integer(seed), do: hd(seed64(1, mask64(seed)))
  defp words(alg, seed) when is_integer(seed) and alg in [:exs1024, :exs1024s], do: {seed64(16, mask64(seed)), []}
  defp words(:dummy, seed) when is_integer(seed), do: mask58(seed)

  defp words(alg, {a1, a2, a3}) when alg in [:exsp, :exsplus] do
    {_, r1} = exsp_next([mask58(a1 * 4_294_967_197 + 1) | mask58(a2 * 4_294_967_231 + 1)])
    {_, r2} = exsp_next([mask58(a3 * 4_294_967_279 + 1) | :erlang.tl(r1)])
    r2
  end

  defp words(:exsss, {a1, a2, a3}) do
    {_, x0} = seed58(mask64(a1))
    {s0, x1} = seed58(bxor(mask64(a2), x0))
    {s1, _} = seed58(bxor(mask64(a3), x1))
    [s0 | s1]
  end

  defp words(:exro928ss, {a1, a2, a3}) do
    {s0, x0} = seed58(mask64(a1))
    {s1, x1} = seed58(bxor(mask64(a2), x0))
    {s2, x2} = seed58(bxor(mask64(a3), x1))
    {[s0, s1, s2 | seed58(13, x2)], []}
  end

  defp words(:exrop, {a1, a2, a3}) do
    {_, r1} = exrop_next([mask58(a1 * 4_294_967_197 + 1) | mask58(a2 * 4_294_967_231 + 1)])
    {_, r2} = exrop_next([mask58(a3 * 4_294_967_279 + 1) | :erlang.tl(r1)])
    r2
  end

  defp words(:exs64, {a1, a2, a3}) do
    {v1, _} = exs64(mask64(a1 * 4_294_967_197 + 1))
    {v2, _} = exs64(mask64(a2 * 4_294_967_231 + 1))
    {v3, _} = exs64(mask64(a3 * 4_294_967_279 + 1))
    :erlang.rem(v1 * v2 * v3, @mask64 - 1) + 1
  end

  defp words(alg, {a1, a2, a3}) when alg in [:exs1024, :exs1024s] do
    b1 = band((band(a1, 0x1FFFFF) + 1) * 2_097_131, 0x1FFFFF)
    b2 = band((band(a2, 0x1FFFFF) + 1) * 2_097_133, 0x1FFFFF)
    b3 = band((band(a3, 0x1FFFFF) + 1) * 2_097_143, 0x1FFFFF)
    word = :erlang.bor(:erlang.bor(:erlang.bsl(b1, 43), :erlang.bsl(b2, 22)), :erlang.bor(:erlang.bsl(b3, 1), 1))
    {exs64_words(16, word, []), []}
  end

  defp words(:dummy, {a1, a2, a3}) do
    {_, x0} = seed58(mask64(a1))
    {_, x1} = seed58(bxor(mask64(a2), x0))
    {s1, _} = seed58(bxor(mask64(a3), x1))
    words(:dummy, s1)
  end

  defp words(_alg, seed), do: :erlang.error({:badarg, seed})

  defp exs64_words(0, _word, words), do: words

  defp exs64_words(n, word, words) do
    {x, word} = exs64(word)
    exs64_words(n - 1, word, [x | words])
  end

  defp pair([s0, s1]), do: [s0 | s1]

  defp nonzero58(n, list) do
    words = :lists.map(&mask58/1, list)
    if length(words) == n and :lists.any(&(&1 != 0), words), do: words, else: :erlang.error(:bad_seed)
  end

  def seed58(0, _x), do: []

  def seed58(n, x) do
    {z, x} = seed58(x)
    [z | seed58(n - 1, x)]
  end

  defp seed58(x) do
    {z, x} = splitmix64_next(x)
    case mask58(z) do
      0 -> seed58(x)
      z -> {z, x}
    end
  end

  defp seed64(0, _x), do: []

  defp seed64(n, x) do
    case splitmix64_next(x) do
      {0, x} -> seed64(n, x)
      {z, x} -> [z | seed64(n - 1, x)]
    end
  end

  def splitmix64_next(x) do
    x = mask64(x + 0x9E3779B97F4A7C15)
    z = mask64(bxor(x, bsr(x, 30)) * 0xBF58476D1CE4E5B9)
    z = mask64(bxor(z, bsr(z, 27)) * 0x94D049BB133111EB)
    {bxor(z, bsr(z, 31)), x}
  end

  defp mask58(x), do: band(x, @mask58)
  defp mask64(x), do: band(x, @mask64)
  defp band(a, b), do: :erlang.band(a, b)
  defp bxor(a, b), do: :erlang.bxor(a, b)
  defp bsr(a, n), do: :erlang.bsr(a, n)
  defp bsl58(a, n), do: mask58(:erlang.bsl(a, n))
  defp rotl58(a, n), do: :erlang.bor(bsl58(a, n), bsr(a, 58 - n))

  # Drawing

  def uniform do
    case :phial_rand.draw() do
      nil ->
        {x, state} = uniform_s(seed_get())
        seed_put(state)
        x

      v ->
        bsr(v, 5) * @two_pow_minus53
    end
  end

  def uniform(n) when is_integer(n) and n >= 1 and n <= @mask58 do
    case :phial_rand.draw() do
      nil -> uniform_of(n)
      v when v < n -> v + 1
      v -> whole_stretch(n, v, rem(v, n))
    end
  end

  def uniform(n), do: uniform_of(n)

  defp uniform_of(n) do
    {x, state} = uniform_s(n, seed_get())
    seed_put(state)
    x
  end

  defp whole_stretch(n, v, low) when v - low <= @mask58 + 1 - n, do: low + 1
  defp whole_stretch(n, _v, _low), do: uniform(n)

  def uniform_s({%{type: :dummy}, _} = state), do: {0.5, state}

  def uniform_s({%{type: :exsss} = alg, words}) do
    {v, words} = :phial_rand.exsss(words)
    {bsr(v, 5) * @two_pow_minus53, {alg, words}}
  end

  def uniform_s({%{max: max, type: type} = alg, words}) do
    {v, words} = next(type, words)
    {v / (max + 1), {alg, words}}
  end

  def uniform_s({%{bits: bits, type: type} = alg, words}) do
    {v, words} = next(type, words)
    {bsr(v, bits - 53) * @two_pow_minus53, {alg, words}}
  end

  def uniform_s(n, {%{type: :dummy}, _} = state) when is_integer(n) and n >= 1, do: {1, state}

  def uniform_s(n, {%{max: max, type: type} = alg, words}) when is_integer(n) and n >= 1 do
    if n <= max do
      {v, words} = next(type, words)
      {rem(v, n) + 1, {alg, words}}
    else
      {f, state} = uniform_s({alg, words})
      {trunc(f * n) + 1, state}
    end
  end

  def uniform_s(n, {%{bits: bits, type: type} = alg, words}) when is_integer(n) and n >= 1 do
    {v, words} = next(type, words)
    top = :erlang.bsl(1, bits) - n
    within(n, v, top, alg, words)
  end

  # Values of the incomplete last stretch of n are drawn again, so that all are equally likely.
  defp within(n, v, top, alg, words) when is_integer(top) and top >= 0 do
    low = rem(v, n)

    cond do
      v < n -> {v + 1, {alg, words}}
      v - low <= top -> {low + 1, {alg, words}}
      true -> uniform_s(n, {alg, words})
    end
  end

  # More bits than one draw has: further draws are shifted in, without their weak low bits.
  defp within(n, v, _top, %{bits: bits, type: type} = alg, words) do
    weak = :maps.get(:weak_low_bits, alg, 0)
    strong = :erlang.bnot(:erlang.bsl(1, weak) - 1)
    power_of_2 = band(n, n - 1) == 0
    {v, words, have} = widen(bsr(n, if(power_of_2, do: bits, else: bits - 2)), v, words, type, strong, bits - weak, bits)
    low = rem(v, n)

    cond do
      power_of_2 ->
        {band(v, n - 1) + 1, {alg, words}}

      v - low <= :erlang.bsl(1, have) - n ->
        {low + 1, {alg, words}}

      true ->
        {v, words} = next(type, words)
        within(n, v, nil, alg, words)
    end
  end

  defp widen(range, v, words, _type, _strong, _shift, have) when range <= 1, do: {v, words, have}

  defp widen(range, v, words, type, strong, shift, have) do
    {v1, words} = next(type, words)
    v = :erlang.bor(:erlang.bsl(band(v, strong), shift), v1)
    widen(bsr(range, shift), v, words, type, strong, shift, have + shift)
  end

  defp bit_length(0), do: 0
  defp bit_length(n), do: 1 + bit_length(bsr(n, 1))

  def uniform_real do
    {x, state} = uniform_real_s(seed_get())
    seed_put(state)
    x
  end

  # Uniform over all floats of [0, 1): draws until the mantissa has 53 significant bits.
  def uniform_real_s({%{bits: bits} = alg, words}) do
    {v, words} = next(alg.type, words)
    real(bsr(v, bits - 56), alg, words, bits)
  end

  def uniform_real_s({%{max: _} = alg, words}) do
    {v, words} = next(alg.type, words)
    real(band(v, 0xFFFFFFFFFFFFFF), alg, words, 56)
  end

  defp real(m, alg, words, bits) do
    cond do
      m >= 0x80000000000000 -> {bsr(m, 3) * :math.pow(2.0, -53), {alg, words}}
      m >= 0x40000000000000 -> {bsr(m, 2) * :math.pow(2.0, -54), {alg, words}}
      m >= 0x20000000000000 -> {bsr(m, 1) * :math.pow(2.0, -55), {alg, words}}
      m >= 0x10000000000000 -> {m * :math.pow(2.0, -56), {alg, words}}
      true -> widen_real(alg, words, m, -56, bits)
    end
  end

  defp widen_real(alg, words, m, power, bits) do
    {v, words} = next(alg.type, words)
    widen_real(alg, words, m, power, bsr(v, bits - 56), 56)
  end

  defp widen_real(alg, words, 0, power, v, 56) when power < -1066 and v == 0, do: {0.0, {alg, words}}

  defp widen_real(alg, words, m, power, v, left) do
    missing = 53 - bit_length(m)

    cond do
      missing <= left ->
        m = :erlang.bor(:erlang.bsl(m, missing), bsr(v, left - missing))
        {m * :math.pow(2.0, power - missing), {alg, words}}

      true ->
        widen_real(alg, words, :erlang.bor(:erlang.bsl(m, left), v), power - left, alg.bits)
    end
  end

  def bytes(n) do
    {bytes, state} = bytes_s(n, seed_get())
    seed_put(state)
    bytes
  end

  def bytes_s(n, {%{type: type} = alg, words}) when is_integer(n) and n >= 0 do
    weak = :maps.get(:weak_low_bits, alg, 0)
    bits = :maps.get(:bits, alg, 58)
    good = div(bits - weak, 8) * 8
    draw_bytes(n, type, alg, words, good, bits - good, <<>>)
  end

  defp draw_bytes(n, type, alg, words, good, shift, acc) when n * 8 > good do
    {v, words} = next(type, words)
    draw_bytes(n - div(good, 8), type, alg, words, good, shift, <<acc::binary, bsr(v, shift)::size(good)>>)
  end

  defp draw_bytes(0, _type, alg, words, _good, _shift, acc), do: {acc, {alg, words}}

  # The last ones are among the higher bits of the next word.
  defp draw_bytes(n, type, alg, words, good, _shift, acc) do
    {v, words} = next(type, words)
    size = n * 8
    {<<acc::binary, bsr(v, good - size)::size(size)>>, {alg, words}}
  end

  # Normal deviates by the ziggurat: one draw says sign, layer and place; only outside of the sure part of the layer more is drawn.

  def normal, do: normal(0.0, 1.0)

  def normal(mean, variance) do
    {x, state} = normal_s(mean, variance, seed_get())
    seed_put(state)
    x
  end

  def normal_s(mean, variance, state) when is_number(mean) and variance >= 0 do
    {x, state} = normal_s(state)
    {mean + :math.sqrt(variance) * x, state}
  end

  def normal_s(state) do
    {negative?, draw, state} = draw_51(state)
    at = band(draw, 0xFF)
    {sure, width, _} = :phial_ziggurat.layer(at)
    x = if negative?, do: -(draw * width), else: draw * width
    if draw < sure, do: {x, state}, else: at_edge(at, negative?, x, state)
  end

  # The lowest layer has no end: its tail is drawn from an exponential.
  defp at_edge(0, negative?, x0, state) do
    {u, state} = uniform_s(state)
    {v, state} = uniform_s(state)
    edge = :phial_ziggurat.end_of_last()
    x = -1 / edge * :math.log(u)
    y = -:math.log(v)

    cond do
      y + y <= x * x -> at_edge(0, negative?, x0, state)
      negative? -> {-edge - x, state}
      true -> {edge + x, state}
    end
  end

  defp at_edge(at, _negative?, x, state) do
    {_, _, below} = :phial_ziggurat.layer(at)
    {_, _, above} = :phial_ziggurat.layer(at - 1)
    {u, state} = uniform_s(state)
    if (above - below) * u + below < :math.exp(-0.5 * x * x), do: {x, state}, else: normal_s(state)
  end

  # {the bit below the draw, 51 bits, state}
  defp draw_51({%{bits: bits, type: type} = alg, words}) do
    {v, words} = next(type, words)
    {band(v, :erlang.bsl(1, bits - 52)) != 0, bsr(v, bits - 51), {alg, words}}
  end

  defp draw_51({%{type: type} = alg, words}) do
    {v, words} = next(type, words)
    {band(v, 0x8000000000000) != 0, band(v, 0x7FFFFFFFFFFFF), {alg, words}}
  end

  # Generators: words -> {value, words}

  # Jumps: as many numbers skipped as another process will hardly draw, so that its numbers never meet these.

  def jump, do: seed_put(jump(seed_get()))
  def jump({%{type: type} = alg, words}), do: {alg, :phial_rand_jump.jump(type, words)}

  def exsp_jump(words), do: :phial_rand_jump.jump(:exsp, words)
  def exro928_jump_2pow512(words), do: :phial_rand_jump.jump(:exro928ss, words)
  def exro928_jump_2pow20(words), do: :phial_rand_jump.jump(:exro928_2pow20, words)

  # The words after one number.
  @doc false
  def step(type, words), do: :erlang.element(2, next(type, words))

  defp next(:exsss, words), do: :phial_rand.exsss(words)
  defp next(type, words) when type in [:exsp, :exsplus], do: exsp_next(words)
  defp next(:exrop, words), do: exrop_next(words)
  defp next(:exro928ss, words), do: exro928_next(words)
  defp next(:exs64, word), do: exs64(word)
  defp next(:exs1024, words), do: exs1024_next(words)
  defp next(:exs1024s, words), do: exs1024_next(words)

  defp next(:dummy, word) do
    {word, mask58(word * 2 + 1)}
  end

  # The step of Xorshift116+; Xorshift116**, which shares it, is native.
  defp exs_step(s0, s1) do
    t = bxor(s1, bsl58(s1, 24))
    bxor(bxor(t, s0), bxor(bsr(t, 11), bsr(s0, 41)))
  end

  def exsp_next([s1 | s0]) do
    new = exs_step(s0, s1)
    {mask58(s0 + new), [s0 | new]}
  end

  defp exrop_next([s0 | s1]) do
    t = bxor(s0, s1)
    {mask58(s0 + s1), [bxor(bxor(rotl58(s0, 24), t), bsl58(t, 2)) | rotl58(t, 35)]}
  end

  def exro928_seed({a1, a2, a3}), do: words(:exro928ss, {a1, a2, a3})
  def exro928_seed(seed), do: words(:exro928ss, seed)

  def exro928_next({[s15, s0 | rest], done}) do
    v = rotl58(mask58(s0 * 5), 7)
    {n15, n0} = exro928_step(s15, s0)
    {mask58(v * 9), {[n0 | rest], [n15 | done]}}
  end

  def exro928_next({[s15], done}), do: exro928_next({[s15 | :lists.reverse(done)], []})

  def exro928_next_state({[s15, s0 | rest], done}) do
    {n15, n0} = exro928_step(s15, s0)
    {[n0 | rest], [n15 | done]}
  end

  def exro928_next_state({[s15], done}), do: exro928_next_state({[s15 | :lists.reverse(done)], []})

  defp exro928_step(s15, s0) do
    t = bxor(s15, s0)
    {bxor(bxor(rotl58(s0, 44), t), bsl58(t, 9)), rotl58(t, 45)}
  end

  defp exs64(word) do
    r1 = bxor(word, bsr(word, 12))
    r2 = bxor(r1, mask64(:erlang.bsl(r1, 25)))
    r3 = bxor(r2, bsr(r2, 27))
    {mask64(r3 * 2_685_821_657_736_338_717), r3}
  end

  defp exs1024_next({[s0, s1 | rest], done}) do
    x = exs1024_step(s0, s1)
    {mask64(x * 1_181_783_497_276_652_981), {[x | rest], [s0 | done]}}
  end

  defp exs1024_next({[x], done}), do: exs1024_next({[x | :lists.reverse(done)], []})

  defp exs1024_step(s0, s1) do
    t = bxor(s1, mask64(:erlang.bsl(s1, 31)))
    bxor(bxor(t, bsr(t, 11)), bxor(s0, bsr(s0, 30)))
  end

  # Multiply with carry, for speed

  def mwc59(cx), do: band(cx, 0xFFFFFFFF) * 0x7FA6502 + bsr(cx, 32)

  def mwc59_value32(cx) do
    low = band(cx, 0xFFFFFFFF)
    bxor(low, band(:erlang.bsl(low, 8), 0xFFFFFFFF))
  end

  def mwc59_value(cx) do
    low = bxor(cx, band(:erlang.bsl(cx, 4), 0x7FFFFFFFFFFFFFF))
    bxor(low, band(:erlang.bsl(low, 27), 0x7FFFFFFFFFFFFFF))
  end

  def mwc59_float(cx) do
    low = bxor(cx, band(:erlang.bsl(cx, 4), 0x7FFFFFFFFFFFFFF))
    band(bxor(low, band(:erlang.bsl(low, 27), 0x7FFFFFFFFFFFFFF)), 0x1FFFFFFFFFFFFF) * @two_pow_minus53
  end

  def mwc59_seed do
    a = :phial_world.entropy()
    mwc59_seed(band(a, @mask58))
  end

  def mwc59_seed(seed) when is_integer(seed) do
    {x, _} = splitmix64_next(mask64(seed))
    bsr(:erlang.rem(x, 0x7FA6502 * 0x100000000 - 2), 0) + 1
  end
end
