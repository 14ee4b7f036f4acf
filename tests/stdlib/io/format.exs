:io.format("~p ~w ~s~n", [{:a, "b"}, 'c', "str"])
:io.format("~5.2f|~10s|~-10s|~b~n", [3.14159, "right", "left", 42])
:io.fwrite("~p~n", [[1, 2]])
IO.puts(:io_lib.format("~4..0b", [7]))
:io.format("~x~n" |> String.replace("x", "c"), [?A])
:io.format("hello~n")
# => {a,<<"b">>} [99] str
# =>  3.14|     right|left      |42
# => [1,2]
# => 0007
# => A
# => hello
