defmodule Secret do
  @derive {Inspect, only: [:name]}
  defstruct name: "n", password: "p"
end
IO.inspect(struct(Secret)) # => #Secret<name: "n", ...>
defmodule Secret2 do
  @derive {Inspect, except: [:password]}
  defstruct name: "n", password: "p"
end
IO.inspect(struct(Secret2)) # => #Secret2<name: "n", ...>
