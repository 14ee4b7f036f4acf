# IEx.configure: limits, width, prompts, history size, colours of results and errors; what is not an option is told.
# cmd: . "${FILE%/*}/iex_piped.sh" | grep -v 'Elixir.U'
IEx.configuration()
IEx.inspect_opts()
IEx.width()
IEx.configure inspect: [limit: 3]
Enum.to_list 1..10
%{a: 1, b: 2, c: 3, d: 4}
IEx.configure inspect: [limit: :infinity, width: 20]
Enum.to_list 1..60
IEx.configure inspect: [charlists: :as_lists, binaries: :as_binaries]
{'abc', "abc"}
IEx.configure inspect: [charlists: :infer, binaries: :infer, pretty: false, width: 80]
Enum.to_list 1..60
IEx.configure width: 30, inspect: [pretty: true, width: 30]
%{name: "a long value", other: [1, 2, 3, 4, 5, 6, 7, 8]}
IEx.configuration() |> Keyword.get(:inspect)
IEx.inspect_opts()
IEx.configure inspect: [width: 80]
IEx.configure default_prompt: "%prefix-%counter$"
1
[1,
2]
IEx.configure continuation_prompt: "more>"
[1,
2]
IEx.configure history_size: 2
1
2
3
v(-1)
v(-2)
v(-3)
IEx.configure default_prompt: "%prefix(%counter)>", continuation_prompt: "...(%counter)>"
IEx.configure colors: [enabled: true]
1
:a
%{a: 1, b: "x", c: nil, d: [1.5, 'abc', true]}
raise "x"
hd []
defmodule Given do
  def f(a, b) when a > 1 and is_atom(b), do: {a, b}
  def f([h | _], 1), do: h
end |> elem(1)
Given.f(1, 2)
IO.puts "a"
i 1
foo
1 +* 2
IEx.color :eval_result, "abc"
IEx.configure colors: [enabled: true, eval_result: [:cyan, :bright], eval_error: :green, stack_info: :blue, blame_diff: :yellow]
{1, 2}
hd []
Given.f(1, 2)
IEx.configure colors: [syntax_colors: [number: :red]]
{1, 2, :a}
IEx.configure colors: [syntax_colors: false]
{1, 2, :a}
IEx.configure colors: [enabled: false]
IEx.started?()
IEx.color :eval_result, "abc"
IEx.dont_display_result()
System.halt(0)
