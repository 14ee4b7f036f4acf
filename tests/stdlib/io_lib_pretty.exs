# ~p lays terms out over lines as Erlang does; floats of ~e ~f ~g round halves up; depth cuts off in Erlang's places.
put = fn format, args -> IO.puts(:io_lib.format(format, args)) end
put.('~p', [{:a_long_tag_for_a_tuple, [1, 2, {:nested, "text", 'chars'}], %{"key" => {:value, Enum.to_list(1..20)}}}])
# => {a_long_tag_for_a_tuple,[1,2,{nested,<<"text">>,"chars"}],
# =>                         #{<<"key">> =>
# =>                               {value,[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,
# =>                                       17,18,19,20]}}}
put.('~20p', [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]])
# => [1,2,3,4,5,6,7,8,
# =>  9,10]
put.('~30p', [:erlang.list_to_binary(Enum.to_list(1..14))])
# => <<1,2,3,4,5,6,7,8,9,10,11,12,
# =>   13,14>>
put.('~P ~P', ["abcdefghijkl", 3, [1, {2, 3, 4, 5}, 3, 4], 4]) # => <<"abcdefgh"...>> [1,{2,...},3|...]
put.('~W', [%{a: 1, b: 2, c: 3}, 3]) # => #{a => 1,b => 2,...}
put.('~.10e ~.2f ~g ~.3f', [3.0517578125e-5, 0.125, 0.01, 1.0e22]) # => 3.051757813e-5 0.13 1.00000e-2 10000000000000000000000.000
put.('~.4g ~.5g', [1024.0, 1024.0]) # => 1.024e+3 1024.0
