# SPDX-License-Identifier: Apache-2.0
# Runs the calls that tests/fuzz/calls_make.exs wrote, one a line, and prints each with its outcome: the value, the exception with its message,
# what was thrown, the reason of an exit, or that it took too much time or memory. Each runs in a process of its own. What may differ between two
# right implementations (pids, references, names of closures, compiled patterns) is made equal here, so that the outputs of Elixir and Phial can
# be compared line by line.
#
#   elixir tests/fuzz/calls.exs CALLS > a;  build/phial tests/fuzz/calls.exs CALLS > b;  diff a b
defmodule T do
  @moduledoc "What calls may name: things that only a call can make."
  def ets do
    table = :ets.new(:t, [:ordered_set, :public])
    :ets.insert(table, [{1, :a}, {2, :b, 3}, {:a, 1}, {"a", 2, 2.5}])
    table
  end

  def digraph do
    graph = :digraph.new()
    for v <- [1, 2, 3, :a], do: :digraph.add_vertex(graph, v)
    for {a, b} <- [{1, 2}, {2, 3}, {3, 1}, {1, :a}], do: :digraph.add_edge(graph, {a, b}, a, b, [])
    graph
  end
end

defmodule Fuzz.Calls do
  @moduledoc false
  @timeout 1500
  @heap_words 8_000_000
  @shown 3000

  def run([file | from]) do
    :logger.set_primary_config(:level, :none)
    skipped = from |> List.first("0") |> String.to_integer()
    file |> File.stream!() |> Stream.drop(skipped) |> Enum.each(&line(String.trim_trailing(&1, "\n")))
  end

  defp line(call) do
    owner = self()
    {pid, monitor} = :erlang.spawn_opt(fn -> send(owner, {self(), outcome(call)}) end, [:monitor, max_heap_size: %{size: @heap_words, kill: true,
      error_logger: false}])

    text =
      receive do
        {^pid, text} -> text
        {:DOWN, ^monitor, _, _, reason} -> "too much: " <> inspect(reason)
      after
        @timeout -> "too much: time"
      end

    Process.demonitor(monitor, [:flush])
    Process.exit(pid, :kill)
    IO.puts([call, "\n    => ", text])
  end

  defp outcome(call) do
    {fun, _} = Code.eval_string("fn -> #{call} end")
    fun.() |> value() |> equal()
  rescue
    error -> equal("#{inspect(error.__struct__)} #{inspect(Exception.message(error), limit: :infinity, printable_limit: :infinity)}")
  catch
    kind, reason -> equal("#{kind} #{show(reason)}")
  end

  defp value(%Stream{} = stream), do: "stream " <> show(Enum.take(stream, 20))
  defp value(stream) when is_function(stream, 2), do: "stream " <> show(Enum.take(stream, 20))
  defp value(value), do: show(value)

  defp show(value), do: inspect(value, limit: :infinity, printable_limit: :infinity)

  defp equal(text) do
    text
    |> String.replace(~r/#(PID|Reference|Port|Ref)<[\d.]+>/, "#\\1<>")
    |> String.replace(~r/#Function<[^>]*>/, "#Function<>")
    |> String.replace(~r/{:re_pattern, (\d+), (\d+), (\d+), <<[\d, ]*>>}/, "{:re_pattern, \\1, \\2, \\3}")
    |> String.replace(~r/re_version: {"[^"]*", :little}/, "re_version: {}")
    |> String.replace(~r/Stacktrace:.*/s, "Stacktrace")
    |> String.replace("\n", "\\n")
    |> shorten()
  end

  defp shorten(text) when byte_size(text) <= @shown, do: text
  defp shorten(text), do: "#{binary_part(text, 0, @shown) |> inspect()} and #{byte_size(text)} bytes: #{:erlang.phash2(text)}"
end

Fuzz.Calls.run(System.argv())
