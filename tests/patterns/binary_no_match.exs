f = fn
  <<1, _::binary>> -> :one
  <<>> -> :empty
  <<_::3>> -> :three_bits
  b when is_bitstring(b) -> :other
end
IO.inspect([f.(<<1, 2>>), f.(""), f.(<<5::3>>), f.("zz")]) # => [:one, :empty, :three_bits, :other]
