# Counted options come first; a backslash outside of quotes escapes blanks and quotes only; which requirements take pre-releases.
IO.inspect(OptionParser.parse(~w(--name x --v --w --v), strict: [v: :count, w: :count, name: :string])) # => {[w: 1, v: 2, name: "x"], [], []}
IO.inspect(OptionParser.split("z\\n\\\\a\\ b \\\"c")) # => ["z\\n\\\\a b", "\"c"]
for r <- ["< 2.0.0", "<= 1.3.0", "> 1.0.0", "~> 1.2", "~> 1.3.0-0"], do: IO.inspect(Version.match?("1.3.0-a", r, allow_pre: false))
# => true
# => true
# => false
# => false
# => true
