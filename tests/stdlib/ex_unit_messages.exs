# The messages of ExUnit: the lines after the first are indented; a child that cannot start says why; filters give way.
Application.ensure_all_started(:ex_unit)
import ExUnit.Assertions

message = fn fun ->
  try do
    fun.()
  rescue
    error -> IO.puts(Exception.message(error))
  end
end

message.(fn -> refute_in_delta(1.0, 1.1, 0.5, "near") end)
# =>
# =>
# => near (difference between 1.0 and 1.1 is less than 0.5)
x = 1
message.(fn -> assert {^x, _} = {2, 1} end)
# =>
# =>
# =>
# => match (=) failed
# =>      The following variables were pinned:
# =>        x = 1
# => code:  assert {^x, _} = {2, 1}
# => left:  {^x, _}
# => right: {2, 1}
# =>

IO.inspect(ExUnit.Filters.normalize([b: "1"], [:a, b: 1])) # => {[b: "1"], [:a]}
IO.inspect(ExUnit.Filters.normalize([b: true, c: ~r/x/], b: "true", c: "x", d: "y")) # => {[b: true, c: ~r/x/], [d: "y"]}
IO.inspect(ExUnit.Filters.normalize([b: "2"], [b: 1])) # => {[b: "2"], [b: 1]}
IO.inspect(Macro.to_string(quote(do: (&a/1) == (&b/1)))) # => "(&a/1) == (&b/1)"
