# Texts that go wrong: where it is noticed, and what is still taken.
IO.inspect(URI.parse("https://h:+1").port) # => 443
IO.inspect({URI.new("a_b:é"), URI.new("a é:1"), URI.new("1:é")}) # => {{:error, ":"}, {:error, " "}, {:error, ":"}}
IO.inspect(Regex.replace(~r/z/, "abc", "\\g{n}")) # => "abc"
IO.inspect(Regex.split(~r/,/, "a,,b", trim: 1)) # => ["a", "b"]
IO.inspect(Enum.to_list(String.splitter("", [], trim: true))) # => []
IO.inspect(:erl_scan.string('1.0e')) # => {:error, {1, :erl_scan, {:illegal, :float}}, 1}
IO.inspect({:unicode.characters_to_binary(<<0, 17>>, :utf32), :unicode.characters_to_binary(<<220>>, :utf16)}) # => {{:error, "", <<0, 17>>}, {:error, "", <<220>>}}
IO.inspect({:unicode.characters_to_binary(<<0, 16>>, :utf32), :unicode.characters_to_binary(<<216>>, :utf16)}) # => {{:incomplete, "", <<0, 16>>}, {:incomplete, "", <<216>>}}
IO.inspect(Macro.to_string(2..1//1)) # => "2..1"

told = fn fun -> IO.puts(try do inspect(fun.()) rescue e -> Exception.message(e) end) end
told.(fn -> List.last(nil) end) # => no case clause matching: {nil, nil}
told.(fn -> List.foldl([1], 0, &Kernel.length/1) end) # => &:erlang.length/1 with arity 1 called with 2 arguments (1, 0)
told.(fn -> Keyword.filter([1], & &1) end) # => no function clause matching in Keyword.do_filter/2
told.(fn -> Code.eval_string("<<-3::8>>") |> elem(0) end) # => <<253>>

import Inspect.Algebra
IO.puts(concat("aaaaaa", concat(collapse_lines(1), group(concat(break(), "b")))) |> format(5)) # => aaaaaa b
