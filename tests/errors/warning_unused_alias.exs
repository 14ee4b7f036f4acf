# stderr: warning: unused alias Bar
defmodule M do
  alias Foo.Bar
  def f, do: 1
end
