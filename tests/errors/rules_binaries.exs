# What the compiler refuses: binaries. The first line of each message, cut.
check = fn source ->
  try do
    Code.compile_string(source <> "\n", "s.exs")
  rescue
    e ->
      text = inspect(e.__struct__) <> ": " <> hd(String.split(Exception.message(e), "\n"))
      IO.puts(String.trim_trailing(String.slice(text, 0, 110)))
  end
end

check.("<<1::foo>>")
# => CompileError: s.exs:1: unknown bitstring specifier: foo()
check.("<<1::integer-float>>")
# => CompileError: s.exs:1: conflicting type specification for bit field: "float" and "integer"
check.("<<1::size(1)-size(2)>>")
# => CompileError: s.exs:1: conflicting size specification for bit field: "2" and "1"
check.("<<1::unit(8)>>")
# => CompileError: s.exs:1: integer and float types require a size specifier if the unit specifier is given
check.("<<1.0::size(7)>>")
# => CompileError: s.exs:1: float requires size*unit to be 16, 32, or 64 (default), got: 7
check.("<<\"b\"::binary-size(3)>>")
# => CompileError: s.exs:1: literal string in bitstring supports only endianness and type specifiers, which must be
check.("<<\"b\"::integer>>")
# => CompileError: s.exs:1: conflicting type specification for bit field: "integer" and "binary"
check.("<<1::utf8-size(8)>>")
# => CompileError: s.exs:1: size and unit are not supported on utf types
check.("<<1::utf8-signed>>")
# => CompileError: s.exs:1: signed and unsigned specifiers are supported only on integer and float types
check.("<<x::binary-signed>> = \"a\"")
# => CompileError: s.exs:1: signed and unsigned specifiers are supported only on integer and float types
check.("<<a::binary, b>> = \"ab\"")
# => CompileError: s.exs:1: a binary field without size is only allowed at the end of a binary pattern, at the righ
check.("<<a::bitstring, b>> = \"ab\"")
# => CompileError: s.exs:1: a binary field without size is only allowed at the end of a binary pattern, at the righ
check.("<<1::size(foo(1))>>")
# => CompileError: s.exs:1: undefined function foo/1 (there is no such import)
check.("<<a::size(n)>> = \"a\"")
# => CompileError: s.exs:1: undefined variable "n"
check.("<<:a>>")
# => CompileError: s.exs:1: invalid literal :a in <<>>
check.("<<[1]>>")
# => CompileError: s.exs:1: invalid literal [1] in <<>>
check.("<<1.0::integer>>")
# => CompileError: s.exs:1: conflicting type specification for bit field: "integer" and "float"
check.("<<foo(1)>> = \"a\"")
# => CompileError: s.exs:1: undefined function foo/1 (there is no such import)
check.("a <> \"b\" = \"ab\"")
# => ArgumentError: the left argument of <> operator inside a match should always be a literal binary because its s
check.("1 <> b = \"ab\"")
# => ArgumentError: expected binary argument in <> operator but got: 1
check.("<<1::integer(3)>>")
# => CompileError: s.exs:1: unknown bitstring specifier: integer(3)
check.("<<1::size(1,2)>>")
# => CompileError: s.exs:1: unknown bitstring specifier: size(1, 2)
check.("<<1::big-little>>")
# => CompileError: s.exs:1: conflicting endianness specification for bit field: "little" and "big"
check.("<<1::signed-unsigned>>")
# => CompileError: s.exs:1: conflicting sign specification for bit field: "unsigned" and "signed"
