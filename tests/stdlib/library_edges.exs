# SPDX-License-Identifier: Apache-2.0
# Edges of library functions that once answered differently from Elixir.
odd? = fn
  int when Bitwise.band(int, 1) == 1 -> true
  _ -> false
end

IO.inspect({odd?.(1), odd?.(2)}) # => {true, false}
IO.inspect([&String.to_integer/1, &Bitwise.bor/2, &Tuple.append/2]) # => [&:erlang.binary_to_integer/1, &:erlang.bor/2, &:erlang.append_element/2]
IO.inspect(get_in(%{a: nil}, [:a, Access.all(), :b])) # => nil
IO.inspect(get_and_update_in([1], [Access.at(3)], fn x -> {x, 2} end)) # => {nil, [1]}
IO.inspect(send({:nobody, :nowhere@host}, :hi)) # => :hi
IO.inspect(Process.send({:nobody, :nowhere@host}, :hi, [:noconnect])) # => :noconnect
IO.inspect({Path.basename("a.ex", "a.ex"), Path.rootname("/x/.ex", ".ex"), Path.rootname("~", "~")}) # => {"", "/x/.ex", ""}
IO.inspect(OptionParser.next(["--no-zzqq"], strict: [])) # => {:undefined, "--no-zzqq", true, []}
IO.inspect(Regex.compile("x", [])) # => {:ok, ~r/x/}
IO.inspect("\uFEFFa") # => "\uFEFFa"
IO.inspect(String.reverse("ab" <> <<200>> <> "é")) # => <<98, 97, 200, 195, 169>>
IO.inspect(List.zip([{1, 2}, [3, 4]])) # => [{1, 3}, {2, 4}]
IO.inspect(Stream.drop(1..5, -2) |> Enum.to_list()) # => [1, 2, 3]
IO.inspect(Calendar.ISO.add_day_fraction_to_iso_days({1, {0, 86_400_000_000}}, 23, 2)) # => {12, {43200000000, 86400000000}}

berlin = %DateTime{year: 2000, month: 2, day: 29, hour: 1, minute: 0, second: 7, microsecond: {0, 0}, utc_offset: 3600, std_offset: 0, time_zone: "Europe/Berlin", zone_abbr: "CET"}
IO.puts(DateTime.to_iso8601(berlin, :extended, 0)) # => 2000-02-29T00:00:07+00:00
IO.puts(%{berlin | time_zone: "Etc/UTC"}) # => 2000-02-29 01:00:07+01:00

for f <- [
      fn -> Base.decode64!("-2.5e3") end,
      fn -> Keyword.validate([], ["a"]) end,
      fn -> Enum.sort_by([1], :x) end,
      fn -> Enum.zip(1, 2) end,
      fn -> Macro.pipe(1, quote(do: @x), 0) end
    ] do
  try do
    f.()
  rescue
    error -> IO.puts(Exception.message(error))
  end
end

# => incorrect padding
# => expected the second argument to be a list of atoms or tuples, got: "a"
# => no function clause matching in Enum.sort_by/3
# => protocol Enumerable not implemented for 1 of type Integer
# => cannot pipe 1 into @x, the :@ operator can only take one argument
