# The formatter where lines are short: what breaks first, and what counts for the line.
f = fn source, width -> IO.puts([Code.format_string!(source, line_length: width), "\n"]) end
f.("opts[:interval]", 10)
f.("alias Long.Name.{First, Second}", 20)
f.("%{template: [:message], waiting: []}", 10)
f.("map(list, (element, index -> as_boolean(term)))", 20)
f.("fn first, second, third -> first + second end", 22)
f.("build(elements(node, []), size)", 20)
f.("inspect(%{a: [1, %{b: 2}]}, pretty: true)", 20)
f.("case x do y when a(y) when b(y) when is_list(y) -> y end", 20)
f.("def named([first | rest]), do: {first, rest}", 24)
f.("case stripped |> back() |> elem(0) do x -> y end", 34)
f.("IO.puts(\"\na \#{b + 1}/\#{tuple_size(state.lessons)}\n\")", 20)
f.("@spec a(b) :: c when b: term,\n c: term", 98)
f.("m[\n:key]", 98)
f.("h({\n1, 2})", 98)
f.("<<byte <-\ntext>>", 98)

# Without metadata, a call at the left of an operator keeps its parentheses.
for source <- ["raise(a) || b", "a || raise(b)", "raise(a).b()", "raise(a)[1]", "<<raise(a)::8>>", "fn x when raise(a) -> 1 end", "if(x, y) + 1"] do
  source |> Code.string_to_quoted!() |> Macro.to_string() |> IO.puts()
end

# What overflows by its last parenthesis is told from its neighbours; a call captured in an argument keeps its parentheses.
f.("foo(bar, a: 1)\nb", 13)
f.("map(args, &if(is_pid(&1), do: :pid, else: &1))", 98)
