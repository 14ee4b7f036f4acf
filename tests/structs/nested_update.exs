defmodule Addr do
  defstruct city: "x"
end
defmodule P do
  defstruct addr: nil
end
p = struct(P, addr: struct(Addr))
p = %{p | addr: %{p.addr | city: "y"}}
IO.inspect(p.addr.city) # => "y"
IO.inspect(put_in(p.addr.city, "z").addr.city) # => "z"
IO.inspect(update_in(p.addr.city, &(&1 <> "!")).addr.city) # => "y!"
IO.inspect(get_in(p, [Access.key(:addr), Access.key(:city)])) # => "y"
