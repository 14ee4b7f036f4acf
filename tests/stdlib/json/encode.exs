# differs: JSON came with Elixir 1.18
defmodule Some do
  @derive {JSON.Encoder, only: [:name, :inner]}
  defstruct [:name, :inner, :secret]
end

defmodule Whole do
  @derive JSON.Encoder
  defstruct [:b, a: 1]
end

defmodule Own do
  defstruct [:x]

  defimpl JSON.Encoder do
    def encode(%{x: x}, encoder), do: ["<", encoder.(x, encoder), ">"]
  end
end

IO.puts(JSON.encode!([1, -2.5, nil, true, :ok, "a\"\n\u0001é/\\", 123_456_789_012_345_678_901, 1.0e30, [], %{}]))
# => [1,-2.5,null,true,"ok","a\"\n\u0001é/\\",123456789012345678901,1.0e30,[],{}]
IO.puts(JSON.encode!(%{:a => 1, "b" => %{nil => nil}, 3 => [], 1.5 => 0}))
# => {"3":[],"1.5":0,"a":1,"b":{"nil":null}}
IO.puts(JSON.encode!([struct(Some, name: "n", inner: [struct(Whole)]), struct(Own, x: %{y: ~D[2020-01-02]}), ~T[10:00:00]]))
# => [{"name":"n","inner":[{"a":1,"b":null}]},<{"y":"2020-01-02"}>,"10:00:00"]
IO.inspect(JSON.encode_to_iodata!([1]) |> IO.iodata_to_binary()) # => "[1]"
IO.puts(JSON.encode!([1, {:a, nil}], fn {a, b}, encoder -> encoder.([a, b], encoder); other, encoder -> JSON.protocol_encode(other, encoder) end))
# => [1,["a",null]]

for term <- [{1}, <<1::3>>, <<255>>, %{{1} => 1}, struct(URI)] do
  try do
    JSON.encode!(term)
  rescue
    e -> IO.puts(inspect(e.__struct__))
  end
end
# => Protocol.UndefinedError
# => Protocol.UndefinedError
# => ErlangError
# => Protocol.UndefinedError
# => Protocol.UndefinedError
