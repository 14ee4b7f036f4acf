args = [1, 2, 3]
IO.inspect(quote(do: f(unquote_splicing(args))), width: :infinity) # => {:f, [], [1, 2, 3]}
IO.inspect(quote(do: [0, unquote_splicing(args), 4]), width: :infinity) # => [0, 1, 2, 3, 4]
IO.inspect(quote(do: {unquote_splicing(args)}), width: :infinity) # => {:{}, [], [1, 2, 3]}
