# Rules found missing by comparison: imports, captures of special forms, bit fields, ++ in patterns, own functions in a module's body.
told = fn text ->
  try do
    Code.eval_string(text)
    IO.puts("accepted")
  rescue
    error -> IO.puts(error |> Exception.message() |> String.split("\n") |> hd())
  end
end

told.("quote 1 do 2 end") # => nofile:1: invalid options for quote, expected a keyword list, got: 1
told.("quote [1] do 2 end") # => accepted
told.("alias Foo.{Bar, baz}") # => nofile:1: invalid argument for alias, expected a compile time atom or alias, got: baz
told.("import :lists, only: :macros") # => nofile:1: could not load macros from module :lists
told.("import Kernel, only: [abs: 1, abs: 1]") # => nofile:1: invalid :only option for import, abs/1 is duplicated
told.("import Kernel, except: [abs: 1, abs: 1]") # => nofile:1: invalid :except option for import, abs/1 is duplicated
told.("import Kernel.SpecialForms, only: [unquote: 1]") # => nofile:1: cannot import Kernel.SpecialForms.unquote/1 because it conflicts with Elixir special forms
told.("&()") # => nofile:1: block expressions are not allowed inside the capture operator &, got: 
told.("&case/2") # => nofile:1: invalid arguments for "case"
told.("&for/1") # => nofile:1: missing :do option in "for"
told.("&alias/1") # => nofile:1: invalid argument for alias, expected a compile time atom or alias, got: x1
told.(~s|&"foo".bar/1|) # => nofile:1: invalid call "foo".bar(x1)
told.("x ++ [1] = [1, 2]") # => nofile:1: invalid argument for ++ operator inside a match, expected a literal proper list, got: x
told.("[a | b] ++ c = [1]") # => nofile:1: invalid argument for ++ operator inside a match, expected a literal proper list, got: [a | b]
told.("<<1::unit(1)-unit(2)>>") # => nofile:1: conflicting unit specification for bit field: "2" and "1"
told.("fn b, <<a::size(b)>> -> a end") # => nofile:1: undefined variable "b"
told.("<<1::-1>>") # => construction of binary failed: segment 1 of type 'integer': expected a non-negative integer as size but got: -1
told.("for <<x::binary <- \"abc\">>, do: x") # => nofile:1: a binary field without size is only allowed at the end of a binary pattern, at the right side of binary concatenation and and never allowed in binary generators. The following examples are invalid:
told.("%URI{\"a\" => 1}") # => key "a" not found
told.("defmodule Own do\ndef f, do: 1\n__MODULE__.f()\nend") # => function Own.f/0 is undefined (function not available)
told.("defmodule Hook do\n@before_compile {__MODULE__, :f}\ndefmacro f(_), do: 1\nend") # => function Hook.f/1 is undefined (function not available)
told.("defmodule Over do\ndefoverridable List\nend") # => cannot pass module List as argument to defoverridable/1 because it does not define any callbacks
# stderr: invalid expression ()
