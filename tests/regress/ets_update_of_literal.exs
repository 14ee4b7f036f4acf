# A counter updated in place must not reach the literal that was inserted, nor what was looked up before.
defmodule Literal do
  def list, do: [{:a, 1}, {:b, 2}]
  def tuple, do: {:c, 1}
end

table = :ets.new(:t, [:ordered_set])
:ets.insert(table, Literal.list())
:ets.insert(table, Literal.tuple())
[before] = :ets.lookup(table, :c)
:ets.update_counter(table, :a, 5)
:ets.update_counter(table, :c, 5)
:ets.update_counter(table, :c, 5)
:ets.update_element(table, :b, {2, :x})
IO.inspect(:ets.tab2list(table)) # => [a: 6, b: :x, c: 11]
IO.inspect({Literal.list(), Literal.tuple(), before}) # => {[a: 1, b: 2], {:c, 1}, {:c, 1}}
