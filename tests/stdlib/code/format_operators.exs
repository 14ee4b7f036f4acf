# Where a line that is too long is broken: after => and at operators, and which operands may start in the same line.
{a, b, c} = {String.duplicate("a", 30), String.duplicate("b", 26), String.duplicate("c", 26)}
format = fn code -> IO.puts(Code.format_string!(code)) end

format.("IO.inspect(#{a} |> #{b} |> #{c})")
# => IO.inspect(
# =>   aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
# =>   |> bbbbbbbbbbbbbbbbbbbbbbbbbb
# =>   |> cccccccccccccccccccccccccc
# => )
format.("IO.inspect(#{a} + #{b} + #{c})")
# => IO.inspect(
# =>   aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa + bbbbbbbbbbbbbbbbbbbbbbbbbb + cccccccccccccccccccccccccc
# => )
format.("%{a => #{a}(#{b}, #{c}#{c})}")
# => %{
# =>   a =>
# =>     aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa(
# =>       bbbbbbbbbbbbbbbbbbbbbbbbbb,
# =>       cccccccccccccccccccccccccccccccccccccccccccccccccccc
# =>     )
# => }
format.("a ++ [#{a}, #{b}, #{c}, #{c}]")
# => a ++
# =>   [
# =>     aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,
# =>     bbbbbbbbbbbbbbbbbbbbbbbbbb,
# =>     cccccccccccccccccccccccccc,
# =>     cccccccccccccccccccccccccc
# =>   ]
format.("a == [\n1]")
# => a == [
# =>   1
# => ]
format.(":foo.bar; nil.x; A.b; __MODULE__.c; a.b")
# => :foo.bar()
# => nil.x()
# => A.b()
# => __MODULE__.c()
# => a.b
format.("@a(1)\n[@a 1]\nf(x, @a 1)\nf(@a(1))\n@a(1, 2)")
# => @a 1
# => [@a(1)]
# => f(x, @a(1))
# => f(@a 1)
# => @a(1, 2)
format.("cond do\n#{a} + #{b} + #{c} + 1 + #{a} -> 1\nend")
# => cond do
# =>   aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa + bbbbbbbbbbbbbbbbbbbbbbbbbb + cccccccccccccccccccccccccc + 1 +
# =>       aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa ->
# =>     1
# => end
format.("{A, a: #{a}, b: #{b}, c: #{c}}")
# => {A,
# =>  a: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, b: bbbbbbbbbbbbbbbbbbbbbbbbbb, c: cccccccccccccccccccccccccc}
format.("foo({\n1, 2})\nfoo([\n1],\na: 1)")
# => foo({
# =>   1,
# =>   2
# => })
# =>
# => foo(
# =>   [
# =>     1
# =>   ],
# =>   a: 1
# => )
