IO.inspect(:erlang.phash2(:a)) # => 97
IO.inspect(:erlang.phash2(1)) # => 2614250
IO.inspect(:erlang.phash2("abc")) # => 98228475
IO.inspect(:erlang.phash2({1, 2})) # => 91564110
IO.inspect(:erlang.phash2([1, 2, 3])) # => 25788620
IO.inspect(:erlang.phash2(%{a: 1})) # => 59617982
IO.inspect(:erlang.phash2(1.5)) # => 10380315
IO.inspect(:erlang.phash2({:a, "b", [1]}, 100)) # => 10
