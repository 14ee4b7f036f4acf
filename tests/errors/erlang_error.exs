try do
  :erlang.error(:my_reason)
rescue
  e in ErlangError -> IO.inspect(e) # => %ErlangError{original: :my_reason, reason: nil}
end
:erlang.error({:tuple, 1}) # stderr: ** (ErlangError) Erlang error: {:tuple, 1}
# exit: 1
