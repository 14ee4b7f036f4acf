# Keys that are missing are told from the struct's own function, whether its module is done or not.
defmodule EnforcedUser do
  @enforce_keys [:name, :age]
  defstruct [:name, :age, posts: []]
end

for f <- [fn -> EnforcedUser.__struct__(age: 1) end, fn -> struct!(EnforcedUser, posts: 1) end] do
  try do
    f.()
  rescue
    e in ArgumentError -> IO.inspect({Exception.message(e), hd(__STACKTRACE__) |> Tuple.to_list() |> Enum.take(3)}, width: 200)
  end
end

# => {"the following keys must also be given when building struct EnforcedUser: [:name]", [EnforcedUser, :__struct__, 1]}
# => {"the following keys must also be given when building struct EnforcedUser: [:name, :age]", [EnforcedUser, :__struct__, 1]}
