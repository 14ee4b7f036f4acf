defmodule M do
  defmacro twice(expr) do
    quote bind_quoted: [v: expr] do
      v + v
    end
  end
end

defmodule U do
  require M
  def run, do: M.twice((send(self(), :once); 4))
end

IO.inspect(U.run()) # => 8
IO.inspect(Process.info(self(), :message_queue_len)) # => {:message_queue_len, 1}
