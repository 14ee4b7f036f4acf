IO.inspect(<<1, 2, 3>>) # => <<1, 2, 3>>
IO.inspect(<<"abc">>) # => "abc"
IO.inspect(<<1::4, 2::4>>) # => <<18>>
IO.inspect(<<1::size(3)>>) # => <<1::size(3)>>
IO.inspect(<<"é"::utf8>>) # => "é"
IO.inspect(<<0xE9::utf8>>) # => "é"
