# SPDX-License-Identifier: Apache-2.0
# Fuzzes the expander and the code generator: forms grown from the test files by exchanging, dropping and repeating parts of them are compiled, inside
# `fn -> ... end`, so that nothing of them runs but macros. Any outcome is right but a crash of the VM, a process that does not end, or an error that
# is none of the compiler's own.
#
#   build/asan/phial tests/fuzz/expand.exs SEED ROUNDS [FILE ...]      (without files: all of tests/ and examples/)
defmodule Fuzz.Expand do
  @timeout 20_000
  @heap_words 40_000_000

  def run(seed, rounds, files) do
    :rand.seed(:exsss, {seed, seed, seed})
    forms = files |> Enum.flat_map(&parts/1) |> Enum.uniq() |> List.to_tuple()
    IO.puts("#{tuple_size(forms)} forms of #{length(files)} files")
    bad = Enum.count(1..rounds, fn round -> compile(mutate(forms), seed, round) == :bad end)
    IO.puts("#{rounds - bad} passed, #{bad} failed")
    if bad > 0, do: System.halt(1)
  end

  # The top-level forms of a file, and the bodies of its modules.
  defp parts(file) do
    case Code.string_to_quoted(File.read!(file), emit_warnings: false) do
      {:ok, {:__block__, _, forms}} -> Enum.flat_map(forms, &inner/1)
      {:ok, form} -> inner(form)
      {:error, _} -> []
    end
  end

  defp inner({:defmodule, _, [_, [do: {:__block__, _, forms}]]} = module), do: [module | forms]
  defp inner(form), do: [form]

  defp mutate(forms) do
    Enum.reduce(1..:rand.uniform(4), pick(forms), fn _, form -> change(form, pick(forms)) end)
  end

  defp pick(tuple), do: elem(tuple, :rand.uniform(tuple_size(tuple)) - 1)

  # One node of `form` becomes something else: a part of `other`, a constant, a neighbour, or several.
  defp change(form, other) do
    at = :rand.uniform(max(size(form), 1)) - 1
    donor = nth(other, :rand.uniform(max(size(other), 1)) - 1)
    {form, _} = replace(form, at, twist(:rand.uniform(8), donor))
    form
  end

  defp twist(1, _donor), do: fn _ -> Enum.random([nil, 0, -1, 1.5, "s", :a, [], {}, %{}, 123_456_789_012_345_678_901_234_567_890]) end
  defp twist(2, donor), do: fn node -> [node, donor] end
  defp twist(3, donor), do: fn node -> {node, donor} end
  defp twist(4, donor), do: fn node -> {:__block__, [], [donor, node]} end
  defp twist(5, _donor), do: fn node -> {Enum.random([:^, :&, :!, :not, :-, :unquote, :quote, :@, :fn, :<<>>, :%, :%{}, :{}, :__aliases__, :when, :|, :"::"]), [], [node]} end
  defp twist(6, donor), do: fn node -> {Enum.random([:=, :->, :<-, :when, :|, :"::", :in, :|>, :., :+, :++, :<>, :.., :and, :%]), [], [node, donor]} end
  defp twist(_, donor), do: fn _ -> donor end

  # Nodes in preorder; metadata is no node.
  defp size({f, meta, args}) when is_list(meta), do: 1 + if(is_atom(f), do: 0, else: size(f)) + size_list(args)
  defp size({a, b}), do: 1 + size(a) + size(b)
  defp size(list) when is_list(list), do: 1 + size_list(list)
  defp size(_), do: 1

  defp size_list([h | t]), do: size(h) + size_list(t)
  defp size_list(_), do: 0

  defp nth(form, at) do
    replace(form, at, &throw({:node, &1}))
    form
  catch
    {:node, node} -> node
  end

  # {form with node number `at` changed, how many are still to pass}
  defp replace(form, 0, change), do: {change.(form), -1}
  defp replace(form, at, _change) when at < 0, do: {form, at}

  defp replace({f, meta, args}, at, change) when is_list(meta) do
    {f, at} = if is_atom(f), do: {f, at - 1}, else: replace(f, at - 1, change)
    {args, at} = if is_list(args), do: replace_all(args, at, change), else: {args, at}
    {{f, meta, args}, at}
  end

  defp replace({a, b}, at, change) do
    {a, at} = replace(a, at - 1, change)
    {b, at} = replace(b, at, change)
    {{a, b}, at}
  end

  defp replace(list, at, change) when is_list(list), do: replace_all(list, at - 1, change)
  defp replace(other, at, _change), do: {other, at - 1}

  defp replace_all([h | t], at, change) do
    {h, at} = replace(h, at, change)
    {t, at} = replace_all(t, at, change)
    {[h | t], at}
  end

  defp replace_all(end_of_list, at, _change), do: {end_of_list, at}

  defp compile(form, seed, round) do
    {pid, ref} =
      spawn_monitor(fn ->
        Process.flag(:max_heap_size, %{size: @heap_words, kill: true, error_logger: false})
        exit({:outcome, outcome(form)})
      end)

    receive do
      {:DOWN, ^ref, _, _, {:outcome, :ok}} -> :ok
      {:DOWN, ^ref, _, _, :killed} -> :ok
      {:DOWN, ^ref, _, _, what} -> bad(form, seed, round, what)
    after
      @timeout ->
        Process.exit(pid, :kill)
        bad(form, seed, round, :timeout)
    end
  end

  defp outcome(form) do
    Code.eval_quoted({:fn, [], [{:->, [], [[], form]}]}, [], file: "fuzz")
    :ok
  rescue
    # What a macro of the library says to arguments that it does not know is as good.
    _ -> :ok
  catch
    _, _ -> :ok
  end

  defp bad(form, seed, round, what) do
    IO.puts("seed #{seed}, round #{round}: #{inspect(what)}\n#{inspect(form, limit: :infinity)}")
    :bad
  end
end

[seed, rounds | files] = System.argv()
files = if files == [], do: Path.wildcard("{tests,examples}/**/*.exs") |> Enum.reject(&(&1 =~ ~r"limits|bench|fuzz")), else: files
Fuzz.Expand.run(String.to_integer(seed), String.to_integer(rounds), files)
