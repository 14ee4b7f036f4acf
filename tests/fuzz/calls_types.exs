# SPDX-License-Identifier: Apache-2.0
# Grows values from types for tests/fuzz/calls_make.exs. What is opaque, or said more loosely in a @spec than its module means it, stands in
# one table.
defmodule Fuzz.Calls.Types do
  @moduledoc "Source texts of random values of a type, as `Code.Typespec` reads it."
  alias Fuzz.Calls.Values

  # Opaque types, and those whose @type says less than their module expects.
  @built %{
    {String, :t} => :string, {Regex, :t} => :regex, {Range, :t} => :range, {Date, :t} => :date, {Time, :t} => :time, {NaiveDateTime, :t} => :naive,
      {DateTime, :t} => :datetime,
    {Keyword, :t} => :keyword, {Enumerable, :t} => :enumerable, {Collectable, :t} => :collectable, {Macro, :t} => :quoted, {Macro,
      :input} => :quoted, {Macro, :output} => :quoted,
    {MapSet, :t} => "MapSet.new(#LIST)", {MapSet, :internal} => "MapSet.new(#LIST)", {URI, :t} => "URI.parse(#STRING)", {Version, :t} => :version,
      {Version, :version} => :version,
    {Version, :requirement} => :requirement, {Version.Requirement, :t} => "Version.parse_requirement!(\">= 1.0.0\")", {Inspect.Algebra,
      :t} => :document, {Path, :t} => :path,
    {:queue, :queue} => ":queue.from_list(#LIST)", {:gb_sets, :set} => ":gb_sets.from_list(#LIST)", {:gb_trees,
      :tree} => ":gb_trees.from_orddict(Enum.sort(#MAP))",
    {:sets, :set} => ":sets.from_list(#LIST)", {:array, :array} => ":array.from_list(#LIST)", {:dict,
      :dict} => ":dict.from_list(Enum.to_list(#MAP))", {:orddict, :orddict} => ":orddict.from_list(Enum.to_list(#MAP))",
    {:ordsets, :ordset} => ":ordsets.from_list(#LIST)", {:rand, :state} => ":rand.seed_s(:exsss, {1, 2, 3})", {:gb_trees,
      :iter} => ":gb_trees.iterator(:gb_trees.from_orddict([{1, 2}, {3, 4}]))",
    {:gb_sets, :iter} => ":gb_sets.iterator(:gb_sets.from_list(#LIST))", {:maps, :iterator} => ":maps.iterator(#MAP)", {:re,
      :mp} => "elem(:re.compile(\"[a-c]\"), 1)", {:binary, :cp} => ":binary.compile_pattern(\"a\")",
    {:ets, :tab} => "T.ets()", {:ets, :tid} => "T.ets()", {:ets, :match_spec} => :match_spec, {:ets, :match_pattern} => :pattern, {:digraph,
      :graph} => "T.digraph()", {Calendar, :calendar} => "Calendar.ISO", {Calendar, :time_zone_database} => "Calendar.UTCOnlyTimeZoneDatabase",
    {Calendar, :year} => "#INT", {Calendar, :month} => :month, {Calendar, :day} => :month, {Calendar, :microsecond} => "{#INT, 6}", {Calendar,
      :time_zone} => "\"Etc/UTC\"", {Inspect.Opts, :t} => "%Inspect.Opts{}"
  }

  def value(type, env), do: type |> text(env) |> fill()

  # What stands for a part in a text of @built.
  defp fill(text), do: Regex.replace(~r/#(LIST|MAP|STRING|INT)\b/, text, fn _, kind -> part(kind) end)
  defp part("LIST"), do: list("small", fn -> Values.small() end)
  defp part("MAP"), do: Values.map()
  defp part("STRING"), do: Values.string()
  defp part("INT"), do: Values.int()

  defp text(_type, %{depth: depth}) when depth > 6, do: Values.small()

  defp text(type, env) do
    env = %{env | depth: env.depth + 1}

    case type do
      {:ann_type, _, [_, type]} -> text(type, env)
      {:paren_type, _, [type]} -> text(type, env)
      {:var, _, name} -> variable(Map.get(env.vars, name), env)
      {:atom, _, atom} -> inspect(atom)
      {:integer, _, int} -> "#{int}"
      {:char, _, char} -> "#{char}"
      {:op, _, _, _} -> Values.int()
      {:op, _, _, _, _} -> Values.int()
      {:remote_type, _, [{:atom, _, module}, {:atom, _, name}, args]} -> named(module, name, args, env)
      {:user_type, _, name, args} -> named(env.module, name, args, env)
      {:type, _, name, args} -> built_in(name, args, env)
    end
  end

  defp variable(nil, _), do: anything()
  defp variable(type, env), do: text(type, env)

  defp anything, do: if(:rand.uniform(3) == 1, do: Values.any(), else: Values.small())

  defp named(:elixir, name, args, env), do: built_in(name, args, env)

  defp named(module, name, args, env) do
    case @built do
      %{{^module, ^name} => text} when is_binary(text) -> text
      %{{^module, ^name} => kind} -> special(kind, args, env)
      %{} -> named_type(Enum.find(types(module), &match?({_, {^name, _, params}} when length(params) == length(args), &1)), module, args, env)
    end
  end

  defp named_type(nil, _, _, _), do: Values.any()

  defp named_type({_, {_, type, params}}, module, args, env) do
    vars = Map.new(Enum.zip(params, args), fn {{:var, _, name}, arg} -> {name, arg} end)
    text(type, %{env | module: module, vars: Map.merge(env.vars, vars)})
  end

  defp special(:string, _, _), do: Values.string()
  defp special(:regex, _, _), do: Values.regex()
  defp special(:range, _, _), do: Values.range()
  defp special(:date, _, _), do: Values.date()
  defp special(:time, _, _), do: Values.time()
  defp special(:naive, _, _), do: Values.naive()
  defp special(:datetime, _, _), do: Values.datetime()
  defp special(:month, _, _), do: Values.pick(~w(1 2 3 6 12 28 29 30 31 0 13))
  defp special(:path, _, _), do: Values.pick([Values.string(), inspect(Values.pick(~w(/a/b.c ../x .. . a/../../b /.. ~ /a//b/. .bashrc a.tar.gz)))])
  defp special(:version, _, _), do: Values.pick(["\"1.2.3\"", "\"1.2.3-rc.1\"", "\"0.0.0+b\"", "\"2.0.0-a.b.1\"", "\"1.2\"",
    "Version.parse!(\"1.0.0\")", Values.string()])
  defp special(:requirement, _, _), do: Values.pick(["\">= 1.0.0\"", "\"~> 1.2\"", "\"~> 1.2.3-rc or == 2.0.0\"", "\"!= 1.2.3\"", "\"1.2.3\"",
    "\"> 1\"", Values.string()])
  defp special(:quoted, _, _), do: Values.pick(["quote(do: a + b)", "quote(do: Foo.bar(1, [x: 2]))", "{:x, [], nil}", "quote(do: (fn x -> x end))",
    "quote(do: %{a | b: 1})", "quote(do: a |> b(1) |> C.d)", Values.any()])
  defp special(:keyword, [], env), do: special(:keyword, [{:type, 0, :term, []}], env)
  defp special(:keyword, [type], env), do: if(:rand.uniform(2) == 1, do: options(), else: list("a: ",
    fn -> "#{Values.pick(~w(a b c))}: #{text(type, env)}" end))
  defp special(:collectable, _, _), do: Values.pick(["[]", "%{}", "\"\"", "MapSet.new([1])", "%{a: 1}", "[1]"])
  defp special(:pattern, _, _), do: Values.pick(["{:\"$1\", :_}", "{:\"$1\", :\"$2\"}", ":_", ":\"$1\"", "{:_, :b, :\"$2\"}", "{1, :\"$2\"}",
    "{:\"$2\", :_, :\"$1\"}", "{:\"$1\", :\"$1\"}", Values.other()])

  defp special(:match_spec, _, env) do
    guard = Values.pick(["", "{:>, :\"$1\", 1}", "{:is_atom, :\"$1\"}", "{:==, {:element, 1, :\"$_\"}, {:const, 2}}",
      "{:andalso, true, {:is_integer, :\"$1\"}}", Values.small()])
    body = Values.pick([":\"$_\"", ":\"$$\"", ":\"$1\"", "{{:\"$1\", {:+, 1, 2}}}", "true", "[:\"$1\"]", "{:size, :\"$_\"}", Values.small()])
    "[{#{special(:pattern, [], env)}, [#{guard}], [#{body}]}]"
  end

  defp special(:document, _, _), do: Values.pick(["\"doc\"", "Inspect.Algebra.line()", "Inspect.Algebra.concat(\"a\", \"b\")",
    "Inspect.Algebra.glue(\"a\", \"b\")", ":doc_nil", "Inspect.Algebra.group(Inspect.Algebra.break())"])

  defp special(:enumerable, [], env), do: special(:enumerable, [{:type, 0, :term, []}], env)

  defp special(:enumerable, [type], env) do
    case :rand.uniform(10) do
      1 -> Values.pick(~w(1..5 1..10//3 5..1 0..-1//1 -5..5//2))
      2 -> Values.map()
      3 -> "MapSet.new(#{list("e", fn -> text(type, env) end)})"
      4 -> "Stream.map(#{list("e", fn -> text(type, env) end)}, & &1)"
      5 -> list("i", fn -> Values.pick(~w(1 2 3 4 5 2.0)) end)
      6 -> Values.list()
      _ -> list("e", fn -> text(type, env) end)
    end
  end

  defp built_in(name, args, env) do
    case {name, args} do
      {:union, types} -> text(Values.pick(types), env)
      {:list, [type]} -> list("e", fn -> text(type, env) end)
      {:nonempty_list, [type]} -> "[#{text(type, env)}]"
      {:maybe_improper_list, [type, tail]} -> improper(list("e", fn -> text(type, env) end), tail, env)
      {:tuple, :any} -> Values.pick(["{}", "{1}", "{1, :a}", "{:a, 1, \"b\"}", "{2, 1}", "{3, 2, 1}"])
      {:tuple, types} -> "{" <> Enum.map_join(types, ", ", &text(&1, env)) <> "}"
      {:map, :any} -> Values.map()
      {:map, fields} -> "%{" <> Enum.map_join(Enum.take_random(fields, 3), ", ", &field(&1, env)) <> "}"
      {:range, [{:integer, _, low}, {:integer, _, high}]} -> Values.pick(["#{low}", "#{high}", "#{Enum.random(low..high)}", Values.int()])
      {:fun, [{:type, _, :product, params}, result]} -> function(length(params), result, env)
      {:fun, _} -> Values.fun()
      {:keyword, args} -> special(:keyword, args, env)
      {:record, _} -> Values.other()
      {name, _} -> plain(name, env)
    end
  end

  defp plain(name, env) do
    cond do
      name in [:integer, :neg_integer] -> Values.int()
      name in [:non_neg_integer, :pos_integer, :arity] -> Values.pick([Values.int(), Values.pick(~w(0 1 2 3 4 5 8 12))])
      name in [:byte, :char] -> Values.pick(~w(0 10 97 65 127 255 233 8364 128512 48))
      name == :float -> Values.float()
      name == :number -> Values.pick([Values.int(), Values.float()])
      name in [:atom, :module, :node] -> Values.atom()
      name == :boolean -> Values.pick(~w(true false))
      name in [:binary, :nonempty_binary] -> Values.string()
      name in [:bitstring, :nonempty_bitstring] -> Values.pick([Values.string(), "<<5::3>>", "<<1, 2, 3::4>>", "<<>>"])
      name in [:charlist, :string, :nonempty_string, :nonempty_charlist] -> Values.pick(["'abc'", "''", "'12'", "'1.5'", Values.charlist()])
      name in [:iolist, :iodata] -> Values.pick([Values.string(), "[\"a\", [98, 'c' | \"d\"]]", "[]", "[1, <<2>>]"])
      name in [:list, :maybe_improper_list, :nonempty_list] -> Values.pick([Values.list(), list("s", fn -> Values.small() end)])
      name == nil -> "[]"
      name in [:mfa] -> "{String, :upcase, 1}"
      name in [:binary_string] -> text({:type, 0, :binary, []}, env)
      true -> anything()
    end
  end

  defp field({:type, _, _, [key, value]}, env), do: "#{text(key, env)} => #{text(value, env)}"

  defp list(_, element), do: "[" <> Enum.map_join(1..:rand.uniform(5)//1, ", ", fn _ -> element.() end) <> "]" |> shorten()
  defp shorten(text), do: if(:rand.uniform(12) == 1, do: "[]", else: text)

  defp improper("[]", _, _), do: "[]"
  defp improper(list, tail, env), do: if(:rand.uniform(4) == 1, do: String.slice(list, 0..-2) <> " | #{text(tail, env)}]", else: list)

  defp options, do: "[" <> (Enum.map(1..:rand.uniform(2), fn _ -> Values.option() end) |> Enum.uniq() |> Enum.join(", ")) <> "]"

  # A function of the type: it answers a value of the result's type, or something made of its parameters.
  defp function(arity, result, env) do
    params = Enum.take(~w(a b c d e), arity)
    used = "fn #{Enum.join(params, ", ")} -> "
    ignored = "fn #{Enum.map_join(params, ", ", &("_" <> &1))} -> "

    case {:rand.uniform(10), params} do
      {1, _} -> Values.fun()
      {_, []} -> ignored <> text(result, env) <> " end"
      {2, _} -> ignored <> "throw(:x) end"
      {3, _} -> ignored <> text(result, env) <> " end"
      {_, params} -> used <> body(shape(result, env), params, result, env) <> " end"
    end
  end

  defp shape({:type, _, :boolean, _}, _), do: :boolean
  defp shape({:user_type, _, :as_boolean, _}, _), do: :boolean
  defp shape({:type, _, :union, [{:atom, _, _} | _]}, _), do: :other
  defp shape({:type, _, name, _}, _) when name in [:tuple, :list, :union, :integer, :binary], do: :other
  defp shape({:remote_type, _, [_, {:atom, _, name}, _]}, _) when name in [:as_boolean], do: :boolean
  defp shape(_, _), do: :any

  defp body(:other, [a | _], result, env), do: "_ = {#{a}}; #{text(result, env)}"

  defp body(:boolean, [a], _, _), do: Values.pick(["#{a} == #{Values.small()}", "is_integer(#{a})", "#{a} > 1", "#{a} != nil", "rem(#{a}, 2) == 0"])
  defp body(:boolean, [a, b | _], _, _), do: Values.pick(["#{a} <= #{b}", "#{a} == #{b}", "#{a} >= #{b}", "is_atom(#{a}) or #{b} == 1"])
  defp body(:any, [a], _, _), do: Values.pick([a, "{#{a}, 1}", "inspect(#{a})", "#{a} + 1", "[#{a}]", "[#{a}, #{a}]", "rem(#{a}, 3)"])
  defp body(:any, [a, b | _], _, _), do: Values.pick(["{#{a}, #{b}}", "#{a} + #{b}", b, "[#{a} | #{b}]", "max(#{a}, #{b})"])

  defp types(module) do
    with nil <- Process.get({:types, module}) do
      types = with {:ok, types} <- Code.Typespec.fetch_types(module), do: types
      types = if is_list(types), do: types, else: []
      Process.put({:types, module}, types)
      types
    end
  end
end
