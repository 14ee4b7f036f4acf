IO.inspect(Enum.to_list(100_000..100_020))
IO.inspect(for i <- 1..6, do: {:some_key, "value number #{i}"})
IO.inspect(%{first_key: "some long value here", second_key: "another long value", third: [1, 2, 3]})
IO.inspect([%{name: "alice", email: "alice@example.com", tags: ["a", "b"]}, %{name: "bob", email: "bob@example.com", tags: []}])
IO.inspect({:ok, %{data: String.duplicate("x", 70), more: :yes}})
IO.inspect([a_long_keyword_key: 1, another_long_keyword_key: 2, yet_another_keyword_key: 3, last: 4])
# => [100000, 100001, 100002, 100003, 100004, 100005, 100006, 100007, 100008, 100009,
# =>  100010, 100011, 100012, 100013, 100014, 100015, 100016, 100017, 100018, 100019,
# =>  100020]
# => [
# =>   some_key: "value number 1",
# =>   some_key: "value number 2",
# =>   some_key: "value number 3",
# =>   some_key: "value number 4",
# =>   some_key: "value number 5",
# =>   some_key: "value number 6"
# => ]
# => %{
# =>   first_key: "some long value here",
# =>   second_key: "another long value",
# =>   third: [1, 2, 3]
# => }
# => [
# =>   %{email: "alice@example.com", name: "alice", tags: ["a", "b"]},
# =>   %{email: "bob@example.com", name: "bob", tags: []}
# => ]
# => {:ok,
# =>  %{
# =>    data: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
# =>    more: :yes
# =>  }}
# => [
# =>   a_long_keyword_key: 1,
# =>   another_long_keyword_key: 2,
# =>   yet_another_keyword_key: 3,
# =>   last: 4
# => ]
