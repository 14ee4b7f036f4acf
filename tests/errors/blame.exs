e = try do :erlang.error(:undef, []) rescue e -> e end
{b, _} = Exception.blame(:error, e, [])
IO.inspect(b.__struct__) # => UndefinedFunctionError
