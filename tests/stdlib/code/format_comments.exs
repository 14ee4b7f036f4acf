# Formatting keeps comments where they were, and agrees on calls, keywords and clauses.
sources = [
  "f([a: 1])", "f x, [a: 1]", "f(x, [\n a: 1])", "{x, [a: 1]}", "@x [a: 1]", "<<(-x)::8, y::(a+b)>>", "[\n  # c\n  1,\n\n  # e\n  2 # d\n  ]",
  "f(a, # c\n b)", "%{\n# c\n a: 1, # d\n b: 2\n # e\n}", "f(\n # c\n)", "if x do # c\n 1\n end", "case x do\n # a\n 1 -> 2\n # b\n 3 ->\n  4\n # e\nend",
  "config :a, B,\n # c\n ip: 1,\n port: 2", "with {:ok, a} <- b, # c\n # d\n {:ok, c} <- d do\n 1\nend", "a\n# c\n\n# d\nb # e\n# f", "<<\n # c\n 1, 2>>",
  "with(\n{:ok, w} <- f(w),\n{:ok, h} <- f(h)) do\n x end", "f(\n a, # c\n b) do\n # d\n x\n end", "x =\n # c\n if a do\n 1\n end", "def f(a), # c\n do: 1"
]

for source <- sources, do: IO.puts([Code.format_string!(source), "\n--"])
IO.puts(Code.format_string!("if a, do: b, else: c", force_do_end_blocks: true))
