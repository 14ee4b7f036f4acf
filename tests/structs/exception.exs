defmodule MyError do
  defexception message: "default", code: 0
end
defmodule OtherError do
  defexception [:what]
  def message(e), do: "other: #{e.what}"
end
IO.inspect(struct(MyError)) # => %MyError{message: "default", code: 0}
IO.inspect((try do raise MyError rescue e -> e end)) # => %MyError{message: "default", code: 0}
IO.inspect((try do raise MyError, code: 5 rescue e -> e.code end)) # => 5
IO.inspect((try do raise MyError, "text" rescue e -> e.message end)) # => "text"
IO.inspect((try do raise OtherError, what: "w" rescue e -> Exception.message(e) end)) # => "other: w"
IO.inspect(is_exception(struct(MyError))) # => true
