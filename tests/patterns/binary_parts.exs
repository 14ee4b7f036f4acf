<<a, b, rest::binary>> = "hello"
IO.inspect({a, b, rest}) # => {104, 101, "llo"}
<<x::16, y::4, z::bitstring>> = <<1, 2, 0xAB, 7>>
IO.inspect({x, y, z}) # => {258, 10, <<176, 7::size(4)>>}
<<len, s::binary-size(len), more::binary>> = <<3, "abcdef">>
IO.inspect({s, more}) # => {"abc", "def"}
