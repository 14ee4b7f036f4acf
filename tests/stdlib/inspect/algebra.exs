import Inspect.Algebra
IO.inspect(concat("a", "b") |> format(80) |> IO.iodata_to_binary()) # => "ab"
d = glue("hello", " ", "world")
IO.inspect(group(d) |> format(5) |> IO.iodata_to_binary()) # => "hello\nworld"
IO.inspect(group(d) |> format(80) |> IO.iodata_to_binary()) # => "hello world"
IO.inspect(nest(line("a", "b"), 2) |> format(80) |> IO.iodata_to_binary()) # => "a\n  b"
IO.inspect(container_doc("[", [1, 2], "]", %Inspect.Opts{}, &to_doc/2) |> format(80) |> IO.iodata_to_binary()) # => "[1, 2]"
