# Comments between operands, beside the end of an expression, in do-blocks, clauses, keywords and map updates; attributes with parentheses.
source = ~S'''
# z
a # y
# x
|> b # w
# v
|> c # d
# e
foo(
  a
) # f
case x do
  # g

  b -> c # h
  # i
  d -> e
  # j
end # k
%{a | # l
 c: d # m
}
foo(x,
 # n
 y: 1,
 # o
 z: 2)
def foo(a)
  # p
  when b
  # q
  when c do # r
  d
end
fn
  # s
  a -> b
end
raise A,
  # t
  "c"
x = @bar(1)
-@bar(1)
@bar(1).foo
<<a::b, c::8>>
:"..//"
'''

IO.puts(Code.format_string!(source))
