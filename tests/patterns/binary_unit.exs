<<a::size(2)-unit(8), _::binary>> = <<1, 2, 3>>
IO.inspect(a) # => 258
<<h::binary-size(2), t::binary>> = "abcd"
IO.inspect({h, t}) # => {"ab", "cd"}
