# SPDX-License-Identifier: Apache-2.0
# :phial_rand_jump, how :rand.jump/1 skips 2^64 or 2^512 numbers at once. A generator is linear over bits, so many steps are the sum
# of the states that the bits of a polynomial choose: x to the number of steps, modulo the generator's characteristic polynomial.
# Invariant: the words that come out are those the generator would have after as many single steps, and OTP's.
defmodule :phial_rand_jump do
  @moduledoc false

  @exs 0xd174a83e17de2302f8ea6bc32c797
  @exrop 0x9863200f83fcd4a11293241fcb12a

  @exro928 String.to_integer(
          "b10773cbe19f5fc1a1504acd83f240c6007e76cebcb3b7c4cc049c536e62a33cc2323831b45a3a8a3cef3cc0f02f778573cf0f0a0657e19f00d4" <>
          "b3584ddd98ee4be41e015ac26d5d20f9b49fa81b0090567fd9f0b83fe51a1eb3be1910a1de1d7d6813d2ba05381fdfd1490244085302f77130ca",
          16
        )

  @exro928_2pow20 String.to_integer(
          "cb3d181ca30bebc15fefcc78ff45ef33c82f3d48a480c5878c3549bd5bdeb1a5a90f2e6b06df2eb1feaf0fb690627c014098f4b6dc4d3af15f8a" <>
          "4dfdc081a7bf148531fb8ebc73c700b8b091af699c306d8e75664a426866bfad3c77da90f4a806c17e9e644807a56270cf78bdb966a3daf905e6",
          16
        )

  @exs1024 String.to_integer(
          "284600e3f30e38c3b99181f2d8f685ca047f7684e9fc949d0b5fc64563b3e2a87910c41d10a1e6a5691548c86c1bd5405ee975283d71c93bc4cb" <>
          "815590989b13aac17d8efa43cab83659132bb12fea70dc2d9891fe68c0222ffeeb0a48316f404489affce4f31a1e5b34a39f070b5837a3c65b87" <>
          "76f9685584242f96eca9c41d",
          16
        )

  def jump(type, [_ | _] = words) when type in [:exsss, :exsp, :exsplus], do: pair(sum(@exs, type, words, nil))
  def jump(:exrop, words), do: pair(sum(@exrop, :exrop, words, nil))
  def jump(:exro928ss, words), do: {sum(@exro928, :exro928ss, words, nil), []}
  def jump(:exro928_2pow20, words), do: {sum(@exro928_2pow20, :exro928ss, words, nil), []}
  def jump(type, words) when type in [:exs1024, :exs1024s], do: as_held(sum(@exs1024, type, words, nil), words)
  def jump(_type, _words), do: :erlang.error(:not_implemented)

  defp sum(0, _type, _words, total), do: total

  defp sum(polynomial, type, words, total) do
    total = if :erlang.band(polynomial, 1) == 1, do: add(flat(words), total), else: total
    sum(:erlang.bsr(polynomial, 1), type, :rand.step(type, words), total)
  end

  # The words in one order, however the generator holds them.
  defp flat({words, passed}), do: words ++ :lists.reverse(passed)
  defp flat([a | b]), do: [a, b]

  defp pair([a, b]), do: [a | b]

  defp as_held(words, {ahead, _}) do
    {ahead, passed} = :lists.split(length(ahead), words)
    {ahead, :lists.reverse(passed)}
  end

  defp add(words, nil), do: words
  defp add(words, total), do: :lists.zipwith(&:erlang.bxor/2, words, total)
end
