# Erlang's tokens and terms: :erl_scan, :erl_parse.parse_term/1, :file.consult/1, :io.read/2.
parse = fn text ->
  with {:ok, tokens, _} <- :erl_scan.string(text), do: :erl_parse.parse_term(tokens)
end

IO.inspect(:erl_scan.string('{a, $b} ->\n X + 16#ff.'), width: 300) # => {:ok, [{:"{", 1}, {:atom, 1, :a}, {:",", 1}, {:char, 1, 98}, {:"}", 1}, {:->, 1}, {:var, 2, :X}, {:+, 2}, {:integer, 2, 255}, {:dot, 2}], 2}
IO.inspect(parse.('{a, "b" "c", [1, 2|3], \#{k => {}}, <<"bin">>, <<1:4>>, -1.5e2, \'Q r\', $\\n}.'), charlists: :as_lists, width: 300) # => {:ok, {:a, [98, 99], [1, 2 | 3], %{k: {}}, "bin", <<1::size(4)>>, -150.0, :"Q r", 10}}
IO.inspect(parse.('fun lists:map/2.'), width: 300) # => {:ok, &:lists.map/2}
IO.inspect(parse.('a b.'), width: 300) # => {:error, {1, :erl_parse, ['syntax error before: ', 'b']}}
IO.inspect(parse.('[1, 2'), width: 300) # => {:error, {1, :erl_parse, ['syntax error before: ', []]}}
IO.inspect(parse.('{a, X}.'), width: 300) # => {:error, {1, :erl_parse, 'bad term'}}
IO.inspect(parse.('1 + 2.'), width: 300) # => {:error, {1, :erl_parse, 'bad term'}}
IO.inspect(parse.('"open'), width: 300) # => {:error, {1, :erl_scan, {:string, 34, 'open'}}, 1}

dir = Path.join(System.tmp_dir!(), "terms_#{System.pid()}")
File.mkdir_p!(dir)
file = Path.join(dir, "x.config")
File.write!(file, "%% a comment\n{a, 1}.\n[b,\n \"c\"].\n<<\"é\"/utf8>>.\n")
IO.inspect(:file.consult(file), width: 300) # => {:ok, [{:a, 1}, [:b, 'c'], "é"]}
{:ok, terms, _} = :file.path_consult([dir], 'x.config')
IO.inspect(length(terms), width: 300) # => 3
File.write!(file, "{a, 1}.\n{b.\n")
IO.inspect(:file.consult(file), width: 300) # => {:error, {2, :erl_parse, ['syntax error before: ', '\'.\'']}}
IO.inspect(:file.consult(file <> "none"), width: 300) # => {:error, :enoent}
File.rm_rf!(dir)

{:ok, device} = StringIO.open("{a, 1}. foo.\n\"x.y\". bad bad. [1,\n2].")
for _ <- 1..6, do: IO.inspect(:io.read(device, ''))
# => {:ok, {:a, 1}}
# => {:ok, :foo}
# => {:ok, 'x.y'}
# => {:error, {1, :erl_parse, ['syntax error before: ', 'bad']}}
# => {:ok, [1, 2]}
# => :eof
