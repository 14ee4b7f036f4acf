# SPDX-License-Identifier: Apache-2.0
# Random keys for the editor, in a terminal that tests/shell/edit_fuzz.sh opens: arguments are a file for the outcome, the seed, the rounds.
# Invariant: what a seed does is always the same; after every round the editor must still submit what is typed.
defmodule Fuzz do
  @keys ["do\r", "end", "fn ->", "\"\"\"", "\#{", "}", "(", ")", "[", "]", "<<", ">>", "%{", "~s(", "\"", "'", "foo ", ":a", "Enum.", "\t", "1", " + "] ++
          ["\r", "\n", "->", "x ->\r", "else", "|> ", "日本", "e\u0301", "👨‍👩‍👧", "🇩🇪", "?", "\\", "#iex:break\r", "with a <- 1,\r"] ++
          for(c <- 'ABCDHFZM', do: "\e[" <> <<c>>) ++
          for(c <- 'bfdytulcmpn<>_/\d\r', do: "\e" <> <<c>>) ++
          ["\e[3~", "\e[5~", "\e[6~", "\e[1;5C", "\e[1;5D", "\e[1;5H", "\e[1;5F", "\e[200~", "\e[201~"] ++
          [<<0xFF>>, <<0xE6, 0x97>>, <<0x202E::utf8>>, String.duplicate("x", 300)]
  @texts ["", "x", "a\nb", "日本\n", "\e[31mred\e[0m", String.duplicate("wide ", 60)]

  def run(file, seed, rounds) do
    :rand.seed(:exsss, seed)
    :ok = :phial_edit.start(%{history: false})
    for _ <- 1..rounds, do: round()
    :phial_edit.stop()
    File.write!(file, "#{rounds} rounds\n")
  end

  defp round do
    prompt()
    for _ <- 1..:rand.uniform(60), do: keys() |> :phial_edit.feed() |> answer()
    answer(:phial_edit.feed("x\e[201~\a\x03"))
    :phial_edit.cancel()
    [] = :phial_edit.prompt("iex(1)> ", "...(1)> ", :statement)
    [submit: ":alive"] = :phial_edit.feed(":alive\r")
  end

  defp prompt, do: answer(:phial_edit.prompt("iex(1)> ", "...(1)> ", Enum.random([:statement, :statement, :statement, :line, :password])))

  defp keys do
    case :rand.uniform(10) do
      n when n < 7 -> for(_ <- 1..:rand.uniform(8), into: "", do: Enum.random(@keys))
      n when n < 9 -> <<Enum.random(Enum.to_list(1..31) -- [26])>>
      _ -> <<:rand.uniform(256) - 1>>
    end
  end

  defp answer([]), do: :ok

  defp answer([event | rest]) do
    case event do
      {:complete, _, _} -> complete(:rand.uniform(3))
      _ -> prompt()
    end

    if :rand.uniform(5) == 1, do: IO.write(Enum.random(@texts))
    answer(rest)
  end

  defp complete(1), do: :phial_edit.insert(Enum.random(@texts))
  defp complete(2), do: :phial_edit.candidates(for n <- 1..:rand.uniform(99), do: "name#{n}")
  defp complete(3), do: :phial_edit.candidates(for n <- 1..:rand.uniform(99), do: {"name#{n}", Enum.random(@texts)})
end

[file, seed, rounds] = System.argv()
Fuzz.run(file, String.to_integer(seed), String.to_integer(rounds))
