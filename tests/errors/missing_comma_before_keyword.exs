# Without the comma before it, a keyword is what is wrong, whatever its value is.
error = fn source ->
  {:error, {_, message, token}} = Code.string_to_quoted(source)
  IO.inspect({if(is_tuple(message), do: elem(message, 0), else: message), token})
  try do Code.string_to_quoted!(source) rescue e -> e |> Exception.message() |> String.split(".") |> hd() |> String.split("\n") |> hd() |> IO.puts() end
end

error.("foo(1 b: 2)") # => {"syntax error before: ", "'b:'"}
# => nofile:1:7: syntax error before: 'b:'
error.("foo(1 b: true)") # => {"syntax error before: ", "'b:'"}
# => nofile:1:7: syntax error before: 'b:'
error.("[a: [] b: nil]") # => {"syntax error before: ", "'b:'"}
# => nofile:1:8: syntax error before: 'b:'
error.("if true do: false") # => {"unexpected keyword: ", "do:"}
# => nofile:1:9: unexpected keyword: do:

# Calls of an undefined function from one line are one mistake.
source = "defmodule A do\n  for x <- [:a, :b], do: def(unquote(x)(), do: nope())\nend"
Application.ensure_all_started(:ex_unit)
ExUnit.CaptureIO.capture_io(:stderr, fn -> try do Code.eval_string(source) rescue e -> IO.puts(e.description) end end) |> IO.inspect()
# => undefined function nope/0 (expected A to define such a function or for it to be imported, but none are available)
# => ""
