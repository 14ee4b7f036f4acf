# SPDX-License-Identifier: Apache-2.0
#
# How much of Elixir's and Erlang's public library exists here: counts, per module, the listed functions and macros
# that are exported, and names the missing ones. Not a test: `make coverage` runs it (LISTS=... names the lists).
#
#   build/phial tests/coverage.exs [--all] LIST...
#
# A LIST is a file of lines `elixir|otp <tab> module <tab> function|macro <tab> name <tab> arity`. Without --all only the
# modules below are counted, because the others (Mix, compilers of Erlang, ...) are not promised.

defmodule Coverage do
  @promised ~w(Access Agent Application Atom Base Bitwise Calendar Calendar.ISO Code Config Date DateTime
    DynamicSupervisor Enum Enumerable Exception File Float Function GenServer IO IO.ANSI Inspect Inspect.Algebra Integer
    Kernel Kernel.SpecialForms Keyword List Logger Macro Macro.Env Map MapSet Module NaiveDateTime Node OptionParser
    PartitionSupervisor Path Port Process Protocol Range Record Regex Registry Stream String String.Chars StringIO
    Supervisor System Task Task.Supervisor Time Tuple URI Version
    ExUnit ExUnit.Assertions ExUnit.Callbacks ExUnit.CaptureIO ExUnit.CaptureLog ExUnit.Case IEx IEx.Helpers
    :application :array :atomics :base64 :binary :calendar :code :counters :crypto :dict :erlang :ets :file :filename
    :gb_sets :gb_trees :gen_event :gen_server :gen_statem :global :io :io_lib :lists :logger :maps :math :orddict
    :ordsets :os :persistent_term :pg :proc_lib :proplists :queue :rand :re :sets :string :supervisor :sys :timer
    :unicode)

  def run(["--all" | files]), do: report(files, fn _module -> true end)
  def run(files), do: report(files, &(&1 in @promised))

  defp report(files, wanted?) do
    rows = for file <- files, line <- File.stream!(file), row = row(line), wanted?.(row.module), do: row

    totals =
      for {module, listed} <- rows |> Enum.group_by(& &1.module) |> Enum.sort() do
        {here, missing} = Enum.split_with(listed, &exists?/1)
        IO.puts("#{length(here)}/#{length(listed)}\t#{module}\t#{Enum.map_join(missing, " ", &show/1)}")
        {length(here), length(listed)}
      end

    {here, listed} = Enum.reduce(totals, {0, 0}, fn {a, b}, {c, d} -> {a + c, b + d} end)
    IO.puts("#{here}/#{listed}\tall")
  end

  defp row(line) do
    case line |> String.trim() |> String.split("\t") do
      [_, module, kind, name, arity] when kind in ["function", "macro"] ->
        %{module: module, kind: kind, name: String.to_atom(name), arity: String.to_integer(arity)}

      _ ->
        nil
    end
  end

  defp exists?(%{module: "Kernel.SpecialForms"} = row), do: Macro.special_form?(row.name, row.arity)

  defp exists?(row) do
    module = to_module(row.module)

    with {:module, _} <- Code.ensure_loaded(module) do
      case row.kind do
        "macro" -> macro_exported?(module, row.name, row.arity)
        "function" -> function_exported?(module, row.name, row.arity)
      end
    else
      _ -> false
    end
  end

  defp to_module(":" <> name), do: String.to_atom(name)
  defp to_module(name), do: Module.concat([name])

  defp show(%{kind: "macro"} = row), do: "#{row.name}/#{row.arity}(macro)"
  defp show(row), do: "#{row.name}/#{row.arity}"
end

case System.argv() do
  [] -> IO.puts(:stderr, "usage: phial tests/coverage.exs [--all] LIST...")
  arguments -> Coverage.run(arguments)
end
