# A filter's value and a tag's are compared as texts; a module is also meant without `Elixir.`.
filter = fn tags, include -> ExUnit.Filters.eval(include, [:test], Map.put(tags, :test, :t), []) end
IO.inspect(filter.(%{module: A.B}, module: "A.B")) # => :ok
IO.inspect(filter.(%{module: A.B}, module: "Elixir.A.B")) # => :ok
IO.inspect(filter.(%{module: A.B}, module: ~r/^A/)) # => {:excluded, "due to test filter"}
IO.inspect(filter.(%{os: :unix}, os: "unix")) # => :ok
IO.inspect(filter.(%{os: 1}, os: :"1")) # => :ok
IO.inspect(filter.(%{os: 'unix'}, os: :unix)) # => :ok
IO.inspect(filter.(%{os: {1}}, os: {1})) # => :ok
IO.puts(try do filter.(%{os: {1}}, os: {2}) rescue e -> Exception.message(e) end) # => protocol String.Chars not implemented for {1} of type Tuple
IO.inspect(filter.(%{file: "/x/a.exs", line: 3}, location: {"a.exs", 3})) # => {:excluded, "due to test filter"}
IO.inspect(ExUnit.Filters.parse_path("a.exs:3:4")) # => {"a.exs", [exclude: [:test], include: [line: "3", line: "4"]]}
IO.inspect(ExUnit.Filters.parse_path("a.exs:0")) # => {"a.exs", []}
# stderr: warning: invalid line number given as ExUnit filter: 0
