# SPDX-License-Identifier: Apache-2.0
# The pool of values from which tests/fuzz/calls_make.exs draws: source texts, by kind, the odd ones of each kind among them.
defmodule Fuzz.Calls.Values do
  @moduledoc "The pool: source texts of values, by kind."

  @ints ~w(0 0 1 1 2 2 3 4 5 7 8 10 12 13 16 31 36 42 59 60 63 64 97 99 100 127 128 255 256 365 1000 2024 65535 65536 86400 1114111 1114112 55296
    -1 -1 -2 -3 -5 -7 -10 -63 -64 -128 -1000 1073741824 4294967296 1152921504606846975 1152921504606846976 -1152921504606846977 9007199254740993
    9223372036854775807 -9223372036854775808 18446744073709551616 -18446744073709551617 1000000000000000000000000000000 253402300799 63072000000)
  @floats ~w(0.0 -0.0 1.0 -1.0 0.5 -0.5 1.5 2.5 -2.5 3.7 0.1 0.3 3.14159 100.0 123456.789 1.0e15 1.0e16 1.0e21 1.0e22 1.0e23 9007199254740992.0
    1.0e-5 1.0e308
    -1.7976931348623157e308 5.0e-324 2.2250738585072014e-308 4.35 1.005 0.045 12.3456 1.0e10 999.995)
  @atoms ~w(:a :b :zz :ok :error nil true false :"a-b" :É :"" Foo Foo.Bar String :+ :a? :"1" Elixir :infinity :undefined :utf8 :day :hour :second
    :asc :desc :lower :reply :exit :_ :"$1")
  @strings ["", "", "a", "b", "abc", "Hello, World", "  x \t\n", "ÀÉ", "straße", "ﬁn", "e\u0301", "👩‍👩‍👧", "🇩🇪🇫🇷x", "\u200B", "İI", "ΣΑΣ", "日本",
    "\u00A0", "\u2028",
    <<255>>, <<"ab", 255, "c">>, <<0xED, 0xA0, 0x80>>, "123", "-42", "+7", "1_000", "1.5e3", ".5", "0x1F", "1e400", "a,b,,c", "a\nb\r\nc\n",
      "/usr/local/lib",
    "~/x", "foo.ex", "../a/./b", "a//b/", "http://user:p@ex.com:80/p/q?q=1&r#f", "mailto:a@b", "2020-02-29", "2021-02-29", "23:59:59.999",
      "2020-01-01T00:00:00Z",
    "-0001-12-31 24:00:00+02:30", "1.2.3", "1.2.3-rc.1+b", "~> 1.2", ">= 1.0.0 and < 2.0.0", "%Y-%m-%d %H:%M:%S", "%-5d%^a", "YWJj", "YW==",
      "616263", "6G", "a=1&b=2+c%20",
    "\0", "true", "nil", "MyApp.Foo", "fooBar_baz", "\#{x}", "\"q\" 'r'", "\e[31m", "a b c a b", "--flag", "--no-x=1", "-abc",
      "aaaaaaaaaaaaaaaaaaaa", "z\\n", "[a-c]+", "(?<n>.)"]
  @funs ~w(&Kernel.+/2 &Kernel.>=/2 &Kernel.length/1 &String.upcase/1 &Kernel.==/2 &:erlang.self/0 &Kernel.elem/2 &Kernel.max/2 &Enum.count/1
    &Kernel.++/2 &Map.put/3 &Foo.bar/1)
  @ranges ~w(1..3 0..-1 0..-1//1 5..1 1..10//3 10..1//-4 -3..-1 -3..-1//1 0..0 2..1//1 1..2000 -5..5//2 1..2//2 0..100//7 3..3//-1)
  @regexes [~S(~r/a/), ~S(~r/[a-c]+/), ~S{~r/(?<n>\w)(?<m>\d)?/u}, ~S(~r//), ~S(~r/b|c/i), ~S{~r/(,)|( )/}, ~S{~r/\s*$/m}, ~S(~r/é/u),
    ~S{~r/^(?:x)?/}]
  @dates ["~D[2020-02-29]", "~D[2021-01-31]", "~D[0000-01-01]", "~D[-0001-12-31]", "~D[9999-12-31]", "~D[1969-12-31]", "~D[2024-12-30]",
    "~D[2000-01-01]"]
  @times ["~T[00:00:00]", "~T[23:59:59.999999]", "~T[12:30:15.5]", "~T[01:02:03.000]", "~T[12:00:00]"]
  @naives ["~N[2020-02-29 12:30:45]", "~N[0000-01-01 00:00:00.000001]", "~N[1970-01-01 00:00:00]", "~N[-0005-03-01 23:59:59.99]",
    "~N[9999-12-31 23:59:59.999999]"]
  @no_zone "std_offset: 0, utc_offset: -12600, time_zone: \"X/Y\", zone_abbr: \"XY\""
  @zone "std_offset: 3600, utc_offset: 3600, time_zone: \"Europe/Berlin\", zone_abbr: \"CEST\""
  @datetimes ["~U[2020-02-29 12:30:45Z]", "~U[1970-01-01 00:00:00.000000Z]", "~U[-0001-06-01 10:00:00.123Z]", "~U[2024-12-31 23:59:59.9Z]",
    "%DateTime{year: 2021, month: 7, day: 1, hour: 0, minute: 10, second: 0, microsecond: {5000, 4}, #{@zone}}",
    "%DateTime{year: 2021, month: 1, day: 1, hour: 1, minute: 0, second: 0, microsecond: {0, 0}, #{@no_zone}}"]
  @lists ["[]", "[1, 2, 3]", "[a: 1, b: 2]", "[a: 1, a: 2]", "[{\"k\", 1}]", "[1 | 2]", "'abc'", "[3, 1, 2, 1]", "[1.0, 1, :a, \"s\", nil]",
    "[[1], [2, [3]]]", "[\"a\", \"b\"]", "[{1, 2, 3}, {:a}]", "[nil, false]", "[0, 256]"]
  @maps ["%{}", "%{a: 1}", "%{a: 1, b: %{c: 2}}", "%{1 => 2, \"x\" => nil, 1.0 => 3}", "%{{1, 2} => []}", "%{__struct__: Foo, a: 1}"]
  @others ["{}", "{:ok, 1}", "{1, 2, 3}", "{:a, \"b\", [c: 1]}", "<<5::3>>", "<<1, 2, 3::4>>", "MapSet.new([1, 2, 3])", "MapSet.new()",
    "%RuntimeError{message: \"m\"}", "URI.parse(\"http://a/b\")",
    "%Version{major: 1, minor: 2, patch: 3}", "Stream.map(1..3, & &1)", "{:a, [line: 1], nil}", "quote(do: a + b.c(1))",
      "Date.range(~D[2020-01-01], ~D[2020-01-05])", "{{2020, 2, 29}, {12, 0, 0}}", "{2021, 1, 31}"]
  @options ["trim: true", "parts: 2", "global: false", "insert_replaced: 1", "capture: :first", "capture: :all_but_first", "return: :index",
    "include_captures: true", "case: :lower",
    "case: :mixed", "padding: false", "ignore: :whitespace", "decimals: 2", "scientific: 3", "strict: [flag: :boolean, n: :integer, s: :string]",
      "switches: [n: [:float, :keep], v: :count]", "aliases: [f: :flag, n: :n]",
    "limit: 2", "width: 5", "pretty: true", "base: :hex", "binaries: :as_binaries", "charlists: :as_lists", "structs: false", "capture: [:n]",
      "on: [1]", "offset: 1", "turns: 2", "line: 3", "file: \"f\"",
    "trim: 1", "nope: true", "match_base: true", "allow_nonexistent_atoms: true", "unpack: true"]

  @kinds [@ints, @floats, @atoms, Enum.map(@strings, &inspect/1), @funs, @ranges, @regexes, @dates, @times, @naives, @datetimes, @lists, @maps,
    @others]
  def any, do: pick(pick(@kinds))

  # Few enough that keys are found, and values equal.
  def small, do: pick(["1", "2", "3", ":a", ":b", "\"a\"", "1.0", "nil", "{:a, 1}", "[1]"])

  def int, do: pick(@ints)
  def float, do: if(:rand.uniform(4) == 1, do: random_float(), else: pick(@floats))
  def atom, do: pick(@atoms)
  def range, do: pick(@ranges)
  def regex, do: pick(@regexes)
  def date, do: pick(@dates)
  def time, do: pick(@times)
  def naive, do: pick(@naives)
  def datetime, do: pick(@datetimes)
  def map, do: pick(@maps)
  def list, do: pick(@lists)
  def option, do: pick(@options)
  def other, do: pick(@others)
  def fun, do: pick(@funs)

  def string do
    case :rand.uniform(4) do
      1 -> inspect(Enum.map_join(1..:rand.uniform(3), fn _ -> pick(@strings) end))
      2 -> inspect(for(_ <- 1..:rand.uniform(6), into: "", do: <<random_char()::utf8>>))
      _ -> inspect(pick(@strings))
    end
  end

  def charlist, do: inspect(for(_ <- 0..:rand.uniform(6), do: random_char()), charlists: :as_lists)

  def pick(list), do: Enum.random(list)

  defp random_float do
    case <<:rand.uniform(18_446_744_073_709_551_615)::64>> do
      <<float::float>> -> inspect(float)
      _ -> "0.1"
    end
  end

  defp random_char do
    case :rand.uniform(8) do
      1 -> 0x300 + :rand.uniform(0x2F)
      2 -> 0x1F300 + :rand.uniform(0x2FF)
      3 -> 0xAC00 + :rand.uniform(0x2BA3)
      4 -> :rand.uniform(0xD7FF)
      5 -> :rand.uniform(0x24F)
      _ -> 31 + :rand.uniform(96)
    end
  end
end
