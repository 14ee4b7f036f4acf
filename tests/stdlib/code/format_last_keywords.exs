# Keywords at the end of a call stay below its other arguments where the source has them so.
show = fn source -> IO.puts(Code.format_string!(source)) end

show.("foo({a, b},\n  label: x)")
# => foo({a, b},
# =>   label: x
# => )
show.("foo(c, a,\n  label: x)") # => foo(c, a, label: x)
show.("foo(c, a,\n  a: 1,\n  b: 2)")
# => foo(c, a,
# =>   a: 1,
# =>   b: 2
# => )
show.("foo(a,\n  b, c: 1)")
# => foo(
# =>   a,
# =>   b,
# =>   c: 1
# => )
show.("foo(a, [\n x: 1, y: 2])") # => foo(a, x: 1, y: 2)
