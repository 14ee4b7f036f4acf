IO.inspect(Atom.to_string(:hello)) # => "hello"
IO.inspect(Atom.to_charlist(:a)) # => 'a'
IO.inspect(Function.identity(5)) # => 5
IO.inspect(Function.capture(String, :upcase, 1).("a")) # => "A"
IO.inspect(Function.info(&String.upcase/1, :arity)) # => {:arity, 1}
IO.inspect(Function.info(&String.upcase/1, :module)) # => {:module, String}
IO.inspect(is_function(&abs/1, 1)) # => true
