defmodule M do
  def given, do: :erlang.raise(:error, :a, [{A, :b, 1}, {C, :d, [1], []}])
  def none, do: :erlang.raise(:error, :a, [])
  def args, do: :erlang.error(:a, [1, 2])
  def own, do: raise("a")
  def try_it(f) do
    f.()
  catch
    _, _ -> IO.inspect(hd(__STACKTRACE__ ++ [:empty]))
  end
end
M.try_it(&M.given/0) # => {A, :b, 1, []}
M.try_it(&M.none/0) # => :empty
M.try_it(&M.args/0) # => {M, :args, [1, 2], [file: 'tests/errors/raise_with_trace.exs', line: 4]}
M.try_it(&M.own/0)
# => {M, :own, 0,
# =>  [
# =>    file: 'tests/errors/raise_with_trace.exs',
# =>    line: 5,
# =>    error_info: %{module: Exception}
# =>  ]}
IO.inspect(:erlang.raise(:error, :a, [1])) # => :badarg
