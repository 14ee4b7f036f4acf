# A module that describes its errors (error_info): arguments, a general text, a reason in place of Elixir's.
defmodule Described do
  def format_error(_, _), do: %{1 => "bad one", 2 => "bad two"}
  def general(_, _), do: %{general: "in general"}
  def both(_, _), do: %{1 => "bad one", general: "in general"}
  def reasoned(_, _), do: %{reason: "why", general: "in general"}
  def failing(_, _), do: raise("in the description")
  def fail(reason, fun), do: :erlang.error(reason, [1, 2], error_info: %{module: __MODULE__, function: fun})
end

for reason <- [:badarg, :system_limit, :other], fun <- [:format_error, :general, :both, :reasoned, :failing] do
  try do
    Described.fail(reason, fun)
  catch
    :error, reason -> IO.inspect(Exception.message(Exception.normalize(:error, reason, __STACKTRACE__)))
  end
end
# => "errors were found at the given arguments:\n\n  * 1st argument: bad one\n  * 2nd argument: bad two\n"
# => "errors were found at the given arguments: in general"
# => "errors were found at the given arguments:\n\n  * 1st argument: bad one\n"
# => "why: in general"
# => "argument error"
# => "a system limit has been reached due to errors at the given arguments:\n\n  * 1st argument: bad one\n  * 2nd argument: bad two\n"
# => "a system limit has been reached due to errors at the given arguments: in general"
# => "a system limit has been reached due to errors at the given arguments:\n\n  * 1st argument: bad one\n"
# => "why: in general"
# => "a system limit has been reached"
# => "Erlang error: :other:\n\n  * 1st argument: bad one\n  * 2nd argument: bad two\n"
# => "Erlang error: :other: in general"
# => "Erlang error: :other:\n\n  * 1st argument: bad one\n"
# => "Erlang error: :other: in general"
# => "Erlang error: :other"

# Who rescues gets the bare error.
try do Described.fail(:other, :general) rescue error -> IO.inspect(error) end # => %ErlangError{original: :other, reason: nil}
