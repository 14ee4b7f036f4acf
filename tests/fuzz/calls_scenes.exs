# SPDX-License-Identifier: Apache-2.0
# Calls whose arguments must fit each other, for tests/fuzz/calls_make.exs: formats with what they format, patterns with texts, options with
# values. Each public function but names/0 writes one call.
defmodule Fuzz.Calls.Scenes do
  @moduledoc false
  import Fuzz.Calls.Values, only: [pick: 1]
  alias Fuzz.Calls.Values

  def names, do: ~w(inspecting nesting formats writes strftime regexes replaces numbers floats digits dates clocks uris merges slices ranges
    differences options versions encodings paths texts sorts binaries algebra)a

  defp some(range, joiner \\ "", fun), do: Enum.map_join(1..Enum.random(range)//1, joiner, fn _ -> fun.() end)

  defp value(depth \\ 3)
  defp value(0), do: Values.any()

  defp value(depth) do
    case :rand.uniform(9) do
      1 -> "[" <> some(0..6, ", ", fn -> value(depth - 1) end) <> "]"
      2 -> "{" <> some(0..4, ", ", fn -> value(depth - 1) end) <> "}"
      3 -> "%{" <> some(0..4, ", ", fn -> value(depth - 1) <> " => " <> value(depth - 1) end) <> "}"
      4 -> "[" <> some(1..4, ", ", fn -> pick(~w(a: b: "c-d": nil: do: É: A: +:)) <> " " <> value(depth - 1) end) <> "]"
      5 -> "%{" <> some(1..4, ", ", fn -> pick(~w(a: b: "c-d": nil: do: É: A: +:)) <> " " <> value(depth - 1) end) <> "}"
      6 -> Values.string()
      7 -> Values.charlist()
      _ -> Values.any()
    end
  end

  def inspecting do
    options = [
      fn -> "limit: #{pick(~w(0 1 2 3 5 10 :infinity))}" end,
      fn -> "width: #{pick(~w(0 1 10 20 40 80 :infinity))}, pretty: true" end,
      fn -> "pretty: true" end,
      fn -> "base: #{pick(~w(:hex :octal :binary :decimal))}" end,
      fn -> "binaries: #{pick(~w(:as_strings :as_binaries :infer))}" end,
      fn -> "charlists: #{pick(~w(:as_lists :as_charlists :infer))}" end,
      fn -> "printable_limit: #{pick(~w(0 1 3 10 :infinity))}" end,
      fn -> "structs: false" end,
      fn -> "safe: false" end,
      fn -> "custom_options: [sort_maps: true]" end,
      fn -> "syntax_colors: [#{some(1..3, ", ", &colour/0)}]" end
    ]

    "inspect(#{value()}, [#{some(0..3, ", ", fn -> pick(options).() end)}])"
  end

  defp colour do
    pick(~w(atom: string: number: list: map: tuple: nil: boolean: binary: regex: reset:)) <> " " <> pick([":red", "[:bright, :blue]", ":green"])
  end

  def nesting, do: "inspect(#{value(6)}, pretty: true, limit: :infinity, width: #{pick(~w(1 20 40 60 80 98))})"

  def formats do
    {directives, args} =
      Enum.unzip(
        for _ <- 1..:rand.uniform(3) do
          {letter, arg} = pick([{"s", :text}, {"ts", :text}, {"p", :any}, {"tp", :any}, {"w", :any}, {"tw", :any}, {"c", :char}, {"tc", :char},
            {"f", :float}, {"e", :float}, {"g", :float}, {"b", :int}, {"B", :int}, {"x", :prefix}, {"X", :prefix}, {"+", :int}, {"#", :int}, {"i",
            :any}, {"n", :none}, {"~", :none}, {"P", :deep}, {"W", :deep}, {"s", :any}, {"c", :any}, {"f", :any}, {"y", :any}])
          width = pick(["", "", "", "5", "-8", "20", "1", "*"])
          precision = pick(["", "", ".3", ".0", ".10", ".16", ".2.0", "..*", ".*", ".5. "])
          stars = for <<?* <- width <> precision>>, do: pick(~w(1 3 8 -4 48))
          {"~" <> width <> precision <> letter, stars ++ format_args(arg)}
        end
      )

    format = Enum.join(directives, pick(["", " ", "|", "é"]))
    "IO.chardata_to_string(:io_lib.format(#{inspect(pick([format, String.to_charlist(format)]))}, [#{args |> List.flatten() |> Enum.join(", ")}]))"
  end

  defp format_args(:text), do: [pick([Values.string(), Values.charlist(), "'abc'", ":atom", "[\"a\", 'b' | \"c\"]"])]
  defp format_args(:char), do: [pick(~w(97 233 8364 10 128512))]
  defp format_args(:float), do: [pick([Values.float(), Values.float(), Values.int()])]
  defp format_args(:int), do: [Values.int()]
  defp format_args(:prefix), do: [Values.int(), pick(["'0x'", "\"0x\"", "[]", ":a"])]
  defp format_args(:deep), do: [value(), pick(~w(0 1 2 5 -1 100))]
  defp format_args(:any), do: [value()]
  defp format_args(:none), do: []

  @forms [
    "a + b * c", "if(x, do: #VALUE, else: y)", "fn x, y when x > 1 -> #VALUE end", "&(&1 + #VALUE)", "foo(#VALUE) |> Bar.baz(1)", "not a in b",
    "-a ** 2", "@x [1 | y]", "<<a::size(3), b::binary>>", "%{a | b: #VALUE}", "%Foo{a: 1}", "a.b.c(1)[d]", "for x <- y, z, into: %{}, do: x",
    "case x do a -> b; _ when c -> d end", "\"a\#{b}c\"", "~w(a b)a", "~r/a/i", "try do a rescue e in [X] -> e after b end",
    "defmodule A do def f(x), do: x end", "x..y//2", "!a and b or c", "a <> b ++ c", "unquote_splicing(x)", "with {:ok, a} <- b, do: a",
    "a when b", "^x = 1", "[a: 1] ++ [{:b, 2}]", "\"\"\"\nab\n\"\"\"", "fn -> 1 end.()", "(a; b)", "a -- (b -- c)", "(a -- b) -- c", "- -1", "+a",
    "not(a)", "a.\"b c\"", ":\"a b\"", "A.B.{C, D}", "'x\#{y}'", "1_000", "0x1F", "?a", "1.0e10", "a && (b || c)", "x |> (fn y -> y end).()",
    "%{\"a\" => 1, b: 2}", "{a, b, c}", "{}", "[{:a, 1}, 2]", "raise ArgumentError, \"x\"", "if a do b else c end", "unless a, do: b",
    "cond do a -> 1; true -> 2 end", "receive do x -> y after 10 -> z end"
  ]

  def writes do
    read = pick(["'12 abc'", "'3.5 x'", "'16#ff 7'", "'-12,3'", "'abc def'", "''"])

    pick([
      fn -> "to_string(:io_lib.print(#{value()}, #{pick(~w(1 3 10))}, #{pick(~w(10 40 80))}, #{pick(~w(-1 3 10))}))" end,
      fn -> "to_string(:io_lib.write(#{value()}, #{pick(~w(-1 0 1 2 5))}))" end,
      fn -> ":io_lib.fread('#{some(1..2, " ", fn -> pick(~w(~d ~s ~f ~c ~a ~u ~x ~3d ~16u ~*d abc)) end)}', #{read})" end,
      fn -> "to_string(:io_lib.write_string(#{Values.charlist()}))" end,
      fn -> "to_string(:io_lib.write_atom(#{Values.atom()}))" end,
      fn -> "String.Chars.to_string(#{value(1)})" end,
      fn -> "Macro.to_string(Code.string_to_quoted!(#{inspect(value())}))" end,
      fn -> "Code.format_string!(#{inspect(value(4))}) |> IO.iodata_to_binary()" end,
      fn -> "Macro.to_string(quote(do: #{pick(@forms) |> String.replace("#VALUE", value(1))}))" end
    ]).()
  end

  def strftime do
    format = some(1..4, fn -> "%" <> pick(["", "", "", "-", "_", "0", "^", "#", "5", "-3", "_4", "010", "^5"]) <> pick(~w(a A b B c d f H I j m M p
      P q S u x X y Y z Z % s k)) end)
    value = pick([&Values.date/0, &Values.time/0, &Values.naive/0, &Values.naive/0, &Values.datetime/0, &Values.datetime/0]).()
    options = pick(["", "", ", preferred_date: \"%d.%m.%y\"", ", am_pm_names: fn :am -> \"a\"; :pm -> \"p\" end",
      ", month_names: fn m -> \"m\#{m}\" end, day_of_week_names: fn d -> \"d\#{d}\" end", ", preferred_datetime: \"%x\", preferred_time: \"%c\""])
    "Calendar.strftime(#{value}, #{inspect(format)}#{options})"
  end

  defp bool, do: pick(~w(true false))

  defp pattern do
    some(1..4, fn ->
      atom = pick(["a", "b", "c", ".", "\\d", "\\w", "\\s", "[abc]", "[^a]", "[[:alpha:]]", "(a|b)", "(?<n>.)", "(?:ab)", "^", "$", "\\b", "é",
        "(b)?", "(?=a)", "(?!b)", "(?i)A", "\\x41", "\\p{L}", "\\1", "\\K", "\\R", "\\h", "x{2}", "(?>a+)", "[\\]a-]", "\\Aa", "\\z", "(?#c)",
        "\\Q.\\E", "(?<!a)b"])
      atom <> pick(["", "", "", "*", "+", "?", "{2}", "{1,}", "{,2}", "*?", "+?", "?+"])
    end)
  end

  defp subject, do: some(0..8, fn -> pick(["a", "b", "c", "ab", "1", "_", " ", "\n", "A", "é", "日", "x", "xx", "-", ".", "\r\n", "👩‍👩‍👧"]) end)

  defp regex do
    source = pattern()
    if String.contains?(source, "/"), do: "~r/a/", else: "Regex.compile!(#{inspect(source)}, #{inspect(some(0..2, fn -> pick(~w(i u m s x U)) end))})"
  end

  @split_options [":trim", ":group", "{:parts, 2}", "{:return, :binary}", "{:return, :list}", ":unicode", ":notempty"]
  @run_options [":global", ":caseless", ":unicode", "{:capture, :all, :binary}", "{:capture, :first, :list}", "{:offset, 1}", ":anchored",
                ":notempty", "{:capture, :all_names, :binary}", ":ungreedy", ":dollar_endonly", "{:newline, :crlf}", ":multiline", ":dotall",
                ":extended", ":firstline"]

  def regexes do
    {regex, subject} = {regex(), inspect(subject())}

    pick([
      "Regex.run(#{regex}, #{subject})",
      "Regex.run(#{regex}, #{subject}, return: :index, capture: #{pick(~w(:all :first :all_but_first :none :all_names [0,1] [:n] ["n"]))})",
      "Regex.scan(#{regex}, #{subject})",
      "Regex.scan(#{regex}, #{subject}, return: :index)",
      "Regex.split(#{regex}, #{subject}, trim: #{bool()}, parts: #{pick(~w(1 2 3 :infinity))}, include_captures: #{bool()})",
      "Regex.named_captures(#{regex}, #{subject})",
      "Regex.names(#{regex})",
      "Regex.match?(#{regex}, #{subject})",
      "Regex.run(#{regex}, #{subject}, offset: #{pick(~w(0 1 2 5))})",
      "Regex.split(#{regex}, #{subject}, on: #{pick(~w(:all_but_first [1] :first :all_names))})",
      "inspect(#{regex})",
      "String.split(#{subject}, #{regex})",
      "Regex.compile(#{inspect(pattern() <> pick(["(", ")", "[", "*", "\\", "(?<", "{3", "(?z)", ""]))})",
      ":re.run(#{subject}, #{inspect(pattern())}, [#{some(0..2, ", ", fn -> pick(@run_options) end)}])",
      ":re.split(#{subject}, #{inspect(pattern())}, [#{some(0..2, ", ", fn -> pick(@split_options) end)}])"
    ])
  end

  def replaces do
    {regex, subject} = {regex(), inspect(subject())}
    plain = pick(["a", "b", "ab", "", "é", ["a", "b"], ["ab", "a"]])
    erlang = pick(["x", "&", "\\0\\1", "[\\g1]", "\\&"])
    option = pick(["", ", :global", ", :unicode", ", :caseless"])
    replacement = pick([inspect(some(1..3, fn -> pick(["x", "\\0", "\\1", "\\g{1}", "\\\\", "\\9", "[", "é", "\\g{n}"]) end)),
      "fn m -> \"<\#{m}>\" end", "fn a, b -> \"(\#{a},\#{b})\" end", "\"\"", "fn _ -> 1 end"])

    pick([
      "Regex.replace(#{regex}, #{subject}, #{replacement}, global: #{bool()})",
      "String.replace(#{subject}, #{regex}, #{replacement})",
      "String.replace(#{subject}, #{inspect(plain)}, #{replacement}, global: #{bool()})",
      ":re.replace(#{subject}, #{inspect(pattern())}, #{inspect(erlang)}, [{:return, :binary}#{option}])",
      "Regex.escape(#{inspect(pattern())})"
    ])
  end

  defp number_text, do: some(1..5, fn -> pick(~w(0 1 9 12 . e E + - _ x 0x a F 1.5 e10 e-5 1.0e 308 inf nan) ++ [" ", "\n"]) end)

  def numbers do
    text = inspect(pick([number_text(), number_text(), Values.string() |> String.trim("\"")]))

    pick([
      "Integer.parse(#{text})",
      "Integer.parse(#{text}, #{pick(~w(2 8 16 36 37 1))})",
      "Float.parse(#{text})",
      "String.to_integer(#{text})",
      "String.to_float(#{text})",
      "String.to_integer(#{text}, 16)",
      ":string.to_integer(#{text})",
      ":string.to_float(#{text})",
      "Code.string_to_quoted(#{text})",
      ":erlang.list_to_float(String.to_charlist(#{text}))",
      ":erlang.binary_to_integer(#{text})",
      ":erl_scan.string(String.to_charlist(#{text}))"
    ])
  end

  def floats do
    float = Values.float()
    option = pick(["{:decimals, #{pick(~w(0 1 2 5 17 100))}}", ":short", "{:scientific, #{pick(~w(0 1 5 17 20))}}", "{:decimals, 10}, :compact"])

    pick([
      "Float.to_string(#{float})",
      "Float.round(#{float}, #{pick(~w(0 1 2 3 5 10 15))})",
      "Float.#{pick(~w(ceil floor))}(#{float}, #{pick(~w(0 1 2 3 5 15))})",
      "Float.ratio(#{float})",
      "round(#{float}) + trunc(#{float}) + floor(#{float}) + ceil(#{float})",
      ":erlang.float_to_binary(#{float}, [#{option}])",
      ":erlang.float_to_list(#{float}, [{:decimals, 4}, :compact])",
      ":math.#{pick(~w(sin cos tan atan sqrt exp log log2 log10 ceil floor asin acos sinh cosh tanh erf))}(#{float})",
      ":math.#{pick(~w(pow atan2 fmod))}(#{float}, #{Values.float()})",
      "#{float} #{pick(~w(+ - * /))} #{pick([Values.float(), Values.int()])}",
      "{#{float} == #{Values.int()}, #{float} < #{Values.int()}, #{float} <= #{Values.float()}, max(#{float}, #{Values.int()})}",
      "<<#{float}::float-#{pick(~w(16 32 64))}-#{pick(~w(big little))}>>",
      "inspect(#{float}) <> to_string(#{float})"
    ])
  end

  def digits do
    int = pick([Values.int(), "#{:rand.uniform(1_000_000_000_000_000_000_000)}", "-#{:rand.uniform(10_000_000_000)}"])
    other = pick([Values.int(), "#{:rand.uniform(1000)}", "-#{:rand.uniform(10_000_000_000)}"])

    pick([
      "Integer.digits(#{int}, #{pick(~w(2 10 16 256))})",
      "Integer.to_string(#{int}, #{pick(~w(2 8 16 36))})",
      "{div(#{int}, #{other}), rem(#{int}, #{other}), Integer.floor_div(#{int}, #{other}), Integer.mod(#{int}, #{other})}",
      "Integer.gcd(#{int}, #{other})",
      "Integer.extended_gcd(#{int}, #{other})",
      "Integer.pow(#{other}, #{pick(~w(0 1 2 3 10))})",
      "{Bitwise.band(#{int}, #{other}), Bitwise.bor(#{int}, #{other}), Bitwise.bxor(#{int}, #{other}), Bitwise.bnot(#{int})}",
      "{Bitwise.bsl(#{int}, #{pick(~w(0 1 5 64 -1 -70))}), Bitwise.bsr(#{int}, #{pick(~w(0 1 5 64 -1 -70))})}",
      "#{int} * #{other} - #{int} + #{other}",
      "#{int} / #{other}",
      "<<#{int}::#{pick(~w(1 3 8 16 24 32 64 100))}-#{pick(~w(signed unsigned))}-#{pick(~w(big little))}>>",
      ":binary.encode_unsigned(abs(#{int}))",
      ":erlang.phash2(#{int}, #{pick(~w(1 10 1000))})",
      "inspect(#{int}, base: #{pick(~w(:hex :octal :binary))})",
      "to_charlist(#{int})"
    ])
  end

  defp days, do: pick(~w(0 1 -1 28 30 31 365 366 -366 1000 -1000 36524 146097 -146097 3652424 -800000))

  @date_texts ["2020-02-29", "2021-02-29", "-0001-01-01", "20200229", "+2020-01-01", "2020-1-1", "12345-01-01", "T", " ", "2020-13-01"]

  def dates do
    {a, b} = {Values.date(), Values.date()}

    pick([
      "Date.add(#{a}, #{days()})",
      "Date.diff(#{a}, #{b})",
      "Date.compare(#{a}, #{b})",
      "{Date.day_of_week(#{a}, #{pick(~w(:default :monday :sunday :friday))}), Date.day_of_year(#{a})}",
      "{Date.quarter_of_year(#{a}), Date.day_of_era(#{a}), Date.year_of_era(#{a})}",
      "{Date.beginning_of_month(#{a}), Date.end_of_month(#{a}), Date.beginning_of_week(#{a}, :sunday), Date.end_of_week(#{a})}",
      "Date.range(#{a}, Date.add(#{a}, #{pick(~w(0 1 5 30 -5))})#{pick(["", ", 2", ", -1", ", -2", ", 7"])}) |> Enum.to_list()",
      "Date.range(#{a}, #{b}#{pick(["", ", 2", ", -3"])}) |> Enum.count()",
      "Date.from_iso8601(#{inspect(some(1..2, fn -> pick(@date_texts) end))})",
      "Date.new(#{pick(~w(2020 0 -1 9999 10000 -9999))}, #{pick(~w(0 1 2 12 13))}, #{pick(~w(0 1 29 30 31 32))})",
      "Date.from_gregorian_days(#{days()})",
      "Date.range(#{a}, #{b}) |> Enum.slice(#{pick(~w(0 5 -3))}, 2)",
      "#{a} in Date.range(#{b}, #{Values.date()})",
      ":calendar.day_of_the_week(#{pick(~w(2020 0 1970 9999))}, #{pick(~w(1 2 12))}, #{pick(~w(1 28 31))})",
      ":calendar.iso_week_number({#{pick(~w(2020 2021 1970 2024))}, #{pick(~w(1 12))}, #{pick(~w(1 2 3 29 31))}})",
      ":calendar.gregorian_seconds_to_datetime(#{pick(~w(0 1 86399 62167219200 63072000000))})",
      ":calendar.time_difference({{2020, 1, 1}, {0, 0, 0}}, {{2021, 2, 3}, {4, 5, 6}})",
      ":calendar.rfc3339_to_system_time('#{pick(~w(2020-02-29T12:30:45Z 1970-01-01T00:00:00.123+02:00 2020-02-29T12:30:45))}')",
      "to_string(:calendar.system_time_to_rfc3339(#{pick(~w(0 1 -1 1582979445 253402300799))}, [{:offset, '#{pick(~w(Z +02:00 -03:30))}'}]))"
    ])
  end

  @clock_texts ["2020-02-29T12:30:45", "2020-02-29 23:59:60", "Z", "+02:30", "-0001-01-01T00:00:00", ".123456789", ".5", "+00:00", "-00:00",
                ",25", "T", "2020-02-30 10:00:00", ".12", "2020-02-29"]

  def clocks do
    {time, naive, datetime} = {Values.time(), Values.naive(), Values.datetime()}
    unit = pick(~w(:second :millisecond :microsecond :nanosecond :minute :hour :day 10 1000))
    amount = pick(~w(0 1 -1 59 60 3600 86399 86400 -86401 31536000 1000000 123456789 -62135596800))

    pick([
      "Time.add(#{time}, #{amount}, #{unit})",
      "Time.diff(#{time}, #{Values.time()}, #{unit})",
      "NaiveDateTime.add(#{naive}, #{amount}, #{unit})",
      "NaiveDateTime.diff(#{naive}, #{Values.naive()}, #{unit})",
      "DateTime.add(#{datetime}, #{amount}, #{unit})",
      "DateTime.diff(#{datetime}, #{Values.datetime()}, #{unit})",
      "DateTime.to_unix(#{datetime}, #{unit})",
      "DateTime.from_unix(#{amount}, #{unit})",
      "DateTime.to_iso8601(#{datetime}, #{pick(~w(:basic :extended))}, #{pick(~w(nil 0 3600 -5400 100))})",
      "DateTime.shift_zone(#{datetime}, #{pick(["\"Etc/UTC\"", "\"Europe/Paris\""])})",
      "Time.truncate(#{time}, #{pick(~w(:second :millisecond :microsecond))})",
      "DateTime.from_iso8601(#{inspect(some(1..3, fn -> pick(@clock_texts) end))})",
      "Time.from_iso8601(#{inspect(some(1..2, fn -> pick(["12:30:45", "T23:59:59", ".1234567", "Z", "24:00:00", "12:30", "123045"]) end))})",
      "NaiveDateTime.from_iso8601(#{inspect(some(1..2, fn -> pick(@clock_texts) end))})",
      "Time.new(#{pick(~w(0 23 24))}, #{pick(~w(0 59 60))}, #{pick(~w(0 59 60))}, #{pick(["0", "{1, 3}", "{123456, 6}", "1000000", "{1, 7}"])})",
      "NaiveDateTime.compare(#{naive}, #{Values.naive()})",
      "{NaiveDateTime.to_iso8601(#{naive}, :basic), to_string(#{naive}), NaiveDateTime.to_gregorian_seconds(#{naive})}",
      "{to_string(#{datetime}), inspect(#{datetime}), DateTime.to_naive(#{datetime}), DateTime.to_date(#{datetime})}",
      "System.convert_time_unit(#{amount}, #{pick(~w(:second :millisecond :nanosecond 7))}, #{pick(~w(:second :microsecond :native 3))})"
    ])
  end

  defp uri_text, do: some(1..6, fn -> pick(["http:", "https://", "//", "/", "a", "b/c", "..", ".", "?", "q=1", "&", "#", "f", "@", "user:pw@",
    "example.com", ":80", ":8080", "[::1]", "%20", "%zz", " ", "é", "mailto:", "ftp://h", ":", "+", "A:", "1a:", "=", ";", "file:///", "\\",
    "<"]) end)

  def uris do
    text = inspect(uri_text())

    pick([
      "Map.from_struct(URI.parse(#{text}))",
      "URI.new(#{text})",
      "to_string(URI.parse(#{text}))",
      "URI.encode(#{text})",
      "URI.encode_www_form(#{text})",
      "URI.decode(#{text})",
      "URI.decode_www_form(#{text})",
      "URI.decode_query(#{text})",
      "URI.query_decoder(#{text}, :rfc3986) |> Enum.to_list()",
      "URI.encode_query(%{#{text} => #{pick([Values.int(), Values.atom(), text])}}, #{pick(~w(:www_form :rfc3986))})",
      "URI.append_query(URI.parse(#{text}), \"x=1\") |> to_string()",
      "URI.new!(#{text}) |> inspect()",
      "URI.encode(#{text}, &URI.char_unreserved?/1)"
    ])
  end

  def merges do
    base = pick(["http://a/b/c/d;p?q", "http://a", "http://a/", "https://u@h:1/x/y?z#w", "http://h/.."])
    "to_string(URI.merge(#{inspect(base)}, #{inspect(uri_text())}))"
  end

  def slices do
    enumerable = pick(["[1, 2, 3, 4, 5, 6, 7]", "1..7", "1..20//3", "10..1//-2", "MapSet.new(1..7)", "Stream.map(1..7, & &1)",
      "%{a: 1, b: 2, c: 3}", "[]", "\"abc\"", "Date.range(~D[2020-01-01], ~D[2020-01-09])"])
    {a, b} = {pick(~w(0 1 2 5 7 10 -1 -2 -5 -8 -20)), pick(~w(0 1 2 5 7 10 -1 -2 -5 -8 -20))}
    range = "#{a}..#{b}" <> pick(["", "//1", "//2", "//3", "//-1"])

    pick([
      "Enum.slice(#{enumerable}, #{range})",
      "Enum.slice(#{enumerable}, #{a}, #{b})",
      "Enum.slide(#{enumerable}, #{range}, #{pick(~w(0 1 3 6 -1))})",
      "String.slice(\"aé日👩‍👩‍👧bcd\", #{range})",
      "String.slice(\"aé日👩‍👩‍👧bcd\", #{a}, #{b})",
      "Enum.#{pick(~w(take drop split at fetch take_every drop_every chunk_every intersperse))}(#{enumerable}, #{a})",
      "Enum.chunk_every(#{enumerable}, #{pick(~w(1 2 3))}, #{pick(~w(1 2 3 4))}, #{pick(~w([] :discard [:x]))})",
      "Enum.reverse_slice(#{enumerable}, #{a}, #{b})",
      "Stream.#{pick(~w(take drop take_every drop_every chunk_every))}(#{enumerable}, #{pick(~w(0 1 2 3 -2))}) |> Enum.to_list()",
      "Enum.sum(#{enumerable}) + Enum.count(#{enumerable})",
      "Enum.zip([#{enumerable}, #{pick(["1..3", "[:a, :b]", "%{x: 1}", "Stream.cycle([1, 2])"])}])",
      "binary_part(\"hello world\", #{a}, #{b})",
      "List.pop_at([1, 2, 3], #{a}) |> Tuple.append(List.insert_at([1, 2, 3], #{b}, :x))",
      "Tuple.insert_at({1, 2, 3}, #{a}, :x)"
    ])
  end

  def ranges do
    {r, s} = {Values.range(), Values.range()}

    pick([
      "{Enum.to_list(#{r}) |> Enum.take(5), Enum.count(#{r}), Range.size(#{r})}",
      "Range.disjoint?(#{String.replace(r, ~r"//.*", "")}, #{String.replace(s, ~r"//.*", "")})",
      "{#{pick(~w(0 1 2 3 -1 7 1.0 :a))} in #{r}, Enum.member?(#{r}, #{Values.small()})}",
      "{Enum.sum(#{r}), Enum.max(#{r}, fn -> nil end), Enum.min(#{r}, fn -> nil end)}",
      "Enum.reverse(#{r}) |> Enum.take(4)",
      "Range.shift(#{r}, #{pick(~w(0 1 -2 10))})",
      "inspect(#{r}) <> inspect(#{s}, base: :hex)",
      "for x <- #{r}, y <- #{s}, x + y == 3, do: {x, y}",
      "Enum.chunk_by(#{r}, &rem(&1, 3)) |> Enum.take(3)",
      "Enum.at(#{r}, #{pick(~w(0 1 -1 5 100))})"
    ])
  end

  def differences do
    {a, b} = {inspect(subject()), inspect(subject())}
    list = fn -> "[" <> some(0..6, ", ", fn -> pick(~w(1 2 3 :a)) end) <> "]" end

    pick([
      "String.myers_difference(#{a}, #{b})",
      "String.jaro_distance(#{a}, #{b})",
      "List.myers_difference(#{list.()}, #{list.()})",
      "List.myers_difference([\"abc\", \"d\"], [\"abd\", \"d\"], &if(String.first(&1) == \"a\", do: String.myers_difference(&1, &2)))",
      "#{list.()} -- #{list.()}",
      "List.starts_with?(#{list.()}, #{list.()})",
      "Enum.frequencies(#{list.()}) |> Enum.sort()",
      "Enum.dedup(#{list.()}) ++ Enum.uniq(#{list.()})",
      "String.bag_distance(#{a}, #{b})"
    ])
  end

  def options do
    argv = "[" <> some(0..5, ", ", fn -> inspect(pick(~w(--flag --no-flag --name x --count 3 -f -n 5 -nf -vvv --unknown --unknown=1 -- - --n=5
      --rate 1.5 --rate x file --name= --flag=true --flag=x -abc --no-name -c=3 --long-name v --Flag) ++ [""])) end) <> "]"
    types = some(0..5, ", ", fn -> pick(["flag: :boolean", "name: :string", "count: :integer", "rate: :float", "n: :integer", "verbose: :count",
      "name: [:string, :keep]", "count: :keep", "long_name: :string", "flag: :count"]) end)
    aliases = pick(["", ", aliases: [f: :flag, n: :count, v: :verbose]", ", aliases: [n: :name, c: :count]"])

    pick([
      "OptionParser.parse(#{argv}, strict: [#{types}]#{aliases})",
      "OptionParser.parse(#{argv}, switches: [#{types}]#{aliases})",
      "OptionParser.parse!(#{argv}, strict: [#{types}]#{aliases})",
      "OptionParser.parse_head(#{argv}, #{pick(~w(strict switches))}: [#{types}]#{aliases})",
      "OptionParser.parse(#{argv}, switches: [#{types}], allow_nonexistent_atoms: true, return_separator: true)",
      "OptionParser.next(#{argv}, strict: [#{types}]#{aliases})",
      "OptionParser.to_argv([flag: true, name: \"a b\", no: false, count: 3, l_n: nil]#{pick(["", ", switches: [flag: :boolean, count: :count]"])})",
      "OptionParser.split(#{inspect(some(1..5, fn -> pick(["a", " ", "\"", "'", "\\", "--x=", "b c", "\n", "\\ ", "\\\""]) end))})"
    ])
  end

  def versions do
    version = fn -> some(1..2, fn -> pick(["1.2.3", "1.0.0", "2.0.0-rc.1", "0.1.0-a.b", "1.2", "1", "+build", "-", ".0", "01.0.0", "1.2.3-01",
      "1.0.0-alpha.2", "v1.0.0"]) end) end
    requirement = fn -> some(1..2, pick([" and ", " or ", " ", ","]), fn -> pick(["", ">", ">=", "<", "<=", "==", "~>", "!=", "=", "!", "> ",
      ">= "]) <> pick(["1.2.3", "1.0", "2.0.0-rc", "1", "0.1.0", "x"]) end) end

    pick([
      "Version.parse(#{inspect(version.())})",
      "Version.compare(#{inspect(version.())}, #{inspect(version.())})",
      "Version.match?(#{inspect(pick(["1.2.3", "2.0.0-rc.1", "1.3.0-a", version.()]))}, #{inspect(requirement.())}, allow_pre: #{bool()})",
      "Version.parse_requirement(#{inspect(requirement.())})",
      "to_string(Version.parse!(#{inspect(version.())}))",
      "inspect(Version.parse_requirement!(#{inspect(requirement.())}))"
    ])
  end

  def encodings do
    data = pick([Values.string(), inspect(for(_ <- 1..:rand.uniform(9), into: "", do: <<:rand.uniform(256) - 1>>))])
    text = inspect(some(1..4, fn -> pick(~w(YWJj YW== YQ a A = / - _ + 0 f FF MFRA me ==== é) ++ [" ", "\n"]) end))
    kind = pick(~w(16 32 64))
    coding = fn -> pick(~w(:utf8 :latin1 :utf16 {:utf16,:little} :utf32)) end
    options = pick(["", "", ", case: :lower", ", case: :mixed", ", padding: false", ", ignore: :whitespace",
      ", ignore: :whitespace, padding: false", ", case: :upper"])

    pick([
      "Base.encode#{kind}(#{data}#{options})",
      "Base.decode#{kind}(#{text}#{options})",
      "Base.decode#{kind}!(#{text}#{options})",
      "Base.hex_encode32(#{data}#{options})",
      "Base.hex_decode32(#{text}#{options})",
      "Base.url_encode64(#{data}#{options})",
      "Base.url_decode64(#{text}#{options})",
      ":base64.#{pick(~w(decode mime_decode decode_to_string))}(#{text})",
      ":binary.encode_hex(#{data})",
      ":unicode.characters_to_#{pick(~w(binary list))}(#{data}, #{coding.()})",
      ":unicode.characters_to_binary(#{data}, #{coding.()}, #{coding.()})",
      ":erlang.crc32(#{data}) + :erlang.adler32(#{data}) + :erlang.phash2(#{data})",
      ":erlang.md5(#{data})",
      "for <<x::#{pick(~w[3 8 12 utf8 utf16 size(5)-little])} <- #{data}>>, do: x",
      "URI.encode_www_form(#{data})",
      ":erlang.term_to_binary(#{value(1)}) |> :erlang.binary_to_term()",
      ":erlang.external_size(#{value(1)})"
    ])
  end

  def paths do
    path = fn -> inspect(some(0..5, fn -> pick(["/", "a", "b.c", "..", ".", "~", "//", ".d", "e.tar.gz", " ", "é", "-", "*", ".x", "/."]) end)) end

    pick([
      "Path.join(#{path.()}, #{path.()})",
      "Path.join([#{some(1..3, ", ", path)}])",
      "Path.split(#{path.()})",
      "Path.expand(#{path.()}, \"/root/base\") |> String.replace(System.user_home!(), \"HOME\")",
      "{Path.basename(#{path.()}), Path.dirname(#{path.()}), Path.extname(#{path.()}), Path.rootname(#{path.()}), Path.type(#{path.()})}",
      "Path.relative_to(#{path.()}, #{path.()})",
      "Path.basename(#{path.()}, #{pick(~w(".c" ".gz" "" "b.c"))})",
      "Path.relative(#{path.()})",
      "Path.safe_relative_to(#{path.()}, \"/a\")",
      ":filename.join(#{path.()}, #{path.()})",
      ":filename.split(#{path.()})",
      ":filename.flatten(#{path.()})"
    ])
  end

  def texts do
    {a, b} = {Values.string(), Values.string()}

    pick([
      "{String.length(#{a}), String.graphemes(#{a}), String.codepoints(#{a})}",
      "{String.upcase(#{a}), String.downcase(#{a}), String.capitalize(#{a})}",
      "{String.upcase(#{a}, :turkic), String.downcase(#{a}, :greek), String.upcase(#{a}, :ascii)}",
      "{String.trim(#{a}), String.split(#{a}), String.reverse(#{a})}",
      "{String.normalize(#{a}, :nfc), String.normalize(#{a}, :nfd), String.normalize(#{a}, :nfkc), String.normalize(#{a}, :nfkd)}",
      "{String.valid?(#{a}), String.printable?(#{a}), String.chunk(#{a}, :valid), String.chunk(#{a}, :printable)}",
      "{String.pad_leading(#{a}, 9, #{b} |> String.slice(0, 2)), String.at(#{a}, -2), String.split_at(#{a}, 3)}",
      "{#{a} < #{b}, String.contains?(#{a}, #{b}), String.starts_with?(#{a}, #{b}), String.equivalent?(#{a}, #{b})}",
      "{Macro.underscore(#{a}), Macro.camelize(#{a})}",
      "inspect(String.to_atom(#{a}))",
      "String.next_grapheme(#{a})",
      "String.split(#{a}, #{b}, trim: true)",
      ":string.#{pick(~w(uppercase lowercase titlecase casefold trim to_graphemes length reverse))}(#{a})",
      ":string.#{pick(~w(find prefix split equal lexemes))}(#{a}, #{b})",
      "{String.trim(#{a}, #{b}), String.trim_leading(#{a}, \"a\"), String.replace_prefix(#{a}, \"a\", \"b\")}",
      "to_charlist(#{a}) |> inspect()",
      "String.to_charlist(#{a}) |> List.to_string()",
      "String.splitter(#{a}, [\"a\", \" \", \",\"]) |> Enum.to_list()",
      "Code.string_to_quoted(#{a})",
      "IO.iodata_length(#{a}) + IO.chardata_to_string([#{a}, ?a]) |> byte_size()",
      "String.printable?(#{a}, 3)",
      "Regex.scan(~r/\\X/u, #{a})"
    ])
  end

  def sorts do
    list = "[" <> some(0..8, ", ", fn -> pick([Values.any(), Values.small(), Values.int(), Values.float()]) end) <> "]"

    pick([
      "Enum.sort(#{list})",
      "Enum.sort(#{list}, :desc)",
      "Enum.sort_by(#{list}, &inspect/1)",
      "Enum.uniq(#{list})",
      "Enum.group_by(#{list}, &is_number/1)",
      "Enum.min_max(#{list}, fn -> nil end)",
      "Enum.max_by(#{list}, &inspect/1, fn -> nil end)",
      "Enum.frequencies(#{list}) |> Enum.sort()",
      "Enum.dedup(#{list})",
      ":lists.usort(#{list})",
      "MapSet.new(#{list}) |> MapSet.to_list() |> Enum.sort()",
      "Enum.split_with(#{list}, &is_binary/1)",
      "Enum.zip(#{list}, #{list}) |> Map.new() |> Enum.sort()",
      "Enum.map(#{list}, &:erlang.phash2/1) |> length()",
      "Enum.join(#{list}, \",\")",
      "List.flatten(#{list})",
      "inspect(#{list}) |> Code.format_string!() |> IO.iodata_to_binary()"
    ])
  end

  def binaries do
    data = pick([Values.string(), "<<1, 2, 3, 4, 5, 6, 7, 8>>", "<<255, 254, 5::3>>", "<<1::1>>", "<<0, 0, 128, 63, 0>>"])
    pattern = pick(["\"a\"", "\",\"", "[\"a\", \"b\"]", "\" \""])
    segment = fn name -> name <> "::" <> pick(["8", "3", "16", "little-16", "signed-8", "float-32", "float", "binary-1", "binary-2", "bits-5",
      "utf8", "utf16", "size(12)", "signed-little-24", "unit(4)-size(2)", "bytes-1"]) end

    pick([
      "case #{data} do <<#{segment.("a")}, #{segment.("b")}, rest::bits>> -> {a, b, rest}; other -> {:no, other} end",
      "case #{data} do <<#{segment.("a")}, rest::binary>> -> {a, rest}; other -> {:no, other} end",
      "for <<#{segment.("a")} <- #{data}>>, do: a",
      "for <<#{segment.("a")} <- #{data}>>, into: \"\", do: <<bit_size(<<a::bits>>)>>",
      "<<#{data}::bits, #{Values.int()}::#{pick(~w(4 8 16))}>>",
      ":binary.split(#{data}, #{pattern}, [#{pick(["", ":global", ":trim", ":global, :trim_all", "scope: {0, 2}"])}])",
      ":binary.#{pick(~w(first last bin_to_list decode_unsigned))}(#{data})",
      ":binary.matches(#{data}, \"a\")",
      ":binary.at(#{data}, #{pick(~w(0 1 -1))})",
      ":binary.longest_common_#{pick(~w(prefix suffix))}([#{data}, #{Values.string()}])",
      ":erlang.split_binary(#{data}, #{pick(~w(0 1 5))})",
      "inspect(#{data}, binaries: #{pick(~w(:as_binaries :as_strings :infer))}, limit: #{pick(~w(2 5 :infinity))}, base: #{pick(~w(:hex :binary))})",
      "<<#{Values.int()}::utf8, #{pick(~w(97 233 8364 128512 55296 -1))}::utf16-little>>",
      "<<#{Values.any()}::binary>>",
      "<<#{Values.any()}::8>>",
      "<<#{Values.any()}::float>>"
    ])
  end

  def algebra do
    "import Inspect.Algebra; #{document(4)} |> format(#{pick(~w(0 5 10 20 80 :infinity))}) |> IO.iodata_to_binary()"
  end

  defp document(0), do: pick(["\"a\"", "\"bcd\"", "empty()", "line()", "break()", "break(\"\")", "string(\"é\")", "\"\"", "flex_break()",
    "collapse_lines(1)"])

  defp document(depth) do
    inner = fn -> document(depth - 1) end
    {limit, option} = {pick(~w(2 10)), pick(["", ", separator: \";\"", ", break: :strict", ", break: :flex", ", break: :maybe"])}

    pick([
      inner,
      fn -> "concat(#{inner.()}, #{inner.()})" end,
      fn -> "group(#{inner.()}#{pick(["", ", :inherit"])})" end,
      fn -> "nest(#{inner.()}, #{pick(~w(0 2 4 :cursor :reset))}#{pick(["", ", :break", ", :always"])})" end,
      fn -> "glue(#{inner.()}, #{pick(["", "\"\", ", "\", \", "])}#{inner.()})" end,
      fn -> "line(#{inner.()}, #{inner.()})" end,
      fn -> "space(#{inner.()}, #{inner.()})" end,
      fn -> "force_unfit(#{inner.()})" end,
      fn -> "next_break_fits(#{inner.()}#{pick(["", ", :disabled"])})" end,
      fn -> "fold_doc([#{some(0..3, ", ", inner)}], &glue/2)" end,
      fn -> "flex_glue(#{inner.()}, #{inner.()})" end,
      fn -> "container_doc(\"[\", [#{some(0..4, ", ", fn -> Values.small() end)}], \"]\", %Inspect.Opts{limit: #{limit}}, &to_doc/2#{option})" end,
      fn -> "to_doc(#{value(1)}, %Inspect.Opts{})" end
    ]).()
  end
end
