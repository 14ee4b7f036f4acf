IO.inspect(Path.basename(__ENV__.file)) # => "script_name.exs"
IO.inspect(__DIR__ == Path.expand("tests/cli")) # => true
