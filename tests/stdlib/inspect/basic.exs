IO.inspect(nil) # => nil
IO.inspect([nil, true, false]) # => [nil, true, false]
IO.inspect("with \"quotes\" and \n") # => "with \"quotes\" and \n"
IO.inspect('charlist') # => 'charlist'
IO.inspect([1, 97]) # => [1, 97]
IO.inspect({:a, "b", 1.0}) # => {:a, "b", 1.0}
IO.inspect(%{"b" => 2, a: 1}) # => %{:a => 1, "b" => 2}
IO.inspect(:"quoted atom") # => :"quoted atom"
IO.inspect([a: 1, b: [c: 2]]) # => [a: 1, b: [c: 2]]
IO.inspect([{:a, 1}, :b]) # => [{:a, 1}, :b]
IO.inspect(<<1, 2, 255>>) # => <<1, 2, 255>>
IO.inspect(<<1::3>>) # => <<1::size(3)>>
IO.inspect(&String.upcase/1) # => &String.upcase/1
IO.inspect(Foo.Bar) # => Foo.Bar
IO.inspect(:Foo) # => :Foo
IO.inspect(-1) # => -1
IO.inspect([[], {}, %{}, ""]) # => [[], {}, %{}, ""]
