x = 3
IO.puts("x is #{x}") # => x is 3
IO.puts("sum #{x + 1} and #{"nested #{x}"}") # => sum 4 and nested 3
IO.puts("atom #{:a} list #{'abc'} float #{1.5} nil #{nil}") # => atom a list abc float 1.5 nil 
IO.puts("escaped \#{x}") # => escaped #{x}
IO.puts("map #{%{a: 1}[:a]}") # => map 1
