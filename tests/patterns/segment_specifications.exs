# Specifications of <<>> that contradict the segment or each other are compile errors.
sources = [
  "<<1.5::integer>>",
  "<<1::binary>>",
  ~S|<<"a"::float>>|,
  ~S|<<"abc"::size(2)>>|,
  ~S|<<"a"::signed>>|,
  "<<1::float-24>>",
  "<<1::16-8>>",
  "<<1::integer-size(8)-size(8)>>",
  "<<1::utf8-signed>>",
  "<<'abc'>>",
  "<<1::foo>>",
  ~S|<<a::binary-size(n)>> = "a"|
]

for source <- sources do
  try do
    {value, _} = Code.eval_string(source)
    IO.inspect(value)
  rescue
    e in CompileError -> IO.puts(Exception.message(e))
  end
end

# => nofile:1: conflicting type specification for bit field: "integer" and "float"
# => nofile:1: conflicting type specification for bit field: "binary" and "integer"
# => nofile:1: conflicting type specification for bit field: "float" and "binary"
# => nofile:1: literal string in bitstring supports only endianness and type specifiers, which must be one of: little, big, native, utf8, utf16, utf32, bits, bytes, binary or bitstring
# => nofile:1: signed and unsigned specifiers are supported only on integer and float types
# => nofile:1: float requires size*unit to be 16, 32, or 64 (default), got: 24
# => nofile:1: conflicting size specification for bit field: "8" and "16"
# => <<1>>
# => nofile:1: signed and unsigned specifiers are supported only on integer and float types
# => nofile:1: invalid literal 'abc' in <<>>
# => nofile:1: unknown bitstring specifier: foo()
# => nofile:1: undefined variable "n"
