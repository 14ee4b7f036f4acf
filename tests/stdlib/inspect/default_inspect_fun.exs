# The default function of inspect is asked for plain terms too.
Inspect.Opts.default_inspect_fun(fn term, opts -> if term == 1, do: "one", else: Inspect.inspect(term, opts) end)
IO.puts(inspect(1)) # => one
IO.inspect([1, 2]) # => [one, 2]
IO.puts(inspect({1, :a}, pretty: true)) # => {one, :a}
IO.puts(inspect([1, 2, 3], limit: 2)) # => [one, 2, ...]
