# left.unquote(name): a call, or an alias that goes on where the name is one.
defmodule Dots do
  defmacro of(name), do: quote(do: String.unquote(name))
  defmacro within(module), do: quote(do: unquote(module).Chars)
end

defmodule User do
  require Dots
  def all(), do: {Dots.of(Chars), Dots.of(length("abc")), Dots.within(List)}
end

IO.inspect(User.all()) # => {String.Chars, 3, List.Chars}
name = Foo
IO.inspect(quote(do: Bar.unquote(name))) # => {:__aliases__, [], [{:__aliases__, [alias: false], [:Bar]}, Foo]}
call = :foo
IO.inspect(quote(do: bar.unquote(call)(1))) # => {{:., [], [{:bar, [], Elixir}, :foo]}, [], [1]}

try do
  value = 1
  quote(do: Bar.unquote(value))
rescue
  error -> IO.puts(Exception.message(error)) # => expected unquote after dot to return an atom, an alias or a quoted call, got: 1
end
